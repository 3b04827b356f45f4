"""For whom a row of the matrix stands: a state, or an alliance or institution."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from app.positions._states import speaks_for_state
from app.records import Actor, ActorKind, MatrixFilters, Office
from app.registers import Registry

# The states an analyst of Western policy expects to see complete when asking for no alliance.
USUAL_ALLIANCES = ("nato", "eu")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an actor's row belongs on a day.

    `country` is the state it is counted under, None for those who speak for no single state; `alliance`
    is the alliance or institution an actor speaks for instead. A former leader keeps the country.
    """

    actor: Actor
    office: Office | None
    country: str | None
    alliance: str | None
    speaks: bool  # whether the actor speaks for the state that day, so that it is not silent


def find_place(slug: str, registry: Registry, on: date) -> Place:
    """The place of an actor on a day: that of the highest office held then, else its country.

    Jens Stoltenberg stands with NATO until 1 October 2024, and under Norway from then on.
    """
    actor = registry.actors.get(slug) or Actor(slug=slug, name=slug, kind=ActorKind.PERSON)
    if actor.kind in (ActorKind.ALLIANCE, ActorKind.INSTITUTION):
        return Place(actor, office=None, country=None, alliance=slug, speaks=False)
    if actor.kind is ActorKind.STATE:
        return Place(actor, office=None, country=actor.country, alliance=None, speaks=True)
    offices = registry.offices_of(slug, on)
    if not offices:
        return Place(actor, office=None, country=actor.country, alliance=None, speaks=False)
    office = offices[0]
    if office.country not in registry.countries:
        return Place(actor, office=office, country=None, alliance=office.country, speaks=False)
    speaks = any(speaks_for_state(held) for held in offices)
    return Place(actor, office=office, country=office.country, alliance=None, speaks=speaks)


def find_silent_place(country: str, registry: Registry, on: date) -> Place | None:
    """Who stands for a state nobody has spoken for: its highest office-holder of the day, else the state."""
    for office, actor in registry.leaders(country, on):
        if speaks_for_state(office):
            return Place(actor, office=office, country=country, alliance=None, speaks=True)
    state = registry.state_of(country)
    return find_place(state.slug, registry, on) if state is not None else None


def find_states_shown(filters: MatrixFilters, registry: Registry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The alliances of the view with their member states of the day, each state under the first only.

    For NATO and the EU: NATO's members, then the EU's members outside NATO.
    """
    taken: set[str] = set()
    shown = []
    for alliance in filters.alliances or USUAL_ALLIANCES:
        members = [country for country in registry.members(alliance, filters.as_of) if country not in taken]
        taken.update(members)
        shown.append((alliance, tuple(members)))
    return tuple(shown)


def is_wanted(place: Place, filters: MatrixFilters, members: frozenset[str]) -> bool:
    """Whether the filters that choose who is shown let an actor pass."""
    if filters.actors and place.actor.slug not in filters.actors:
        return False
    if filters.countries and place.country not in filters.countries:
        return False
    if filters.alliances and place.country not in members and place.alliance not in filters.alliances:
        return False
    return not filters.name or has_name(place.actor, filters.name)


def has_name(actor: Actor, part: str) -> bool:
    """Whether a name of the actor has the letters in it, whatever their case and accents."""
    wanted = _fold(part)
    return any(wanted in _fold(name) for name in (actor.name, *actor.aliases))


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.strip().casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
