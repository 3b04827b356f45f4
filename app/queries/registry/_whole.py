"""The registry as a whole: loaded for extraction and derivation, saved from the registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import (
    ActorName,
    ActorRow,
    AllianceRow,
    CountryRow,
    MembershipRow,
    OfficeRow,
    TenureRow,
    make_key,
)
from app.queries.registry._records import make_actor, make_office, make_tenure, select_actors, select_offices
from app.queries.registry._write import insert_rows, upsert
from app.records import Actor, Alliance, Country, Membership, Office, Tenure
from app.registers import Registry, find_shared


def load_registry(session: Session, *, proposed: bool = True) -> Registry:
    """Everything at once. Without `proposed` only whom people put there: so a name that extraction once
    took for somebody's does not become a name it looks for."""
    query = select_actors()
    if not proposed:
        query = query.where(~ActorRow.proposed)
    actors = {row.slug: make_actor(row) for row in session.execute(query.order_by(ActorRow.slug))}
    weak = select(ActorName.name).where(ActorName.weak, ActorName.actor.in_(actors)).distinct()
    return Registry(
        actors=actors,
        offices={row.slug: make_office(row) for row in session.execute(select_offices())},
        tenures=_load_tenures(session),
        countries=_load_countries(session),
        alliances={
            slug: Alliance(slug, name)
            for slug, name in session.execute(select(AllianceRow.slug, AllianceRow.name))
        },
        memberships=_load_memberships(session),
        weak=frozenset(session.execute(weak).scalars()),
        shared=find_shared(actors.values()),
    )


def save_registry(session: Session, registry: Registry) -> None:
    """Make the database agree with the registers.

    Tenures, memberships and names are replaced whole. Actors and offices stay when they are no longer
    listed, because statements hang on them; a proposed actor that is listed now is accepted.
    """
    upsert(session, CountryRow, "iso2", [_country_values(c) for c in registry.countries.values()])
    alliances = [{"slug": a.slug, "name": a.name} for a in registry.alliances.values()]
    upsert(session, AllianceRow, "slug", alliances)
    upsert(session, ActorRow, "slug", [_actor_values(actor) for actor in registry.actors.values()])
    offices = [_office_values(office, registry) for office in registry.offices.values()]
    upsert(session, OfficeRow, "slug", offices)
    session.execute(delete(ActorName).where(ActorName.actor.in_(list(registry.actors))))
    insert_rows(
        session, ActorName, [row for a in registry.actors.values() for row in _name_values(a, registry)]
    )
    session.execute(delete(TenureRow))
    insert_rows(session, TenureRow, [_tenure_values(tenure) for tenure in registry.tenures])
    session.execute(delete(MembershipRow))
    insert_rows(session, MembershipRow, [_membership_values(m) for m in registry.memberships])


def _load_tenures(session: Session) -> tuple[Tenure, ...]:
    table = TenureRow
    query = select(table.actor, table.office, table.since, table.until, table.certainty, table.note)
    tenures = (make_tenure(row, row.office) for row in session.execute(query))
    return tuple(sorted(tenures, key=lambda t: (t.office, t.since or date.min, t.actor)))


def _load_memberships(session: Session) -> tuple[Membership, ...]:
    query = select(MembershipRow.alliance, MembershipRow.country, MembershipRow.since, MembershipRow.until)
    memberships = (Membership(*row) for row in session.execute(query))
    return tuple(sorted(memberships, key=lambda m: (m.alliance, m.country, m.since or date.min)))


def _load_countries(session: Session) -> dict[str, Country]:
    table = CountryRow
    query = select(table.iso2, table.iso3, table.name, table.demonyms, table.metonyms)
    return {
        row.iso2: Country(row.iso2, row.iso3, row.name, tuple(row.demonyms), tuple(row.metonyms))
        for row in session.execute(query)
    }


def _country_values(country: Country) -> dict[str, Any]:
    return {
        "iso2": country.iso2,
        "iso3": country.iso3,
        "name": country.name,
        "demonyms": list(country.demonyms),
        "metonyms": list(country.metonyms),
    }


def _actor_values(actor: Actor) -> dict[str, Any]:
    return {
        "slug": actor.slug,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "wikidata": actor.wikidata,
        "gender": actor.gender,
        "description": actor.description,
        "proposed": actor.proposed,
    }


def _name_values(actor: Actor, registry: Registry) -> list[dict[str, Any]]:
    """All names of an actor; the first is the one it is shown by."""
    return [
        {"actor": actor.slug, "name": name, "position": position, "weak": name in registry.weak}
        for position, name in enumerate((actor.name, *actor.aliases))
    ]


def _office_values(office: Office, registry: Registry) -> dict[str, Any]:
    of_state = office.country in registry.countries
    return {
        "slug": office.slug,
        "title": office.title,
        "country": office.country if of_state else None,
        "alliance": None if of_state else office.country,
        "kind": office.kind,
        "rank": office.rank,
        "press_titles": list(office.press_titles),
    }


def _tenure_values(tenure: Tenure) -> dict[str, Any]:
    return {
        "id": make_key(),
        "actor": tenure.actor,
        "office": tenure.office,
        "since": tenure.since,
        "until": tenure.until,
        "certainty": tenure.certainty,
        "note": tenure.note,
    }


def _membership_values(membership: Membership) -> dict[str, Any]:
    return {
        "id": make_key(),
        "alliance": membership.alliance,
        "country": membership.country,
        "since": membership.since,
        "until": membership.until,
    }
