"""One question: where everybody stands, how that moved month by month, the changes, the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.positions import (
    Timelines,
    cut_after,
    find_changes,
    find_silent_place,
    holds,
    shape_matrix,
    tally_stances,
    tally_states,
)
from app.queries.positions import positions_of
from app.records import Matrix, MatrixFilters, Position, Row, Stance, Tally
from app.registers import Registry
from app.serve.loaders._known import load_known
from app.serve.loaders._words import actor_of, load_changes
from app.serve.views import GroupMonths, Month, QuestionView, Standing, Tile

MONTHS = 24
# What a page shows with the words before and after; the list of changes in REST pages through all.
MOST_CHANGES = 200

# The map shows Europe (with Russia, Turkey and the South Caucasus) and North America; of these, the
# states the registry has.
_EUROPE = (
    "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LI LT LU LV MC MD ME MK "
    "MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK"
)
_NORTH_AMERICA = "CA MX US"
ON_THE_MAP = frozenset((*_EUROPE.split(), *_NORTH_AMERICA.split()))


def load_question(session: Session, slug: str, as_of: date) -> QuestionView:
    """Everything about one question as of a day."""
    known = load_known(session)
    question = known.question(slug)
    registry = known.registry
    positions = cut_after(positions_of(session, questions=(slug,)), as_of)
    standing = tuple(position for position in positions if holds(position, as_of))
    matrix = shape_matrix(MatrixFilters(as_of=as_of, questions=(slug,)), (question,), standing, (), registry)
    timelines, own = Timelines(positions), _own_rows(positions)
    days = find_month_ends(as_of)
    return QuestionView(
        question=question,
        questions=known.questions,
        as_of=as_of,
        revision=known.revision,
        standings=_stand(matrix.rows),
        tally=matrix.tallies[0],
        months=_count_months(matrix.rows, slug, timelines, days),
        groups=_count_groups(matrix, slug, timelines, days, registry),
        changes=load_changes(session, own, registry, most=MOST_CHANGES),
        moves=len(find_changes(own)),
        tiles=_lay_tiles(standing, registry, on=as_of),
    )


def find_month_ends(as_of: date) -> tuple[date, ...]:
    """The last days of the 23 months before, and the day itself, the oldest first.

    as of 30 June 2024 -> 31 July 2022, ..., 31 May 2024, 30 June 2024
    """
    days = [as_of]
    while len(days) < MONTHS:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return tuple(reversed(days))


def _stand(rows: Iterable[Row]) -> tuple[Standing, ...]:
    """Rows by stance; within one, the latest statement first, then by name."""
    ordered = sorted(rows, key=lambda row: row.actor.name)
    ordered.sort(key=lambda row: row.cells[0].latest_on or date.min, reverse=True)
    return tuple(
        Standing(stance, tuple(row for row in ordered if row.cells[0].stance is stance))
        for stance in (*Stance, None)
    )


def _count_months(
    rows: Sequence[Row], question: str, timelines: Timelines, days: Iterable[date]
) -> tuple[Month, ...]:
    """The leaders of the view, where each stood then: the same people in each month, so that what
    moves is their stance and not who is asked."""

    def count(day: date) -> Tally:
        found = (timelines.at(row.actor.slug, question, day) for row in rows)
        return tally_stances(position.stance if position else None for position in found)

    return tuple(Month(day, count(day)) for day in days)


def _count_groups(
    matrix: Matrix, question: str, timelines: Timelines, days: Sequence[date], registry: Registry
) -> tuple[GroupMonths, ...]:
    """Each group of the matrix: an alliance by its member states of each month, the rest by its rows."""
    counted = []
    earlier: list[str] = []
    for group in matrix.groups:
        if group.slug in registry.alliances:
            count = _count_members(group.slug, tuple(earlier), question, timelines, registry)
            months = tuple(Month(day, count(day)) for day in days)
            earlier.append(group.slug)
        else:
            months = _count_months(group.rows, question, timelines, days)
        counted.append(GroupMonths(group.slug, group.name, months[-1].tally.total, months))
    return tuple(counted)


def _count_members(
    alliance: str, earlier: Sequence[str], question: str, timelines: Timelines, registry: Registry
) -> Callable[[date], Tally]:
    def count(day: date) -> Tally:
        outside = {country for other in earlier for country in registry.members(other, day)}
        members = [country for country in registry.members(alliance, day) if country not in outside]
        states = (registry.state_of(country) for country in members)
        found = {state.slug: timelines.at(state.slug, question, day) for state in states if state is not None}
        standing = {slug: position for slug, position in found.items() if position is not None}
        return tally_states(members, standing, registry)

    return count


def _own_rows(positions: Iterable[Position]) -> list[Position]:
    """Without the states that somebody speaks for: their changes are those of their office-holders."""
    held = list(positions)
    spoken_for = {position.actor for position in held if position.holder is not None}
    return [position for position in held if position.actor not in spoken_for]


def _lay_tiles(standing: Iterable[Position], registry: Registry, *, on: date) -> tuple[Tile, ...]:
    by_actor = {position.actor: position for position in standing}
    tiles = []
    for iso2 in sorted(ON_THE_MAP & registry.countries.keys()):
        state = registry.state_of(iso2)
        position = by_actor.get(state.slug) if state is not None else None
        if position is not None:
            speaker = actor_of(position.holder, registry) or state
        else:
            place = find_silent_place(iso2, registry, on)
            speaker = place.actor if place is not None else None
        tiles.append(
            Tile(
                country=registry.countries[iso2],
                stance=position.stance if position else None,
                since=position.since if position else None,
                actor=speaker,
                contested=position.contested if position else False,
                confirmed=position.confirmed if position else False,
            )
        )
    return tuple(tiles)
