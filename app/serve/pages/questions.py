"""The questions, and one question: who stands where, how that moved, on a map, who changed."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.records import Cell, Matrix, MatrixFilters, Row
from app.serve import charts
from app.serve.addresses import actor_address, cell_address, query, question_address
from app.serve.filters import AsOf, today
from app.serve.loaders import load_matrix, load_question
from app.serve.pages._months import Multiple, make_multiples, say_moved, stack_months, tabulate_months
from app.serve.pages._parts import (
    Alternate,
    ChartTable,
    Link,
    Quote,
    TakeAway,
    TallyPart,
    alternates_of,
    show_quote,
    show_tally,
    take_away,
)
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.views import ChangeView, QuestionView, Standing, Tile
from app.serve.words import (
    StanceWord,
    count,
    say_day,
    say_long_day,
    say_short_day,
    say_tally,
    spell,
    word_of,
)

router = APIRouter()


@dataclass(frozen=True, slots=True)
class QuestionRow:
    slug: str
    href: str
    title: str
    proposal: str
    bar: Markup
    tally: tuple[TallyPart, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    title: str
    alternates: tuple[Alternate, ...]
    lede: str
    take: TakeAway
    rows: tuple[QuestionRow, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a stance; `beside` is country and day of the latest statement."""

    name: str
    href: str
    beside: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class Stand:
    word: StanceWord
    number: int
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class TileRow:
    country: str
    word: StanceWord
    holder: str
    href: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change with the words before and after it."""

    actor: Link
    before: StanceWord
    after: StanceWord
    when: str
    quote_before: Quote | None
    quote_after: Quote | None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    title: str
    alternates: tuple[Alternate, ...]
    take: TakeAway
    place: str
    next: Link | None
    proposal: str
    action: str
    as_of: str
    standing_words: str
    stands: tuple[Stand, ...]
    map_words: str
    tiles: Markup
    tile_rows: tuple[TileRow, ...]
    stack: Markup
    stack_table: ChartTable
    moved_words: str
    multiples: tuple[Multiple, ...]
    changes_words: str
    changes: tuple[ChangeRow, ...]
    citation: str


@router.get("/questions", response_class=HTMLResponse)
def list_questions(request: Request, session: ReadSession, as_of: AsOf = None) -> HTMLResponse:
    matrix = load_matrix(session, MatrixFilters(as_of or today()))
    return render(request, "questions.html", make_list(matrix, base=base_of(request)), here="/questions")


@router.get("/questions/{slug}", response_class=HTMLResponse)
def show_question(request: Request, slug: str, session: ReadSession, as_of: AsOf = None) -> HTMLResponse:
    view = load_question(session, slug, as_of or today())
    return render(request, "question.html", make_page(view, base=base_of(request)), here="/questions")


def make_list(matrix: Matrix, *, base: str) -> QuestionsPage:
    day = matrix.filters.as_of
    permanent = f"/questions{query([('as_of', day.isoformat())])}"
    take = take_away("list", "/api/v1/questions", permanent=permanent)
    rows = tuple(
        QuestionRow(
            slug=question.slug,
            href=question_address(question.slug, as_of=day),
            title=question.title,
            proposal=question.proposal,
            bar=charts.draw_bar(tally),
            tally=show_tally(tally),
        )
        for question, tally in zip(matrix.questions, matrix.tallies, strict=True)
    )
    number = len(rows)
    return QuestionsPage(
        title="Questions",
        alternates=alternates_of(take),
        lede=(
            f"{spell(number).capitalize()} proposal{'' if number == 1 else 's'} on which leaders take "
            f"positions, and where they stand on {say_long_day(day)}."
        ),
        take=take,
        rows=rows,
        citation=f"Demarche, “Questions”, as of {say_long_day(day)}. {base}{permanent}",
    )


def make_page(view: QuestionView, *, base: str) -> QuestionPage:
    slug, day = view.question.slug, view.as_of
    permanent = question_address(slug, as_of=day)
    api = f"/api/v1/positions?question={slug}&as_of={day}"
    take = take_away("question", api, permanent=permanent)
    slugs = [question.slug for question in view.questions]
    at = slugs.index(slug)
    after = view.questions[at + 1] if at + 1 < len(slugs) else None
    columns = stack_months(view.months)
    return QuestionPage(
        title=view.question.title,
        alternates=alternates_of(take),
        take=take,
        place=f"Question {at + 1} of {len(slugs)}",
        next=Link(question_address(after.slug, as_of=day), after.title) if after else None,
        proposal=view.question.proposal,
        action=f"/questions/{slug}",
        as_of=day.isoformat(),
        standing_words=_say_standing(view),
        stands=tuple(_make_stand(standing, view) for standing in view.standings),
        map_words=_say_map(view.tiles),
        tiles=charts.draw_tiles(
            [_make_tile(tile, view) for tile in view.tiles],
            label=f"Map of states by stance on {say_long_day(day)}",
        ),
        tile_rows=tuple(_make_tile_row(tile, view) for tile in _order_tiles(view.tiles)),
        stack=charts.draw_stack(columns, title=f"{view.question.title}, month by month", name="moved"),
        stack_table=tabulate_months(view.months),
        moved_words=say_moved(view.months),
        multiples=make_multiples(view.groups),
        changes_words=_say_changes(view),
        changes=tuple(_make_change(change, view) for change in view.changes),
        citation=(
            f"Demarche, “{view.question.title}”, as of {say_long_day(day)}, "
            f"data revision {view.revision}. {base}{permanent}"
        ),
    )


def _say_standing(view: QuestionView) -> str:
    words = say_tally(view.tally)
    order = "Within a stance, the latest statement comes first."
    return f"{words[:1].upper()}{words[1:]}, as of {say_long_day(view.as_of)}. {order}"


def _make_stand(standing: Standing, view: QuestionView) -> Stand:
    people = tuple(_make_person(row, row.cells[0], view) for row in standing.rows)
    return Stand(word_of(standing.stance), len(people), people)


def _make_person(row: Row, cell: Cell, view: QuestionView) -> Person:
    beside = [row.actor.country] if row.actor.country else []
    if cell.latest_on:
        beside.append(say_short_day(cell.latest_on, beside=view.as_of))
    if cell.contested:
        beside.append("contested")
    return Person(
        name=row.actor.name,
        href=cell_address(row.actor.slug, view.question.slug, as_of=view.as_of),
        beside=" · ".join(beside),
        proposed=cell.stance is not None and not cell.confirmed,
    )


def _say_map(tiles: tuple[Tile, ...]) -> str:
    spoken = sum(tile.stance is not None for tile in tiles)
    return f"{count(len(tiles), 'state')} of Europe and North America; {spoken} with a position."


def _href(tile: Tile, view: QuestionView) -> str:
    if tile.actor is None:
        return f"/countries/{tile.country.iso2}?as_of={view.as_of}"
    return cell_address(tile.actor.slug, view.question.slug, as_of=view.as_of)


def _make_tile(tile: Tile, view: QuestionView) -> charts.Tile:
    holder = tile.actor.name if tile.actor and tile.stance else None
    return charts.Tile(tile.country.iso2, tile.country.name, word_of(tile.stance), holder, _href(tile, view))


def _order_tiles(tiles: tuple[Tile, ...]) -> list[Tile]:
    """Those with a position first."""
    return sorted(tiles, key=lambda tile: (tile.stance is None, tile.country.name))


def _make_tile_row(tile: Tile, view: QuestionView) -> TileRow:
    holder = tile.actor.name if tile.actor and tile.stance else ""
    return TileRow(tile.country.name, word_of(tile.stance), holder, _href(tile, view))


def _say_changes(view: QuestionView) -> str:
    if not view.changes:
        return f"None up to {say_long_day(view.as_of)}: nobody’s stance in the documents held has moved."
    first = min(change.change.on for change in view.changes)
    return (
        f"{len(view.changes)} since {say_day(first)}, the latest first. Before and after: the statement that "
        "decided until then, and the one that decided from then on."
    )


def _make_change(change: ChangeView, view: QuestionView) -> ChangeRow:
    when = [say_day(change.change.on)]
    if change.office:
        when.append(change.office)
    if change.holder_after and change.holder_after != change.holder_before:
        when.append(f"now by {change.holder_after.name}")
    return ChangeRow(
        actor=Link(actor_address(change.actor.slug, as_of=view.as_of), change.actor.name),
        before=word_of(change.change.before),
        after=word_of(change.change.after),
        when=", ".join(when),
        quote_before=show_quote(change.before, as_of=view.as_of) if change.before else None,
        quote_after=show_quote(change.after, as_of=view.as_of) if change.after else None,
    )
