"""Rows of the registry to records."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.models import ActorName, ActorRow, OfficeRow
from app.queries._rows import AnyRow, AnySelect
from app.records import Actor, ActorKind, Office, OfficeKind, Tenure


def select_actors() -> AnySelect:
    aliases = (
        select(ActorName.name)
        .where(ActorName.actor == ActorRow.slug, ActorName.position > 0)
        .order_by(ActorName.position)
        .scalar_subquery()
    )
    return select(
        ActorRow.slug,
        ActorRow.name,
        ActorRow.kind,
        ActorRow.country,
        ActorRow.wikidata,
        ActorRow.gender,
        ActorRow.description,
        ActorRow.proposed,
        func.array(aliases).label("aliases"),
    )


def select_offices(*more: Any) -> AnySelect:
    place = func.coalesce(OfficeRow.country, OfficeRow.alliance).label("place")
    return select(
        OfficeRow.slug, OfficeRow.title, place, OfficeRow.kind, OfficeRow.rank, OfficeRow.press_titles, *more
    )


def make_actor(row: AnyRow) -> Actor:
    return Actor(
        slug=row.slug,
        name=row.name,
        kind=ActorKind(row.kind),
        country=row.country,
        aliases=tuple(row.aliases),
        wikidata=row.wikidata,
        gender=row.gender,
        description=row.description,
        proposed=row.proposed,
    )


def make_office(row: AnyRow) -> Office:
    return Office(row.slug, row.title, row.place, OfficeKind(row.kind), row.rank, tuple(row.press_titles))


def make_tenure(row: AnyRow, office: str) -> Tenure:
    return Tenure(row.actor, office, row.since, row.until, row.certainty, row.note)
