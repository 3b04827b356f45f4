"""The rows of an export, in the columns of REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.cli._export import FileForm, Kind
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


def write_export(kind: Kind, out: str, form: FileForm) -> None:
    """Every row of the kind into the file."""
    source = SOURCES[kind]
    with open_database() as database, open_reader(database) as session, open_output(out) as file:
        rows = read_rows(session, source)
        written = write_csv(source.row, rows) if form is FileForm.CSV else write_lines(rows)
        for part in written:
            file.write(part.encode())


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
