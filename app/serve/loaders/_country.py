"""One state: who spoke for it when, and how its position passed from one office-holder to the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.positions import cut_after, find_voices, speaks_for_state
from app.queries.positions import positions_as_of, positions_of
from app.queries.statements import load_evidence
from app.records import Actor, Position
from app.registers import Registry
from app.serve.loaders._actor import by_question, dots_of
from app.serve.loaders._known import load_known
from app.serve.loaders._speech import spoke_for
from app.serve.loaders._words import load_bands, load_changes
from app.serve.views import CountryView, Held, Leader


def load_country(session: Session, iso2: str, as_of: date) -> CountryView:
    """Everything about one state as of a day."""
    known = load_known(session)
    registry = known.registry
    country = registry.countries.get(iso2)
    if country is None:
        raise NotFound("country", iso2)
    state = registry.state_of(iso2)
    voices = find_voices(registry, iso2)
    slugs = {voice.actor for voice in voices if voice.actor} | ({state.slug} if state else set())
    positions = cut_after(positions_of(session, actors=(state.slug,)), as_of) if state else ()
    evidence = load_evidence(session, {(slug, one.slug) for slug in slugs for one in known.questions})
    dots = dots_of(said for said in evidence if spoke_for(voices, state, said.actor, said.said_on))
    bands = load_bands(session, known.questions, by_question(positions), dots, registry, on=as_of)
    return CountryView(
        country=country,
        state=state,
        as_of=as_of,
        revision=known.revision,
        alliances=tuple(registry.alliances[slug] for slug in registry.alliances_of(iso2, as_of)),
        leaders=tuple(Leader(office, actor) for office, actor in registry.leaders(iso2, as_of)),
        held=_find_held(iso2, registry, as_of),
        bands=bands,
        changes=load_changes(session, positions, registry),
        actors=_find_actors(positions_as_of(session, as_of=as_of), iso2, registry),
        first=min((band.segments[0].first for band in bands), default=None),
    )


def _find_held(iso2: str, registry: Registry, as_of: date) -> tuple[Held, ...]:
    """Everybody who spoke for the state up to the day, by rank; in one office, the latest first."""
    held = [
        Held(registry.offices[tenure.office], registry.actors[tenure.actor], tenure)
        for tenure in registry.tenures
        if registry.offices[tenure.office].country == iso2
        and speaks_for_state(registry.offices[tenure.office])
        and (tenure.since is None or tenure.since <= as_of)
    ]
    held.sort(key=lambda one: one.tenure.since or date.min, reverse=True)
    held.sort(key=lambda one: (one.office.rank, one.office.slug))
    return tuple(held)


def _find_actors(standing: Iterable[Position], iso2: str, registry: Registry) -> tuple[Actor, ...]:
    slugs = {position.actor for position in standing}
    actors = (registry.actors[slug] for slug in slugs if slug in registry.actors)
    return tuple(sorted((a for a in actors if a.country == iso2), key=lambda a: (a.name, a.slug)))
