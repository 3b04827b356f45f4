"""The number of the data's state: it grows by one with every commit that changes what readers see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from app.models import RevisionRow

# The order in which two jobs take their numbers has to be the order in which they commit: else a
# reader could see the higher number before the lower one's data, and keep an old page under its ETag.
REVISION_LOCK = 7_263_452


def current_revision(session: Session) -> int:
    """The newest revision; 0 while there is no data."""
    return session.execute(select(func.coalesce(func.max(RevisionRow.number), 0))).scalar_one()


def current_mark(session: Session) -> tuple[int, datetime | None]:
    """The newest revision and its moment; (0, None) while there is no data. Both together tell whether
    something read earlier is still what the database holds, even after a restore from a backup."""
    newest = select(RevisionRow.number, RevisionRow.at).order_by(RevisionRow.number.desc()).limit(1)
    row = session.execute(newest).one_or_none()
    return (row.number, row.at) if row is not None else (0, None)


def add_revision(session: Session, what: str) -> int:
    """Number this transaction. Call it last: others wait from here until the commit."""
    session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": REVISION_LOCK})
    number = current_revision(session) + 1
    session.execute(insert(RevisionRow).values(number=number, what=what))
    return number


def first_moment(session: Session) -> datetime | None:
    """When the data began: tells one database from another behind the same address."""
    return session.execute(select(func.min(RevisionRow.at))).scalar_one()


def latest_of(session: Session, prefix: str) -> str | None:
    """What the newest revision whose text begins so says; None when there is none."""
    found = (
        select(RevisionRow.what)
        .where(RevisionRow.what.startswith(prefix, autoescape=True))
        .order_by(RevisionRow.number.desc())
        .limit(1)
    )
    return session.execute(found).scalar_one_or_none()
