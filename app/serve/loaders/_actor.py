"""One leader: offices, positions over time, every statement, and who is closest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.positions import cut_after
from app.queries.positions import positions_as_of, positions_of
from app.queries.statements import list_statements, load_evidence
from app.records import Evidence, Position, Stance, StatementFilters, StatementRecord, Status
from app.registers import Registry
from app.serve.loaders._known import load_known
from app.serve.loaders._words import load_bands
from app.serve.views import ActorView, Agreement, Held

# A leader has tens of statements, a few have thousands: the page shows the latest, the list in REST all.
MOST_STATEMENTS = 500
MOST_CLOSEST = 5


def load_actor(
    session: Session, slug: str, as_of: date, *, filters: StatementFilters | None = None
) -> ActorView:
    """Everything about one leader as of a day; `filters` narrow the list of statements and nothing else."""
    known = load_known(session)
    registry = known.registry
    actor = known.actor(slug)
    positions = cut_after(positions_of(session, actors=(slug,)), as_of)
    evidence = load_evidence(session, {(slug, question.slug) for question in known.questions})
    wanted = replace(filters or StatementFilters(), actor=(slug,), as_of=as_of)
    statements = list_statements(session, wanted, limit=MOST_STATEMENTS).items
    offices = registry.offices_of(slug, as_of)
    alliances = registry.alliances_of(actor.country, as_of) if actor.country else ()
    bands = load_bands(
        session, known.questions, by_question(positions), dots_of(evidence), registry, on=as_of
    )
    return ActorView(
        actor=actor,
        country=registry.countries.get(actor.country) if actor.country else None,
        as_of=as_of,
        revision=known.revision,
        office=offices[0] if offices else None,
        offices=_find_held(slug, registry, as_of),
        alliances=tuple(registry.alliances[alliance] for alliance in alliances),
        bands=bands,
        statements=statements,
        via=_find_via(statements),
        closest=find_closest(slug, positions_as_of(session, as_of=as_of), registry) if positions else (),
        first=min((band.segments[0].first for band in bands), default=None),
    )


def by_question(positions: Iterable[Position]) -> Mapping[str, list[Position]]:
    grouped: dict[str, list[Position]] = defaultdict(list)
    for position in positions:
        grouped[position.question].append(position)
    return grouped


def dots_of(evidence: Iterable[Evidence]) -> Mapping[str, list[Evidence]]:
    """Statements by question, without those a review rejected: they are no part of what was said."""
    grouped: dict[str, list[Evidence]] = defaultdict(list)
    for said in evidence:
        if said.status is not Status.REJECTED:
            grouped[said.question].append(said)
    return grouped


def find_closest(slug: str, standing: Iterable[Position], registry: Registry) -> tuple[Agreement, ...]:
    """Who takes the same stance most often, on questions where both have a clear one.

    One question in common says nothing, so two are needed, and the same stance on more than half of them.
    4 of 4 comes before 3 of 3, that before 3 of 4.
    """
    stances: dict[str, dict[str, Stance]] = defaultdict(dict)
    for position in standing:
        if position.holder is None and position.stance is not Stance.UNCLEAR:
            stances[position.actor][position.question] = position.stance
    own = stances.pop(slug, {})
    found = []
    for other, theirs in stances.items():
        shared = own.keys() & theirs.keys()
        agreed = sum(own[question] is theirs[question] for question in shared)
        if len(shared) >= 2 and 2 * agreed > len(shared) and other in registry.actors:
            found.append(Agreement(registry.actors[other], agreed, len(shared)))
    found.sort(key=lambda one: (-one.agreed / one.shared, -one.shared, one.actor.name, one.actor.slug))
    return tuple(found[:MOST_CLOSEST])


def _find_held(slug: str, registry: Registry, as_of: date) -> tuple[Held, ...]:
    held = [
        Held(registry.offices[tenure.office], registry.actors[slug], tenure)
        for tenure in registry.tenures
        if tenure.actor == slug and (tenure.since is None or tenure.since <= as_of)
    ]
    held.sort(key=lambda one: (one.tenure.since or date.min, -one.office.rank), reverse=True)
    return tuple(held)


def _find_via(statements: Iterable[StatementRecord]) -> tuple[str, ...]:
    return tuple(sorted({said.via for said in statements if said.via}))
