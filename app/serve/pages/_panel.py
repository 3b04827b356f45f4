"""The quotes of the selected cell, beside the matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.records import Cell, Matrix
from app.serve.addresses import cell_address, matrix_address
from app.serve.pages._cells import say_note, say_verdict
from app.serve.pages._parts import Link, Quote, show_quote
from app.serve.views import CellView
from app.serve.words import StanceWord, word_of

MOST_QUOTES = 25  # the cell's own page has them all


@dataclass(frozen=True, slots=True)
class Panel:
    page_href: str
    json_href: str
    close_href: str
    heading: str
    word: StanceWord
    verdict: str
    note: str
    quotes: tuple[Quote, ...]
    more: str
    neighbours: tuple[Link, ...]


def make_panel(view: CellView, matrix: Matrix) -> Panel:
    filters = matrix.filters
    actor, question = view.actor.slug, view.question.slug
    total = len(view.statements)
    word = word_of(view.position.stance if view.position else None)
    return Panel(
        page_href=cell_address(actor, question, as_of=filters.as_of),
        json_href=f"/api/v1/statements?actor={actor}&question={question}&as_of={filters.as_of}&format=json",
        close_href=matrix_address(filters),
        heading=f"{view.actor.name} on “{view.question.title}”",
        word=word,
        verdict=say_verdict(view),
        note=say_note(view, _find_cell(matrix, actor, question), filters.since),
        quotes=tuple(
            show_quote(statement, as_of=filters.as_of) for statement in view.statements[:MOST_QUOTES]
        ),
        more=f"All {total} statements" if total > MOST_QUOTES else "",
        neighbours=_make_neighbours(matrix, actor, question),
    )


def _cells_of_column(matrix: Matrix, question: str) -> Iterator[tuple[str, Cell]]:
    """Name and cell of each row, in the order of rows."""
    for row in matrix.rows:
        for cell in row.cells:
            if cell.question == question:
                yield row.actor.name, cell


def _find_cell(matrix: Matrix, actor: str, question: str) -> Cell:
    """The cell as the matrix shows it; a silent one where it is not among its rows."""
    for _, cell in _cells_of_column(matrix, question):
        if cell.actor == actor:
            return cell
    return Cell(actor, question, None)


def _make_neighbours(matrix: Matrix, actor: str, question: str) -> tuple[Link, ...]:
    """To the cells above and below that are not silent: empty links keep the places."""
    column = [
        (name, cell)
        for name, cell in _cells_of_column(matrix, question)
        if cell.stance is not None or cell.actor == actor
    ]
    names = [cell.actor for _, cell in column]
    if actor not in names:
        return ()
    at = names.index(actor)
    above = column[at - 1] if at > 0 else None
    below = column[at + 1] if at + 1 < len(column) else None
    return (_link(matrix, above, "Previous"), _link(matrix, below, "Next"))


def _link(matrix: Matrix, neighbour: tuple[str, Cell] | None, words: str) -> Link:
    if neighbour is None:
        return Link("", "")
    name, cell = neighbour
    href = matrix_address(matrix.filters, cell=f"{cell.actor}.{cell.question}")
    return Link(f"{href}#quotes", f"{words}: {name}")
