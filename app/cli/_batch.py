"""A batch of texts into the database: one after the other, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table

from app import jobs
from app.arrive import Failure, read_all
from app.cli._console import count_progress, out, say, warn
from app.cli._store import open_database
from app.config import load_settings
from app.db import Database
from app.errors import DemarcheError
from app.records import Arrival


@dataclass(slots=True)
class Summary:
    """What became of a batch."""

    new: int = 0
    held: int = 0
    failed: int = 0
    statements: int = 0


def ingest_all(sources: Sequence[str]) -> int:
    """Take in every document of the sources; the exit status."""
    summary = Summary()
    with open_database() as database, count_progress() as progress:
        task = progress.add_task("Reading", total=None)
        for arrival in read_all(sources, load_settings()):
            take_in(database, arrival, summary)
            progress.advance(task)
    show_summary(summary)
    return 1 if summary.failed else 0


def take_in(database: Database, arrival: Arrival | Failure, summary: Summary) -> None:
    """One document, stored, found again, or told why not."""
    if isinstance(arrival, Failure):
        summary.failed += 1
        warn(f"{arrival.name}: {arrival.message}")
        return
    try:
        result = jobs.ingest(database.sessions, arrival)
    except DemarcheError as error:
        summary.failed += 1
        warn(f"{arrival.name or arrival.address or 'a text'}: {error.message}")
        return
    summary.new += result.new
    summary.held += not result.new
    summary.statements += result.statements if result.new else 0


def show_summary(summary: Summary) -> None:
    table = Table(box=None, show_header=False)
    table.add_row("new documents", str(summary.new))
    table.add_row("held already", str(summary.held))
    table.add_row("could not be read", str(summary.failed))
    table.add_row("statements found", str(summary.statements))
    out.print(table)
    if summary.failed:
        say("What could not be read is named above.")
