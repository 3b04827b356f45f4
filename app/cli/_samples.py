"""`samples`: the briefs that show what the product does before there is anything of one's own."""

from __future__ import annotations

import typer

from app.cli._console import say

samples = typer.Typer(
    name="samples", no_args_is_help=True, help="Load or remove the sample briefs of data/briefs."
)


@samples.command("load")
def load() -> None:
    """Read the sample briefs of data/briefs through the real extraction. Those held already stay as they are.

    Example: `demarche samples load`
    """
    from app.cli._briefs import load_with_bar
    from app.cli._store import open_database

    with open_database() as database:
        say(f"Sample briefs loaded: {load_with_bar(database)}.")


@samples.command("remove")
def remove() -> None:
    """Remove the sample briefs and all that was derived from them. Your own documents stay.

    Example: `demarche samples remove`
    """
    from app import jobs
    from app.cli._store import open_database

    with open_database() as database:
        say(f"Sample briefs removed: {jobs.remove_samples(database.sessions)}.")
