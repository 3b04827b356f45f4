"""Rows under headings, and what is counted under each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.positions._places import Place, find_states_shown
from app.positions.tally import tally_stances, tally_states
from app.records import Group, MatrixFilters, Position, Question, Row, Stance, Tally
from app.registers import Registry

Standing = Mapping[str, Mapping[str, Position]]  # positions of one day by question, then by actor

_STANCES: tuple[tuple[Stance | None, str], ...] = (
    (Stance.BACKS, "Backs"),
    (Stance.OPEN, "Open"),
    (Stance.REJECTS, "Rejects"),
    (Stance.UNCLEAR, "Unclear"),
    (None, "Silent"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the matrix is shaped from: the rows that passed the filters, and where everybody stands."""

    filters: MatrixFilters
    questions: tuple[Question, ...]
    rows: tuple[tuple[Place, Row], ...]
    wanted: tuple[Place, ...]  # everybody the filters on who is shown let pass, before those on stances
    standing: Standing
    registry: Registry


def group_rows(shown: Shown) -> tuple[Group, ...]:
    """The rows under the headings that were asked for; a heading without rows is left out."""
    groups = {
        "alliance": _group_by_alliance,
        "country": _group_by_country,
        "stance": _group_by_stance,
    }.get(shown.filters.group, _group_all)(shown)
    return tuple(group for group in groups if group.rows)


def tally_view(shown: Shown) -> tuple[Tally, ...]:
    """What stands above all rows: the member states when alliances were asked for, else the rows."""
    if not shown.filters.alliances:
        return _tally_rows(shown, [row for _, row in shown.rows])
    members = [
        country for _, states in find_states_shown(shown.filters, shown.registry) for country in states
    ]
    return _tally_members(shown, members)


def _group_by_alliance(shown: Shown) -> Iterable[Group]:
    left = list(shown.rows)
    earlier: list[str] = []
    for alliance, states in find_states_shown(shown.filters, shown.registry):
        members = frozenset(states)
        rows = tuple(row for place, row in left if place.country in members)
        left = [(place, row) for place, row in left if place.country not in members]
        yield Group(
            slug=alliance,
            name=_name_members(alliance, earlier, shown.registry),
            rows=rows,
            tallies=_tally_members(shown, states),
        )
        earlier.append(alliance)
    others = [row for place, row in left if place.alliance is None]
    voices = [row for place, row in left if place.alliance is not None]
    yield _make_group(shown, "other-states", "Other states", others)
    yield _make_group(shown, "alliances", "Alliances and institutions", voices)


def _group_by_country(shown: Shown) -> Iterable[Group]:
    headings: dict[str, tuple[str, list[Row]]] = {}
    for place, row in shown.rows:
        slug, name = "alliances", "Alliances and institutions"
        if place.alliance is None:
            slug = (place.country or "unknown").lower()
            name = name_country(place.country, shown.registry)
        headings.setdefault(slug, (name, []))[1].append(row)
    # Those who speak for no state come last, as they do under alliances.
    for slug in sorted(headings, key=lambda slug: (slug == "alliances", headings[slug][0])):
        name, rows = headings[slug]
        yield _make_group(shown, slug, name, rows)


def _group_by_stance(shown: Shown) -> Iterable[Group]:
    """By the stance on the first question shown: with several, one of them has to order the rows."""
    for stance, name in _STANCES:
        rows = [row for _, row in shown.rows if row.cells and row.cells[0].stance is stance]
        yield _make_group(shown, name.lower(), name, rows)


def _group_all(shown: Shown) -> Iterable[Group]:
    yield _make_group(shown, "all", "All", [row for _, row in shown.rows])


def _make_group(shown: Shown, slug: str, name: str, rows: Sequence[Row]) -> Group:
    return Group(slug=slug, name=name, rows=tuple(rows), tallies=_tally_rows(shown, rows))


def _tally_rows(shown: Shown, rows: Sequence[Row]) -> tuple[Tally, ...]:
    return tuple(tally_stances(row.cells[n].stance for row in rows) for n in range(len(shown.questions)))


def _tally_members(shown: Shown, members: Iterable[str]) -> tuple[Tally, ...]:
    """Member states by the state's position. Filters on who is shown narrow them, filters on stance do not:
    a tally of those who reject, among those who reject, would tell nobody anything."""
    filters = shown.filters
    counted = tuple(members)
    if filters.countries:
        counted = tuple(country for country in counted if country in filters.countries)
    if filters.actors or filters.name:
        homes = {place.country for place in shown.wanted}
        counted = tuple(country for country in counted if country in homes)
    return tuple(
        tally_states(counted, shown.standing.get(question.slug, {}), shown.registry)
        for question in shown.questions
    )


def name_country(country: str | None, registry: Registry) -> str:
    """The state's name, or that it is not known."""
    if country is None:
        return "Country not given"
    held = registry.countries.get(country)
    return held.name if held is not None else country


def name_alliance(alliance: str, registry: Registry) -> str:
    """What the press calls it: NATO, EU, Bucharest Nine."""
    held = registry.alliances.get(alliance)
    name = held.name if held is not None else alliance
    is_initials = " " in name and len(alliance) <= 4
    return alliance.upper() if is_initials else name


def _name_members(alliance: str, earlier: Sequence[str], registry: Registry) -> str:
    name = f"{name_alliance(alliance, registry)} members"
    if not earlier:
        return name
    return f"{name} outside {' and '.join(name_alliance(slug, registry) for slug in earlier)}"
