"""`export`: everything of one kind, as a file. What it needs is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.cli._console import say


class Kind(StrEnum):
    """What can be exported."""

    STATEMENTS = "statements"
    POSITIONS = "positions"
    CHANGES = "changes"
    DOCUMENTS = "documents"
    ACTORS = "actors"


class FileForm(StrEnum):
    """How an export is written."""

    CSV = "csv"
    NDJSON = "ndjson"


def export(
    kind: Annotated[Kind, typer.Argument(help="What to export.")],
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE", help="Where to. - is standard output.")
    ] = "-",
    form: Annotated[
        FileForm, typer.Option("--format", help="CSV, or one JSON object a line.")
    ] = FileForm.CSV,
) -> None:
    """Write every statement, position, change, document or actor as CSV or NDJSON, in the columns of REST.

    Positions are those of all time. Documents are without their texts.

    Example: `demarche export statements --format ndjson --out statements.ndjson`

    Exit status: 0 the file is whole; 1 it could not be written, and nothing of it is there; 2 wrong use.
    """
    from app.cli._rows import write_export

    write_export(kind, out, form)
    if out != "-":
        say(f"Written: {out}")
