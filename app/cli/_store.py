"""The database for a command: that of the settings, joined where `demarche serve` has it running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app import jobs
from app.config import load_settings
from app.db import Database, start_database, upgrade


@contextmanager
def open_database() -> Iterator[Database]:
    """A migrated database with the registers of data/ in it."""
    with start_database(load_settings(), attach=True) as database:
        upgrade(database.engine)
        jobs.load_registers(database.sessions)
        yield database
