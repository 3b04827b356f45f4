"""The sample briefs: whether they are wanted, and loading them while a bar counts."""

from __future__ import annotations

from app import jobs
from app.cli._console import count_progress
from app.db import Database
from app.queries import documents, revisions
from app.serve.session import open_reader


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
