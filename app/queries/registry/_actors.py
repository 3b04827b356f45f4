"""Actors: found by any of their names, and proposed when nobody knows them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import ActorName, ActorRow, CountryRow, OfficeRow, TenureRow
from app.queries._membership import belongs_to
from app.queries._pages import cap_limit, decode_cursor, make_page
from app.queries._search import escape_like
from app.queries.registry._records import make_actor, make_office, make_tenure, select_actors, select_offices
from app.records import Actor, ActorKind, Office, Page, Tenure


def list_actors(
    session: Session,
    *,
    q: str = "",
    kind: ActorKind | None = None,
    country: str | None = None,
    alliance: str | None = None,
    on: date | None = None,
    proposed: bool | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Actor]:
    """Actors by slug. `q` is a part of any of their names; `alliance` counts members on the day `on`."""
    limit = cap_limit(limit)
    query = select_actors()
    if q:
        named = exists().where(
            ActorName.actor == ActorRow.slug, ActorName.name.ilike(f"%{escape_like(q)}%", escape="\\")
        )
        query = query.where(named)
    if kind is not None:
        query = query.where(ActorRow.kind == kind)
    if country is not None:
        query = query.where(ActorRow.country == country)
    if alliance is not None:
        query = query.where(belongs_to([alliance], on or datetime.now(UTC).date()))
    if proposed is not None:
        query = query.where(ActorRow.proposed.is_(proposed))
    slug = ActorRow.slug.collate("C")
    if cursor is not None:
        query = query.where(slug > decode_cursor(cursor, str)[0])
    rows = session.execute(query.order_by(slug).limit(limit + 1))
    return make_page(list(map(make_actor, rows)), limit, lambda actor: (actor.slug,))


def get_actor(session: Session, slug: str) -> Actor:
    row = session.execute(select_actors().where(ActorRow.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("actor", slug)
    return make_actor(row)


def has_actor(session: Session, slug: str) -> bool:
    return session.execute(select(exists().where(ActorRow.slug == slug))).scalar_one()


def propose_actor(
    session: Session,
    name: str,
    kind: ActorKind,
    *,
    country: str | None = None,
    description: str | None = None,
) -> str:
    """The slug of somebody whom the registry does not know: as proposed by this name before, or new.

    The country is kept only if it is one that the registry has.
    """
    known = select(ActorRow.slug).where(
        ActorRow.proposed, func.lower(ActorRow.name) == name.lower(), ActorRow.kind == kind
    )
    if found := session.execute(known.order_by(ActorRow.slug).limit(1)).scalar_one_or_none():
        return found
    if (
        country is not None
        and not session.execute(select(exists().where(CountryRow.iso2 == country))).scalar()
    ):
        country = None
    values = {"name": name, "kind": kind, "country": country, "description": description, "proposed": True}
    base, number = make_slug(name), 1
    while True:
        slug = base if number == 1 else f"{base}-{number}"
        statement = insert(ActorRow).values(slug=slug, **values).on_conflict_do_nothing()
        if session.execute(statement.returning(ActorRow.slug)).scalar_one_or_none():
            session.execute(insert(ActorName).values(actor=slug, name=name, position=0))
            return slug
        number += 1


def make_slug(name: str) -> str:
    """A name as it stands in an address: "Siegfried Mureşan" is siegfried-muresan."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "-".join(words)[:80].strip("-") or "unnamed"


# Letters that are no accented form of another one.
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "", "'": ""}
)


def list_tenures(session: Session, actor: str) -> tuple[tuple[Office, Tenure], ...]:
    """The offices an actor has held, the latest first."""
    query = (
        select_offices(TenureRow.actor, TenureRow.since, TenureRow.until, TenureRow.certainty, TenureRow.note)
        .join(TenureRow, TenureRow.office == OfficeRow.slug)
        .where(TenureRow.actor == actor)
        .order_by(TenureRow.since.desc().nulls_last(), OfficeRow.rank, OfficeRow.slug)
    )
    return tuple((make_office(row), make_tenure(row, row.slug)) for row in session.execute(query))
