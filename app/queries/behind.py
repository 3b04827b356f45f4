"""What stands behind positions: the statements they name, and how much a view rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.models import DocumentRow, StatementRow
from app.queries.statements._records import make_statement, select_statements
from app.records import Attribution, StatementRecord, Status

REVIEWED = (Status.CONFIRMED, Status.CORRECTED)


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


def count_behind(
    session: Session,
    *,
    questions: Sequence[str],
    actors: Sequence[str],
    as_of: date,
    threshold: float,
    attribution: Attribution | None = None,
    reviewed: bool = False,
    known_by: date | None = None,
) -> Behind:
    """How many documents the statements that count for these actors and questions come from, and how many
    of the statements a person confirmed. With `known_by` their reviews are those of today: only what was
    stored later is left out."""
    if not questions or not actors:
        return Behind(0, 0)
    confirmed = StatementRow.status.in_(REVIEWED)
    voice = tuple_(
        StatementRow.actor,
        StatementRow.question,
        DocumentRow.story_id,
        StatementRow.stance,
        StatementRow.said_on,
    )
    query = (
        select(
            func.count(func.distinct(StatementRow.document_id)),
            func.count(func.distinct(voice)).filter(confirmed),
        )
        .join(DocumentRow, DocumentRow.id == StatementRow.document_id)
        .where(
            StatementRow.question.in_(questions),
            StatementRow.actor.in_(actors),
            StatementRow.said_on <= as_of,
            _known(known_by),
            confirmed
            if reviewed
            else or_(
                confirmed,
                and_(StatementRow.status == Status.PROPOSED, StatementRow.confidence >= threshold),
            ),
        )
    )
    if attribution is not None:
        query = query.where(StatementRow.attribution == attribution)
    documents, voices = session.execute(query).one()
    return Behind(documents, voices)


def _known(known_by: date | None) -> ColumnElement[bool]:
    if known_by is None:
        return StatementRow.withdrawn.is_(None)
    end = datetime.combine(known_by + timedelta(days=1), time(), UTC)
    return and_(
        StatementRow.known_since < end, or_(StatementRow.withdrawn.is_(None), StatementRow.withdrawn >= end)
    )
