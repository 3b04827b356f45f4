"""`export`: everything of one kind, as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.cli._console import say
from app.cli._lines import open_output
from app.cli._store import open_database
from app.queries import documents, positions, statements
from app.queries import registry as queries
from app.records import Page, StatementFilters
from app.registers import Registry
from app.serve.api.actors import ActorShown
from app.serve.api.documents import DocumentShown
from app.serve.api.positions import ChangeShown, PositionShown, show_change, show_position
from app.serve.api.statements import Statement
from app.serve.formats import write_csv, write_lines
from app.serve.listing import MOST
from app.serve.loaders import load_known
from app.serve.session import open_reader


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


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a kind come from, page by page."""

    row: type[BaseModel]
    fetch: Callable[[Session, str | None], Page[Any]]
    show: Callable[[Any, Registry], BaseModel]


SOURCES = {
    Kind.STATEMENTS: Source(
        Statement,
        lambda session, cursor: statements.list_statements(
            session, StatementFilters(), cursor=cursor, limit=MOST
        ),
        lambda record, _: Statement.model_validate(record),
    ),
    Kind.POSITIONS: Source(
        PositionShown,
        lambda session, cursor: positions.list_positions(session, cursor=cursor, limit=MOST),
        show_position,
    ),
    Kind.CHANGES: Source(
        ChangeShown,
        lambda session, cursor: positions.list_changes(session, cursor=cursor, limit=MOST),
        show_change,
    ),
    Kind.DOCUMENTS: Source(
        DocumentShown,
        lambda session, cursor: documents.list_documents(session, cursor=cursor, limit=MOST),
        lambda record, _: DocumentShown.model_validate(record),
    ),
    Kind.ACTORS: Source(
        ActorShown,
        lambda session, cursor: queries.list_actors(session, cursor=cursor, limit=MOST),
        lambda record, _: ActorShown.model_validate(record),
    ),
}


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

    Example: demarche export statements --format ndjson --out statements.ndjson

    Exit status: 0 the file is whole; 1 it could not be written, and nothing of it is there; 2 wrong use.
    """
    source = SOURCES[kind]
    with open_database() as database, open_reader(database) as session, open_output(out) as file:
        rows = read_rows(session, source)
        written = write_csv(source.row, rows) if form is FileForm.CSV else write_lines(rows)
        for part in written:
            file.write(part.encode())
    if out != "-":
        say(f"Written: {out}")


def read_rows(session: Session, source: Source) -> Iterator[BaseModel]:
    """Every row, page after page."""
    registry = load_known(session).registry
    page = source.fetch(session, None)
    while True:
        for record in page.items:
            yield source.show(record, registry)
        if page.next is None:
            return
        page = source.fetch(session, page.next)
