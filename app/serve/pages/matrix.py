"""The matrix: leaders by question, as of a day, with the quotes of one cell beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.queries.summary import statements_by_week
from app.records import Group, Matrix, MatrixFilters, Question
from app.registers import Registry
from app.serve.addresses import matrix_address, matrix_pairs, query, question_address
from app.serve.cells import build_rows
from app.serve.charts import Bar, draw_bar, draw_timeline, gather_bars
from app.serve.filters import WantedMatrix
from app.serve.loaders import load_cell, load_known, load_matrix
from app.serve.pages._matrix_days import address_on, make_steps, say_timeline, tabulate_timeline
from app.serve.pages._matrix_form import (
    kept_by_days,
    kept_by_filters,
    list_filters,
    make_choices,
    say_filters,
)
from app.serve.pages._panel import Panel, make_panel
from app.serve.pages._parts import (
    Alternate,
    ChartTable,
    Choice,
    Empty,
    Link,
    TakeAway,
    TallyPart,
    alternates_of,
    show_tally,
    take_away,
)
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.views import CellView
from app.serve.words import STANCES, StanceWord, count, say_day_beside, say_long_day, spell

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ColumnHead:
    slug: str
    title: str
    href: str
    bar: Markup
    tally: tuple[TallyPart, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A group of rows under its heading."""

    name: str
    counted: str
    tallies: tuple[tuple[TallyPart, ...], ...]
    rows: Markup


@dataclass(frozen=True, slots=True)
class MatrixPage:
    title: str
    alternates: tuple[Alternate, ...]
    lede: str
    take: TakeAway
    as_of: str
    since: str
    steps: tuple[Link, ...]
    timeline: Markup
    timeline_words: str
    timeline_table: ChartTable
    kept_by_days: tuple[tuple[str, str], ...]
    kept_by_filters: tuple[tuple[str, str], ...]
    filters_words: str
    filters_open: bool
    choices: tuple[Choice, ...]
    name: str
    changed: bool
    hide_silent: bool
    clear: str
    key: tuple[StanceWord, ...]
    since_words: str
    has_contested: bool
    counts_members: bool
    caption: str
    columns: tuple[ColumnHead, ...]
    many: bool  # more columns than fit in one line beside the quotes
    all_rows: str
    groups: tuple[Block, ...]
    empty: Empty | None
    panel: Panel | None
    citation: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page needs beside the matrix."""

    registry: Registry
    questions: tuple[Question, ...]  # all there are; the matrix has those shown
    bars: tuple[Bar, ...]
    opened: CellView | None


@router.get("/", response_class=HTMLResponse)
def show_matrix(
    request: Request,
    filters: WantedMatrix,
    session: ReadSession,
    cell: Annotated[str, Query(max_length=300)] = "",
) -> HTMLResponse:
    matrix, known = load_matrix(session, filters), load_known(session)
    actor, dot, question = cell.partition(".")
    sources = Sources(
        registry=known.registry,
        questions=known.questions,
        bars=gather_bars(statements_by_week(session, questions=tuple(q.slug for q in matrix.questions))),
        opened=load_cell(session, actor, question, filters.as_of) if dot else None,
    )
    return render(request, "matrix.html", make_page(matrix, sources, base=base_of(request)), here="/")


def make_page(matrix: Matrix, sources: Sources, *, base: str) -> MatrixPage:
    """Everything the page says."""
    filters, opened = matrix.filters, sources.opened
    rows = len(matrix.rows)
    title = _say_title(matrix)
    selected = f"{opened.actor.slug}.{opened.question.slug}" if opened else None
    address = matrix_address(filters)
    take = take_away("view", f"/api/v1/matrix{query(matrix_pairs(filters))}", permanent=address)
    narrowed = list_filters(filters, sources.questions, sources.registry)
    return MatrixPage(
        title=title,
        alternates=alternates_of(take),
        lede=_say_lede(matrix),
        take=take,
        as_of=filters.as_of.isoformat(),
        since=filters.since.isoformat() if filters.since else "",
        steps=make_steps(filters, sources.bars),
        timeline=draw_timeline(
            sources.bars,
            as_of=filters.as_of,
            since=filters.since,
            link=lambda day: address_on(filters, day),
        ),
        timeline_words=say_timeline(sources.bars, filters.as_of),
        timeline_table=tabulate_timeline(sources.bars),
        kept_by_days=kept_by_days(filters, selected),
        kept_by_filters=kept_by_filters(filters),
        filters_words=say_filters(filters, sources.questions, sources.registry),
        filters_open=not rows and bool(narrowed),
        choices=make_choices(filters, sources.questions, sources.registry),
        name=filters.name,
        changed=filters.changed,
        hide_silent=not filters.silent,
        clear=matrix_address(MatrixFilters(filters.as_of, since=filters.since)) if narrowed else "",
        key=STANCES,
        since_words=say_day_beside(filters.since, beside=filters.as_of) if filters.since else "",
        has_contested=any(cell.contested for row in matrix.rows for cell in row.cells),
        counts_members=filters.group == "alliance",
        caption=_say_caption(filters),
        columns=_make_columns(matrix),
        many=len(matrix.questions) > 5,
        all_rows=_say_all(matrix),
        groups=tuple(
            _make_block(group, filters, sources.registry, selected) for group in matrix.groups if group.rows
        ),
        empty=None if rows else _make_empty(filters, narrowed, sources.bars),
        panel=make_panel(opened, matrix) if opened else None,
        citation=(
            f"Demarche, “{title}”, as of {say_long_day(filters.as_of)}, "
            f"data revision {matrix.revision}. {base}{address}"
        ),
    )


def _say_title(matrix: Matrix) -> str:
    rows = len(matrix.rows)
    if not rows:
        return "No position in this view"
    return f"Positions of {count(rows, 'leader')} on {_say_proposals(len(matrix.questions))}"


def _say_all(matrix: Matrix) -> str:
    """What the tallies above all rows count: member states when alliances were asked for, else rows."""
    if matrix.filters.alliances and matrix.tallies:
        return f"All {count(matrix.tallies[0].total, 'member state')}"
    rows = len(matrix.rows)
    return f"All {rows} in this view" if rows > 1 else "The one in this view"


def _say_proposals(number: int) -> str:
    return f"{spell(number)} {'proposal' if number == 1 else 'proposals'}"


def _say_lede(matrix: Matrix) -> str:
    if not matrix.rows:
        return f"As of {say_long_day(matrix.filters.as_of)}."
    made = f"{count(matrix.statements, 'statement')} from {count(matrix.documents, 'document')}"
    confirmed = matrix.confirmed or "none"
    return f"As of {say_long_day(matrix.filters.as_of)}. {made}; {confirmed} confirmed by a person."


def _say_caption(filters: MatrixFilters) -> str:
    return (
        f"Position of each leader on each proposal as of {say_long_day(filters.as_of)}. Each cell gives the "
        "stance, the number of statements and the date of the latest, and links to the quotes."
    )


def _make_columns(matrix: Matrix) -> tuple[ColumnHead, ...]:
    filters = matrix.filters
    columns = []
    for question, tally in zip(matrix.questions, matrix.tallies, strict=True):
        hrefs = {word.slug: matrix_address(replace(filters, stance=word.slug)) for word in STANCES}
        columns.append(
            ColumnHead(
                slug=question.slug,
                title=question.title,
                href=question_address(question.slug, as_of=filters.as_of),
                bar=draw_bar(tally),
                tally=show_tally(tally, hrefs),
            )
        )
    return tuple(columns)


def _make_block(group: Group, filters: MatrixFilters, registry: Registry, selected: str | None) -> Block:
    link = matrix_address(filters, cell="-").removesuffix("-")
    return Block(
        name=group.name,
        counted=_say_group(group, registry),
        tallies=tuple(show_tally(tally) for tally in group.tallies),
        rows=build_rows(
            group.rows,
            countries={iso: country.name for iso, country in registry.countries.items()},
            as_of=filters.as_of,
            link=link,
            actor_query=query([("as_of", filters.as_of.isoformat())]),
            selected=selected,
        ),
    )


def _say_group(group: Group, registry: Registry) -> str:
    """How many rows; of an alliance also how many states, because its tally counts those."""
    rows = len(group.rows)
    if group.slug not in registry.alliances or not group.tallies:
        return str(rows)
    return f"{count(group.tallies[0].total, 'state')}, {count(rows, 'leader')}"


def _make_empty(filters: MatrixFilters, narrowed: tuple[str, ...], bars: tuple[Bar, ...]) -> Empty:
    day = say_long_day(filters.as_of)
    if not bars:
        lines = ("Positions appear here once texts have been added and read.",)
        return Empty("There are no statements yet", lines, (Link("/ingest", "Add texts"),))
    if not narrowed:
        last = bars[-1].last
        link = Link(address_on(filters, last), f"See {say_long_day(last)}")
        return Empty("No position yet on this day", (f"You asked for {day}.",), (link,))
    clear = Link(matrix_address(MatrixFilters(filters.as_of, since=filters.since)), "Clear all filters")
    asked = f"You asked for: {', '.join(narrowed)}, as of {day}."
    return Empty("No position matches these filters", (asked,), (clear,))
