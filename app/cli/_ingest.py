"""`ingest`: texts into the database, whatever they come as. What it needs is loaded when it runs."""

from __future__ import annotations

from typing import Annotated

import typer


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="PATH_OR_URL…", help="Files, folders, addresses; `-` is standard input."),
    ],
) -> None:
    """Read texts into the database: files, folders, web addresses, JSON Lines, standard input.

    Text, HTML and PDF; JSON Lines have `{"text", "title"?, "published"?, "url"?, "publisher"?}` a line. Text
    that is held already changes nothing, so a broken run may simply be run again. One that cannot be read
    is named and the rest goes on. A text without a date takes today's, marked as such.

    Example: `demarche ingest articles/ https://news.example/story.html archive.jsonl`

    Exit status: 0 everything is stored; 1 something could not be read, and the rest is stored; 2 wrong use.
    """
    from app.cli._batch import ingest_all

    raise typer.Exit(ingest_all(sources))
