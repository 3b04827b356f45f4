"""The matrix: leaders by question, as of a day, shaped from positions alone.

Who is a row: every actor with a position of its own on a shown question. Besides, each state of the
alliances shown that nobody speaks for with one: its highest-ranking office-holder stands there as a
silent row, because a member that says nothing is shown, never left out. A former leader's position
does not make the state any less silent, so both rows stand.

A state's own row shows only where no office-holder speaks for it: then the position is its own. Where
one does, the cell would repeat what the holder's row says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.positions._groups import Shown, Standing, group_rows, name_alliance, name_country, tally_view
from app.positions._places import (
    Place,
    find_place,
    find_silent_place,
    find_states_shown,
    is_wanted,
)
from app.records import Cell, Matrix, MatrixFilters, Position, Question, Row
from app.registers import Registry

# Below every rank there is: former leaders and states come after those in office.
_NO_RANK = 99


def shape_matrix(
    filters: MatrixFilters,
    questions: Sequence[Question],
    positions: Iterable[Position],
    earlier: Iterable[Position],
    registry: Registry,
    *,
    revision: int = 0,
) -> Matrix:
    """The view that the filters ask for.

    `positions` are those that hold on `filters.as_of`, of every actor (tallies need the states), and
    `earlier` those that held on `filters.since`; at most one each for an actor and a question.
    """
    shown_questions = tuple(questions)
    standing = _index(positions, shown_questions)
    was = _index(earlier, shown_questions)
    wanted = _find_places(filters, standing, registry)
    rows = [(place, _make_row(place, shown_questions, standing, was)) for place in wanted]
    kept = tuple((place, row) for place, row in rows if _keeps(row, filters))
    shown = Shown(filters, shown_questions, kept, wanted, standing, registry)
    return Matrix(
        filters=filters,
        questions=shown_questions,
        groups=group_rows(shown),
        tallies=tally_view(shown),
        revision=revision,
        statements=sum(cell.statements for _, row in kept for cell in row.cells),
        documents=0,
        confirmed=0,
    )


def _index(positions: Iterable[Position], questions: Sequence[Question]) -> Standing:
    standing: dict[str, dict[str, Position]] = {question.slug: {} for question in questions}
    for position in positions:
        if position.question in standing:
            standing[position.question][position.actor] = position
    return standing


def _find_places(filters: MatrixFilters, standing: Standing, registry: Registry) -> tuple[Place, ...]:
    """Everybody who is a row before stances are looked at, in the order of rows."""
    members = frozenset(c for _, states in find_states_shown(filters, registry) for c in states)
    own = {p.actor for column in standing.values() for p in column.values() if p.holder is None}
    asked = {slug for slug in filters.actors if slug in registry.actors}
    places = {slug: find_place(slug, registry, filters.as_of) for slug in own | asked}
    spoken_for = {place.country for place in places.values() if place.speaks}
    for country in sorted(_states_to_show(filters, members) - spoken_for):
        silent = find_silent_place(country, registry, filters.as_of)
        if silent is not None:
            places.setdefault(silent.actor.slug, silent)
    wanted = [place for place in places.values() if is_wanted(place, filters, members)]
    return tuple(sorted(wanted, key=lambda place: _order(place, registry)))


def _states_to_show(filters: MatrixFilters, members: frozenset[str]) -> set[str]:
    """The states that have a row even in silence: the members shown, or the countries asked for."""
    if not filters.countries:
        return set(members)
    asked = set(filters.countries)
    return asked & members if filters.alliances else asked


def _order(place: Place, registry: Registry) -> tuple[str, int, str, str]:
    if place.alliance is not None:
        home = name_alliance(place.alliance, registry)
    else:
        home = name_country(place.country, registry)
    rank = place.office.rank if place.office is not None else _NO_RANK
    return home, rank, place.actor.name, place.actor.slug


def _make_row(place: Place, questions: Sequence[Question], standing: Standing, was: Standing) -> Row:
    slug = place.actor.slug
    cells = tuple(
        _make_cell(slug, question.slug, standing[question.slug], was[question.slug]) for question in questions
    )
    return Row(actor=place.actor, office=place.office.title if place.office else None, cells=cells)


def _make_cell(
    actor: str, question: str, standing: Mapping[str, Position], was: Mapping[str, Position]
) -> Cell:
    position = standing.get(actor)
    if position is None:
        return Cell(actor=actor, question=question, stance=None)
    before = was.get(actor)
    # The first position of all is no change: nobody moves out of silence.
    changed = before is not None and before.stance is not position.stance
    return Cell(
        actor=actor,
        question=question,
        stance=position.stance,
        since=position.since,
        statements=position.statements,
        confirmed=position.confirmed,
        contested=position.contested,
        latest_statement=position.decided_by,
        latest_on=position.latest_on,
        was=before.stance if before is not None and changed else None,
        changed=changed,
        holder=position.holder,
    )


def _keeps(row: Row, filters: MatrixFilters) -> bool:
    """Whether the filters on what stands in the cells keep a row."""
    if filters.changed and not any(cell.changed for cell in row.cells):
        return False
    if not filters.silent and all(cell.stance is None for cell in row.cells):
        return False
    if filters.stance is None:
        return True
    stances = {"silent" if cell.stance is None else cell.stance.value for cell in row.cells}
    return filters.stance in stances
