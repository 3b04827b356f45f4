"""Take the README's pictures from the running product: `make screenshots`.

Starts Demarche with the sample briefs in a data folder of its own, opens the pages in the system's Chromium
and writes docs/images/*.png. With an address as argument it uses the Demarche that runs there.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
# The first start reads the sample briefs with the real models.
START_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Shot:
    """A page, and the link on it to follow before the picture is taken ("" for none)."""

    name: str
    path: str
    follow: str = ""
    dark: bool = False
    height: int = 900


SHOTS = (
    Shot("matrix", "/?as_of=2024-06-30"),
    Shot("question", "/questions/troops-ukraine?as_of=2024-06-30"),
    Shot("document", "/documents", follow="main table a[href^='/documents/']"),
    Shot("matrix-dark", "/?as_of=2024-06-30", dark=True),
)


def find_chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        path = shutil.which(name)
        if path:
            return path
    raise SystemExit("No Chromium found. On Debian and Ubuntu: apt-get install chromium")


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def run_product() -> Iterator[str]:
    """A Demarche of our own with the sample briefs; its address."""
    with tempfile.TemporaryDirectory(prefix="demarche-") as home:
        address = f"http://127.0.0.1:{find_port()}"
        environment = os.environ | {"DEMARCHE_HOME": home, "DEMARCHE_PORT": address.rsplit(":", 1)[1]}
        process = subprocess.Popen([ROOT / ".venv" / "bin" / "demarche", "serve"], env=environment, cwd=ROOT)
        try:
            wait_for(address, process)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"Demarche ended with status {process.returncode} before it answered.")
        try:
            with urllib.request.urlopen(f"{address}/api/v1/health/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"Demarche did not answer within {START_SECONDS} s.")


def take(browser: Browser, address: str, shot: Shot) -> Path:
    page = browser.new_page(
        viewport={"width": 1440, "height": shot.height}, color_scheme="dark" if shot.dark else "light"
    )
    page.goto(address + shot.path)
    if shot.follow:
        page.locator(shot.follow).first.click()
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{shot.name}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = find_chromium()
    # Chromium's own sandbox cannot start as root, and it fetches nothing but our own pages.
    arguments = ["--no-sandbox", "--disable-background-networking"]
    if len(sys.argv) > 1:
        take_all(sys.argv[1].rstrip("/"), chromium, arguments)
    else:
        with run_product() as address:
            take_all(address, chromium, arguments)


def take_all(address: str, chromium: str, arguments: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for shot in SHOTS:
            print(take(browser, address, shot).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
