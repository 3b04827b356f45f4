"""The matrix in the terminal, or as a file."""

from __future__ import annotations

import sys
from datetime import date

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from app.cli._console import out, say
from app.cli._store import open_database
from app.config import load_settings
from app.errors import BadRequest
from app.records import Cell, Group, Matrix, MatrixFilters, Tally
from app.serve.api.matrix import MatrixLine, name_stance, show_lines, show_matrix
from app.serve.api.names import check_names
from app.serve.filters import MatrixStance, read_countries, read_day, read_slugs
from app.serve.formats import write_csv, write_lines
from app.serve.loaders import load_matrix
from app.serve.session import open_reader

# Colour, sign and word together, as on the pages: no one of them carries the meaning alone.
LOOKS = {
    MatrixStance.BACKS: ("bold blue", "●"),
    MatrixStance.OPEN: ("yellow", "◐"),
    MatrixStance.REJECTS: ("red", "✕"),
    MatrixStance.UNCLEAR: ("dim", "?"),
    MatrixStance.SILENT: ("dim", "–"),
}


def print_matrix(filters: MatrixFilters, form: str) -> None:
    """Load the matrix and write it to standard output."""
    with open_database() as database, open_reader(database) as session:
        check_names(
            session,
            question=filters.questions,
            actor=filters.actors,
            alliance=filters.alliances,
            country=filters.countries,
        )
        found = load_matrix(session, filters)
    write_matrix(found, form)


def parse_day(option: str, value: str) -> date | None:
    try:
        return read_day(value)
    except ValueError as error:
        raise BadRequest(f"{option}: {error}") from error


def clean_slugs(values: list[str] | None) -> tuple[str, ...]:
    words = read_slugs(values or [])
    return tuple(words) if isinstance(words, list) else ()


def clean_countries(values: list[str] | None) -> tuple[str, ...]:
    try:
        words = read_countries(values or [])
    except ValueError as error:
        raise BadRequest(f"--country: {error}") from error
    return tuple(words) if isinstance(words, list) else ()


def write_matrix(found: Matrix, form: str) -> None:
    """The matrix on standard output."""
    if form == "json":
        print(show_matrix(found, threshold=load_settings().threshold).model_dump_json(indent=2))
    elif form == "table":
        show_table(found)
    else:
        rows = show_lines(found)
        sys.stdout.writelines(write_csv(MatrixLine, rows) if form == "csv" else write_lines(rows))


def show_table(found: Matrix) -> None:
    """A table with a section for each group and its tally at the end of it."""
    table = Table(title=f"Positions as of {found.filters.as_of}", title_justify="left")
    table.add_column("Leader", no_wrap=True)
    for question in found.questions:
        table.add_column(escape(question.title), min_width=12)
    for group in found.groups:
        add_group(table, group)
    out.print(table)
    say("● backs  ◐ open  ✕ rejects  ? unclear  – silent; * a person confirmed it, ! contested, < changed")
    if not found.groups:
        say("No leader fits these filters.")


def add_group(table: Table, group: Group) -> None:
    tallies = [Text(write_tally(tally), style="italic") for tally in group.tallies]
    table.add_row(Text(group.name, style="bold"), *tallies)
    for row in group.rows:
        office = f" ({row.actor.country})" if row.actor.country else ""
        table.add_row(f"  {escape(row.actor.name)}{office}", *(show_cell(cell) for cell in row.cells))
    table.add_section()


def show_cell(cell: Cell) -> Text:
    """`✕ rejects* 27 Feb 2024 <`"""
    stance = name_stance(cell)
    style, sign = LOOKS[stance]
    marks = ("*" if cell.confirmed else "") + ("!" if cell.contested else "")
    since = f" {cell.since:%Y-%m-%d}" if cell.since else ""
    was = f" < {cell.was.value}" if cell.was else ""
    return Text(f"{sign} {stance.value}{marks}{since}{was}", style=style)


def write_tally(tally: Tally) -> str:
    """`1 ● 4 ◐ 21 ✕ 6 –`; what nobody holds is left out."""
    counts = zip(
        LOOKS.values(), (tally.backs, tally.open, tally.rejects, tally.unclear, tally.silent), strict=True
    )
    return "  ".join(f"{count} {sign}" for (_, sign), count in counts if count)
