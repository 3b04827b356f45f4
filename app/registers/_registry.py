"""The registry, and what it answers about any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.records import Actor, ActorKind, Alliance, Country, Membership, Office, Tenure


@dataclass(frozen=True)
class Registry:
    """Everybody and everything that can hold a position, and who spoke for whom on which day."""

    actors: dict[str, Actor] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    countries: dict[str, Country] = field(default_factory=dict)
    alliances: dict[str, Alliance] = field(default_factory=dict)
    memberships: tuple[Membership, ...] = ()
    weak: frozenset[str] = frozenset()  # aliases that need a title or the full name nearby
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)  # alias -> all who bear it

    def holders(self, office: str, on: date) -> tuple[Actor, ...]:
        """Who held the office on that day; more than one when somebody acts for another."""
        return tuple(
            self.actors[tenure.actor]
            for tenure in self._tenures_by_office.get(office, ())
            if holds_on(tenure.since, tenure.until, on)
        )

    def offices_of(self, actor: str, on: date) -> tuple[Office, ...]:
        """The offices the actor held on that day, the one that speaks first for its state first."""
        held = {
            tenure.office
            for tenure in self._tenures_by_actor.get(actor, ())
            if holds_on(tenure.since, tenure.until, on)
        }
        return tuple(sorted((self.offices[slug] for slug in held), key=_rank))

    def leaders(self, country: str, on: date) -> tuple[tuple[Office, Actor], ...]:
        """Everybody in an office of the country (or alliance) on that day, by rank."""
        return tuple(
            (office, holder)
            for office in self._offices_by_country.get(country, ())
            for holder in self.holders(office.slug, on)
        )

    def members(self, alliance: str, on: date) -> tuple[str, ...]:
        """The states (ISO 3166-1 alpha-2) that belonged to the alliance on that day."""
        states = (m.country for m in self.memberships if m.alliance == alliance and _counts(m, on))
        return tuple(sorted(set(states)))

    def alliances_of(self, country: str, on: date) -> tuple[str, ...]:
        """The alliances the state belonged to on that day."""
        alliances = (m.alliance for m in self.memberships if m.country == country and _counts(m, on))
        return tuple(sorted(set(alliances)))

    def state_of(self, country: str) -> Actor | None:
        """The actor of kind `state` for a country, None when the registry has none."""
        return self._states.get(country)

    @cached_property
    def _states(self) -> Mapping[str, Actor]:
        # A name that extraction took for a state does not become the state before a person says so.
        states = (a for a in self.actors.values() if a.kind is ActorKind.STATE and not a.proposed)
        return {state.country: state for state in states if state.country}

    @cached_property
    def _tenures_by_office(self) -> Mapping[str, list[Tenure]]:
        return _group(self.tenures, "office")

    @cached_property
    def _tenures_by_actor(self) -> Mapping[str, list[Tenure]]:
        return _group(self.tenures, "actor")

    @cached_property
    def _offices_by_country(self) -> Mapping[str, list[Office]]:
        offices: dict[str, list[Office]] = defaultdict(list)
        for office in sorted(self.offices.values(), key=_rank):
            offices[office.country].append(office)
        return offices


def holds_on(since: date | None, until: date | None, on: date) -> bool:
    """Whether `on` lies within a tenure or membership: `since` is its first day, `until` the day after."""
    return (since is None or since <= on) and (until is None or on < until)


def find_shared(actors: Iterable[Actor]) -> dict[str, tuple[str, ...]]:
    """The names and aliases that more than one actor bears, with the slugs of all who do."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for name in dict.fromkeys((actor.name, *actor.aliases)):
            bearers[name].append(actor.slug)
    return {name: tuple(sorted(slugs)) for name, slugs in sorted(bearers.items()) if len(slugs) > 1}


def _group(tenures: Iterable[Tenure], name: str) -> dict[str, list[Tenure]]:
    groups: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        groups[getattr(tenure, name)].append(tenure)
    return groups


def _rank(office: Office) -> tuple[int, str]:
    return office.rank, office.slug


def _counts(membership: Membership, on: date) -> bool:
    return holds_on(membership.since, membership.until, on)
