"""How many stand where. The silent are counted, because silence is not a stance and not an absence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from app.records import Position, Stance, Tally
from app.registers import Registry


def tally_stances(stances: Iterable[Stance | None]) -> Tally:
    """Count stances; None is silent.

    [rejects, None, rejects, open] -> 1 open, 2 reject, 1 silent
    """
    counts = Counter(stances)
    return Tally(
        backs=counts[Stance.BACKS],
        open=counts[Stance.OPEN],
        rejects=counts[Stance.REJECTS],
        unclear=counts[Stance.UNCLEAR],
        silent=counts[None],
    )


def tally_states(countries: Iterable[str], standing: Mapping[str, Position], registry: Registry) -> Tally:
    """Where states stand on one question; `standing` has the positions of a day by actor's slug."""
    return tally_stances(stance_of_state(country, standing, registry) for country in countries)


def tally_members(alliance: str, standing: Mapping[str, Position], registry: Registry, *, on: date) -> Tally:
    """Where an alliance's members of the day stand on one question, each state once.

    Sweden counts in NATO's tally from 7 March 2024 on: 31 members the day before, 32 that day.
    """
    return tally_states(registry.members(alliance, on), standing, registry)


def stance_of_state(country: str, standing: Mapping[str, Position], registry: Registry) -> Stance | None:
    """The state's stance, None when it is silent or the registry has no actor for it."""
    state = registry.state_of(country)
    position = standing.get(state.slug) if state is not None else None
    return position.stance if position is not None else None
