"""What people decide about a statement. Decisions are added; each can be undone by another.

    confirm  the statement says what the machine (or an earlier correction) has it say
    correct  it says something else: the changed fields hold from now on
    reject   it says nothing of the kind
    reopen   as the machine proposed it, undecided again

Every review keeps the whole statement as it was before and after, so that any past view can be rebuilt.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.errors import BadRequest, NotFound
from app.models import DocumentRow, ReviewRow, StatementRow, make_key
from app.queries._rows import AnyRow, AnySelect
from app.queries.registry import has_actor, has_question
from app.records import Attribution, ReviewRecord, Stance, Status, Verdict

E = TypeVar("E", bound=StrEnum)
Cell = tuple[str, str]  # actor and question
Values = dict[str, Any]

CHANGEABLE = ("actor", "question", "stance", "attribution", "via", "scope", "said_on", "start", "end")

_STATUS = {
    Verdict.CONFIRM: Status.CONFIRMED,
    Verdict.CORRECT: Status.CORRECTED,
    Verdict.REJECT: Status.REJECTED,
    Verdict.REOPEN: Status.PROPOSED,
}


def add_review(
    session: Session,
    statement: UUID,
    verdict: Verdict,
    *,
    reviewer: str,
    reason: str | None = None,
    changes: Mapping[str, object] | None = None,
) -> tuple[ReviewRecord, list[Cell]]:
    """Add a judgement and apply it; also the cells to derive again."""
    row = session.execute(_lock(statement)).one_or_none()
    if row is None:
        raise NotFound("statement", statement)
    if row.withdrawn is not None:
        raise BadRequest("A newer extraction no longer proposes this statement: there is nothing to judge.")
    if bool(changes) is not (verdict is Verdict.CORRECT):
        raise BadRequest("A correction says what it changes; nothing else changes anything.", field="changes")
    if not reviewer.strip():
        raise BadRequest("A review needs the name of who judged.", field="reviewer")
    before = _read_values(row)
    after = {**before, "status": _STATUS[verdict].value}
    if verdict is Verdict.CORRECT:
        after |= _check_changes(session, changes or {})
    if verdict is Verdict.REOPEN:
        after |= {name: row.original[name] for name in CHANGEABLE}
    _check_passage(session, row, after)
    _apply(session, statement, row.document_id, after)
    values = {"verdict": verdict, "reviewer": reviewer.strip(), "reason": reason or None}
    review = _insert(session, {**values, "statement_id": statement, "before": before, "after": after})
    cells = {(values["actor"], values["question"]) for values in (before, after)}
    return review, sorted(cells)


def list_reviews(session: Session, statement: UUID) -> tuple[ReviewRecord, ...]:
    """All judgements of a statement, the first first."""
    query = select(*_COLUMNS).where(ReviewRow.statement_id == statement).order_by(ReviewRow.at, ReviewRow.id)
    return tuple(map(_make_review, session.execute(query)))


def _lock(statement: UUID) -> AnySelect:
    return select(StatementRow.__table__).where(StatementRow.id == statement).with_for_update()


def _read_values(row: AnyRow) -> Values:
    return {
        "actor": row.actor,
        "question": row.question,
        "stance": row.stance,
        "attribution": row.attribution,
        "via": row.via,
        "scope": row.scope,
        "said_on": row.said_on.isoformat(),
        "start": row.span_start,
        "end": row.span_end,
        "status": row.status,
    }


def _check_changes(session: Session, changes: Mapping[str, object]) -> Values:
    """The changes as they are stored; BadRequest names the field that cannot be."""
    checked: Values = {}
    for name, value in changes.items():
        match name:
            case "actor" if isinstance(value, str) and has_actor(session, value):
                checked[name] = value
            case "question" if isinstance(value, str) and has_question(session, value):
                checked[name] = value
            case "stance":
                checked[name] = _choose(Stance, name, value)
            case "attribution":
                checked[name] = _choose(Attribution, name, value)
            case "via" | "scope" if value is None or isinstance(value, str):
                checked[name] = value or None
            case "said_on":
                checked[name] = _read_day(name, value)
            case "start" | "end" if isinstance(value, int) and value >= 0:
                checked[name] = value
            case "actor" | "question":
                raise BadRequest(f"There is no {name} “{value}” here.", field=name)
            case _:
                raise BadRequest(f"“{name}” cannot be changed to “{value}”.", field=name)
    return checked


def _choose(options: type[E], name: str, value: object) -> str:
    if value not in set(options):
        raise BadRequest(f"“{value}” is not a {name}; there are {', '.join(options)}.", field=name)
    return str(value)


def _read_day(name: str, value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise BadRequest(f"“{value}” is not a date (YYYY-MM-DD).", field=name) from error


def _check_passage(session: Session, row: AnyRow, after: Values) -> None:
    """The passage lies in the text, and nothing else says the same there."""
    characters = select(DocumentRow.characters).where(DocumentRow.id == row.document_id)
    if not 0 <= after["start"] < after["end"] <= session.execute(characters).scalar_one():
        raise BadRequest(f"{after['start']} to {after['end']} is no passage of the text.", field="start")
    twin = select(StatementRow.id).where(
        StatementRow.document_id == row.document_id,
        StatementRow.actor == after["actor"],
        StatementRow.question == after["question"],
        StatementRow.span_start == after["start"],
        StatementRow.span_end == after["end"],
        StatementRow.withdrawn.is_(None),
        StatementRow.id != row.id,
    )
    if session.execute(twin).first() is not None:
        raise BadRequest(
            "Another statement already has this actor, question and passage. Reject one of both."
        )


def _apply(session: Session, statement: UUID, document: UUID, after: Values) -> None:
    start, end = after["start"], after["end"]
    evidence = (
        select(func.substr(DocumentRow.text, start + 1, end - start))
        .where(DocumentRow.id == document)
        .scalar_subquery()
    )
    same = ("actor", "question", "stance", "attribution", "via", "scope", "status")
    session.execute(
        update(StatementRow)
        .where(StatementRow.id == statement)
        .values(
            **{name: after[name] for name in same},
            said_on=date.fromisoformat(after["said_on"]),
            span_start=start,
            span_end=end,
            evidence=evidence,
        )
    )


def _insert(session: Session, values: Values) -> ReviewRecord:
    # The clock and not the transaction's beginning: two reviews in one transaction have an order.
    added = insert(ReviewRow).values(id=make_key(), at=func.clock_timestamp(), **values)
    return _make_review(session.execute(added.returning(*_COLUMNS)).one())


_COLUMNS = (
    ReviewRow.id,
    ReviewRow.statement_id,
    ReviewRow.verdict,
    ReviewRow.reviewer,
    ReviewRow.reason,
    ReviewRow.at,
    ReviewRow.before,
    ReviewRow.after,
)


def _make_review(row: AnyRow) -> ReviewRecord:
    return ReviewRecord(
        id=row.id,
        statement=row.statement_id,
        verdict=Verdict(row.verdict),
        reviewer=row.reviewer,
        reason=row.reason,
        at=row.at,
        before=row.before,
        after=row.after,
    )
