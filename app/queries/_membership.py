"""The condition "of a member of these alliances on that day", which several lists have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from app.models import ActorRow, MembershipRow


def belongs_to(alliances: Sequence[str], day: ColumnElement[date] | Any) -> ColumnElement[bool]:
    """Whether the actor's state belonged to one of the alliances on `day`, or the actor is the alliance."""
    member = exists().where(
        MembershipRow.country == ActorRow.country,
        MembershipRow.alliance.in_(alliances),
        or_(MembershipRow.since.is_(None), MembershipRow.since <= day),
        or_(MembershipRow.until.is_(None), MembershipRow.until > day),
    )
    return or_(member, and_(ActorRow.kind == "alliance", ActorRow.slug.in_(alliances)))
