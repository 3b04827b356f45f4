"""Who speaks for a state on which day, and the sweep over their positions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.records import Office, OfficeKind, Position
from app.registers import Registry

Cell = tuple[str, str]  # actor and question

# The registers also list party leaders, deputies, former presidents and committee chairs, so that they
# can be recognised in a text. Their rank begins at 8, and none of them speaks for a state: without this
# line an opposition leader would be Germany's position whenever the government has said nothing.
FIRST_RANK_OUTSIDE = 8


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks for a state from a day (inclusive) until a day (exclusive); None: unbounded.

    `actor` None is the state itself, which has no tenure.
    """

    actor: str | None
    since: date | None
    until: date | None


def speaks_for_state(office: Office) -> bool:
    """Whether what the holder of the office says is the position of the state."""
    return office.kind is not OfficeKind.OTHER or office.rank < FIRST_RANK_OUTSIDE


def find_voices(registry: Registry, country: str) -> tuple[Voice, ...]:
    """Everybody who ever spoke for the state, first those of the highest rank.

    Of equal rank the office's slug decides, then the later tenure, then the actor's slug: a rule has to
    choose somebody, and it must be the same one each time.
    """
    held = [
        (registry.offices[tenure.office], tenure)
        for tenure in registry.tenures
        if registry.offices[tenure.office].country == country
    ]
    spoken = [(office, tenure) for office, tenure in held if speaks_for_state(office)]
    spoken.sort(key=lambda pair: pair[1].actor)
    spoken.sort(key=lambda pair: pair[1].since or date.min, reverse=True)
    spoken.sort(key=lambda pair: (pair[0].rank, pair[0].slug))
    return tuple(Voice(tenure.actor, tenure.since, tenure.until) for _, tenure in spoken)


def find_cells_to_derive(dirty: Iterable[Cell], registry: Registry) -> frozenset[Cell]:
    """The cells whose rows may differ once the statements of these have changed.

    A minister's statement also moves the state: ("olaf-scholz", "troops") brings ("germany", "troops").
    """
    cells = set(dirty)
    states = _states_by_actor(registry)
    return frozenset(
        cells | {(state, question) for actor, question in cells for state in states.get(actor, ())}
    )


def find_cells_to_read(cells: Collection[Cell], registry: Registry) -> frozenset[Cell]:
    """The cells whose statements are needed to derive these: for a state, those of its office-holders."""
    wanted = set(cells)
    for slug, question in cells:
        actor = registry.actors.get(slug)
        if actor is not None and actor.country is not None and registry.state_of(actor.country) == actor:
            wanted |= {(v.actor, question) for v in find_voices(registry, actor.country) if v.actor}
    return frozenset(wanted)


def sweep_voices(
    state: str,
    question: str,
    voices: Sequence[Voice],
    timelines: Mapping[str | None, Sequence[Position]],
) -> tuple[Position, ...]:
    """The rows of a state: at each day on which something may change, the first voice with a position.

    Such days are the first and last days of tenures and the days on which a speaker's row begins.
    """
    days: set[date] = {row.valid_from for rows in timelines.values() for row in rows}
    if not days:
        return ()
    first = min(days)
    bounds = {day for voice in voices for day in (voice.since, voice.until) if day is not None}
    starts = sorted(days | {day for day in bounds if day > first})
    begins = {actor: [row.valid_from for row in rows] for actor, rows in timelines.items()}
    rows: list[Position] = []
    for start in starts:
        spoken = _first_position(voices, timelines, begins, on=start)
        _extend(rows, start, spoken, state=state, question=question)
    return tuple(rows)


def _states_by_actor(registry: Registry) -> dict[str, set[str]]:
    states: dict[str, set[str]] = {}
    for tenure in registry.tenures:
        office = registry.offices[tenure.office]
        state = registry.state_of(office.country)
        if state is not None and speaks_for_state(office):
            states.setdefault(tenure.actor, set()).add(state.slug)
    return states


def _first_position(
    voices: Sequence[Voice],
    timelines: Mapping[str | None, Sequence[Position]],
    begins: Mapping[str | None, Sequence[date]],
    *,
    on: date,
) -> tuple[str | None, Position] | None:
    for voice in voices:
        if (voice.since is not None and voice.since > on) or (voice.until is not None and voice.until <= on):
            continue
        index = bisect_right(begins[voice.actor], on) - 1
        if index >= 0:
            return voice.actor, timelines[voice.actor][index]
    return None


def _extend(
    rows: list[Position],
    start: date,
    spoken: tuple[str | None, Position] | None,
    *,
    state: str,
    question: str,
) -> None:
    """Let what is spoken from `start` on follow the rows so far: a new row only where something is new."""
    open_row = rows[-1] if rows and rows[-1].valid_to is None else None
    if spoken is None:
        if open_row is not None:
            rows[-1] = replace(open_row, valid_to=start)
        return
    holder, position = spoken
    since = open_row.since if open_row is not None and open_row.stance is position.stance else start
    row = replace(
        position, actor=state, question=question, holder=holder, since=since, valid_from=start, valid_to=None
    )
    if open_row is not None:
        if replace(row, valid_from=open_row.valid_from) == open_row:
            return
        rows[-1] = replace(open_row, valid_to=start)
    rows.append(row)
