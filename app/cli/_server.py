"""Everything that has to run, in the order it has to start, and stopped whatever happens."""

from __future__ import annotations

import errno
import signal
import socket
from types import FrameType

import uvicorn

from app import jobs
from app.cli._briefs import load_with_bar, wants_samples
from app.cli._console import err, say
from app.config import Settings, load_settings
from app.db import Database, start_database, upgrade
from app.errors import CannotStart
from app.main import create_app

# What a reader who is being answered may still take when the server is told to stop.
GRACE_SECONDS = 5


class Stopped(BaseException):
    """Asked to stop by SIGTERM, wherever the start has come to."""


def serve_until_stopped() -> None:
    """Start, serve, and stop in good order; Ctrl-C while starting goes on to the caller."""
    settings = load_settings()
    signal.signal(signal.SIGTERM, raise_stopped)
    try:
        with take_port(settings) as listener, start(settings) as database:
            prepare(database, settings)
            run(database, settings, listener)
    except Stopped:
        say("Stopped.")


def raise_stopped(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def take_port(settings: Settings) -> socket.socket:
    """The port, before anything slow begins: who finds it taken should not have waited for that."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise CannotStart(
            f"DEMARCHE_HOST is {settings.host}, which is no address of this machine."
        ) from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(socket.SOMAXCONN)
    except OSError as error:
        listener.close()
        raise CannotStart(explain(error, settings)) from error
    return listener


def explain(error: OSError, settings: Settings) -> str:
    """Why the port cannot be had, and what to do."""
    another = f"Choose another: DEMARCHE_PORT={settings.port % 65535 + 1} make run"
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} of {settings.host} is taken by another program. {another}"
    if error.errno == errno.EACCES:
        return f"Port {settings.port} needs more rights than you have. {another}"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"DEMARCHE_HOST is {settings.host}, which is no address of this machine."
    return f"Port {settings.port} cannot be had: {error.strerror}. {another}"


def start(settings: Settings) -> Database:
    with err.status("Starting the database"):
        return start_database(settings)


def prepare(database: Database, settings: Settings) -> None:
    """The tables, the registers and, in an empty database, something to look at."""
    with err.status("Preparing the database"):
        upgrade(database.engine)
        jobs.load_registers(database.sessions)
    if settings.samples and wants_samples(database):
        loaded = load_with_bar(database)
        if loaded:
            say(f"Sample briefs loaded: {loaded}. `demarche samples remove` takes them away.")


def run(database: Database, settings: Settings, listener: socket.socket) -> None:
    """Serve until told to stop."""
    config = uvicorn.Config(
        create_app(database, settings),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"Demarche serves http://{host}:{listener.getsockname()[1]}/ – Ctrl-C stops it.")
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        # The server has stopped in good order by now and hands on what it was stopped by.
        say("Stopped.")
