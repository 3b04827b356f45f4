"""`samples`: the briefs that show what the product does before there is anything of one's own."""

from __future__ import annotations

import typer

from app import jobs
from app.cli._console import count_progress, say
from app.cli._store import open_database
from app.db import Database
from app.queries import documents, revisions
from app.serve.session import open_reader

samples = typer.Typer(
    name="samples", no_args_is_help=True, help="Load or remove the sample briefs of data/briefs."
)


@samples.command("load")
def load() -> None:
    """Read the sample briefs of data/briefs through the real extraction. Those held already stay as they are.

    Example: demarche samples load
    """
    with open_database() as database:
        say(f"Sample briefs loaded: {load_with_bar(database)}.")


@samples.command("remove")
def remove() -> None:
    """Remove the sample briefs and all that was derived from them. Your own documents stay.

    Example: demarche samples remove
    """
    with open_database() as database:
        say(f"Sample briefs removed: {jobs.remove_samples(database.sessions)}.")


def wants_samples(database: Database) -> bool:
    """Whether there is nothing of one's own yet, and nobody took the briefs away.

    An interrupted load is so taken up again, and briefs that were removed do not come back by themselves.
    """
    with open_reader(database) as session:
        own = documents.list_documents(session, sample=False, limit=1).items
        return not own and revisions.latest_of(session, "samples removed") is None


def load_with_bar(database: Database) -> int:
    """Load the briefs while a bar counts them; how many are new."""
    with count_progress() as progress:
        task = progress.add_task("Reading the sample briefs", total=None)
        return jobs.load_samples(
            database.sessions, progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
