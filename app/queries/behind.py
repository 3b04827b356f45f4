"""What stands behind positions: the statements they name, and how much a view rests on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.models import DocumentRow, StatementRow
from app.queries.statements._records import make_statement, select_statements
from app.records import Attribution, StatementRecord, Status

REVIEWED = (Status.CONFIRMED, Status.CORRECTED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements to count: those that count by the rule of positions, within a reader's filters."""

    questions: tuple[str, ...]
    actors: tuple[str, ...]
    as_of: date
    threshold: float
    attribution: Attribution | None = None
    reviewed: bool = False
    known_by: date | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """What a view rests on. `confirmed` counts like `statements` of a position: wire copies once."""

    documents: int
    confirmed: int


def find_statements(session: Session, ids: Collection[UUID]) -> dict[UUID, StatementRecord]:
    """These statements by id, in one query; an id that is not held is left out."""
    if not ids:
        return {}
    query = select_statements().where(StatementRow.id.in_(ids))
    return {row.id: make_statement(row) for row in session.execute(query)}


def count_behind(session: Session, wanted: Wanted) -> Behind:
    """What these questions and actors rest on. With `known_by` reviews are those of today: only what was
    stored later is left out."""
    if not wanted.questions or not wanted.actors:
        return Behind(0, 0)
    confirmed = StatementRow.status.in_(REVIEWED)
    proposed = and_(StatementRow.status == Status.PROPOSED, StatementRow.confidence >= wanted.threshold)
    counted = [
        StatementRow.question.in_(wanted.questions),
        StatementRow.actor.in_(wanted.actors),
        StatementRow.said_on <= wanted.as_of,
        _known(wanted.known_by),
    ]
    if wanted.attribution is not None:
        counted.append(StatementRow.attribution == wanted.attribution)
    trusted = confirmed if wanted.reviewed else or_(confirmed, proposed)
    documents = select(func.count(func.distinct(StatementRow.document_id))).where(*counted, trusted)
    voices = (
        select(
            StatementRow.actor,
            StatementRow.question,
            DocumentRow.story_id,
            StatementRow.stance,
            StatementRow.said_on,
        )
        .join(DocumentRow, DocumentRow.id == StatementRow.document_id)
        .where(*counted, confirmed)
        .distinct()
        .subquery()
    )
    query = select(documents.scalar_subquery(), select(func.count()).select_from(voices).scalar_subquery())
    return Behind(*session.execute(query).one())


def _known(known_by: date | None) -> ColumnElement[bool]:
    if known_by is None:
        return StatementRow.withdrawn.is_(None)
    end = datetime.combine(known_by + timedelta(days=1), time(), UTC)
    return and_(
        StatementRow.known_since < end, or_(StatementRow.withdrawn.is_(None), StatementRow.withdrawn >= end)
    )
