"""What derivation reads: the statements of some cells, as known now or as known on a past day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select, text, true
from sqlalchemy.orm import Session

from app.models import DocumentRow, ReviewRow, StatementRow
from app.queries._rows import AnyRow, AnySelect
from app.records import Attribution, Evidence, Stance, Status

Cell = tuple[str, str]  # actor and question

_PAIRS = """(statement.actor, statement.question) in
    (select * from unnest(cast(:a as text[]), cast(:q as text[])))"""


def load_evidence(
    session: Session,
    cells: Collection[Cell] | None = None,
    *,
    questions: Collection[str] | None = None,
    known_by: date | None = None,
) -> tuple[Evidence, ...]:
    """The statements of these cells (of all, for None), reviews applied, oldest first; with `questions`,
    only those on these questions.

    With `known_by` as Demarche knew them at the end of that day (UTC): statements stored later are left
    out, those withdrawn later are in, and of those reviewed later the first such review says how they
    were before it.
    """
    if known_by is not None:
        past = _load_past(session, cells, _end_of(known_by))
        return tuple(one for one in past if questions is None or one.question in questions)
    query = _select_evidence().where(StatementRow.withdrawn.is_(None))
    parameters: dict[str, Any] = {}
    if cells is not None:
        query = query.where(text(_PAIRS))
        parameters = {"a": [actor for actor, _ in cells], "q": [question for _, question in cells]}
    if questions is not None:
        query = query.where(StatementRow.question.in_(questions))
    return tuple(map(_make_evidence, session.execute(query, parameters)))


def _load_past(session: Session, cells: Collection[Cell] | None, moment: datetime) -> tuple[Evidence, ...]:
    later = (
        select(ReviewRow.before)
        .where(ReviewRow.statement_id == StatementRow.id, ReviewRow.at >= moment)
        .order_by(ReviewRow.at, ReviewRow.id)
        .limit(1)
        .lateral("later")
    )
    query = (
        _select_evidence()
        .add_columns(later.c.before)
        .outerjoin(later, true())
        .where(
            StatementRow.known_since < moment,
            or_(StatementRow.withdrawn.is_(None), StatementRow.withdrawn >= moment),
        )
    )
    known = (_make_past(row) for row in session.execute(query))
    wanted = None if cells is None else set(cells)
    # A later review may have moved a statement to another cell, so the cells are compared last.
    kept = [one for one in known if wanted is None or (one.actor, one.question) in wanted]
    return tuple(sorted(kept, key=lambda one: (one.said_on, one.id)))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _select_evidence() -> AnySelect:
    return (
        select(
            StatementRow.id,
            StatementRow.actor,
            StatementRow.question,
            StatementRow.stance,
            StatementRow.attribution,
            StatementRow.via,
            StatementRow.said_on,
            StatementRow.confidence,
            StatementRow.status,
            DocumentRow.story_id,
        )
        .join(DocumentRow, DocumentRow.id == StatementRow.document_id)
        .order_by(StatementRow.said_on, StatementRow.id)
    )


def _make_evidence(row: AnyRow) -> Evidence:
    return Evidence(
        id=row.id,
        actor=row.actor,
        question=row.question,
        stance=Stance(row.stance),
        attribution=Attribution(row.attribution),
        has_via=row.via is not None,
        said_on=row.said_on,
        confidence=row.confidence,
        status=Status(row.status),
        story=row.story_id,
    )


def _make_past(row: AnyRow) -> Evidence:
    if row.before is None:
        return _make_evidence(row)
    before = row.before
    return Evidence(
        id=row.id,
        actor=before["actor"],
        question=before["question"],
        stance=Stance(before["stance"]),
        attribution=Attribution(before["attribution"]),
        has_via=before["via"] is not None,
        said_on=date.fromisoformat(before["said_on"]),
        confidence=row.confidence,
        status=Status(before["status"]),
        story=row.story_id,
    )
