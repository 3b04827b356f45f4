"""Statements found by filters, by document and by cell. What was withdrawn is found by its id alone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import ActorRow, StatementRow
from app.queries._membership import belongs_to
from app.queries._pages import cap_limit, decode_cursor, make_page
from app.queries._rows import AnySelect
from app.queries._search import matches, planned_for_words
from app.queries.statements._records import make_statement, select_statements
from app.records import Page, StatementFilters, StatementRecord, Status


def list_statements(
    session: Session, filters: StatementFilters, *, cursor: str | None = None, limit: int = 50
) -> Page[StatementRecord]:
    """Statements that pass all filters, the latest said first."""
    limit = cap_limit(limit)
    query = _apply(select_statements(), filters)
    if cursor is not None:
        key = decode_cursor(cursor, date.fromisoformat, UUID)
        query = query.where(tuple_(StatementRow.said_on, StatementRow.id) < tuple_(*key))
    query = query.order_by(*_LATEST_FIRST).limit(limit + 1)
    with planned_for_words(session, filters.q):
        found = list(map(make_statement, session.execute(query)))
    return make_page(found, limit, lambda statement: (statement.said_on, statement.id))


def count_statements(session: Session, filters: StatementFilters) -> int:
    """How many statements pass all filters. With a common word this reads every hit."""
    query = _apply(
        select(func.count()).select_from(StatementRow).join(ActorRow, ActorRow.slug == StatementRow.actor),
        filters,
    )
    with planned_for_words(session, filters.q):
        return int(session.execute(query).scalar_one())


def get_statement(session: Session, statement: UUID) -> StatementRecord:
    """One statement, a withdrawn one too: its address was promised to last."""
    row = session.execute(select_statements().where(StatementRow.id == statement)).one_or_none()
    if row is None:
        raise NotFound("statement", statement)
    return make_statement(row)


def statements_of_document(session: Session, document: UUID) -> tuple[StatementRecord, ...]:
    """What stands in a document, in the order of the text; rejected ones too, as what they are."""
    query = (
        select_statements()
        .where(StatementRow.document_id == document, _LIVE)
        .order_by(StatementRow.span_start, StatementRow.span_end, StatementRow.id)
    )
    return tuple(map(make_statement, session.execute(query)))


def statements_of_cell(
    session: Session, actor: str, question: str, *, as_of: date
) -> tuple[StatementRecord, ...]:
    """What an actor itself said on a question until the end of a day, the latest first.

    Without what a review rejected. For a state that is what "Poland says": what its leaders say is theirs.
    """
    query = (
        select_statements()
        .where(
            StatementRow.actor == actor,
            StatementRow.question == question,
            StatementRow.said_on <= as_of,
            StatementRow.status != Status.REJECTED,
            _LIVE,
        )
        .order_by(*_LATEST_FIRST)
    )
    return tuple(map(make_statement, session.execute(query)))


_LIVE = StatementRow.withdrawn.is_(None)
_LATEST_FIRST = (StatementRow.said_on.desc(), StatementRow.id.desc())


def _apply(query: AnySelect, filters: StatementFilters) -> AnySelect:
    for condition in _conditions(filters):
        query = query.where(condition)
    return query


def _conditions(filters: StatementFilters) -> list[ColumnElement[bool]]:
    """The filters as conditions; an alliance counts who belonged to it on the day of the statement."""
    conditions: list[ColumnElement[bool]] = [_LIVE]
    chosen: list[tuple[Any, tuple[Any, ...]]] = [
        (StatementRow.actor, filters.actor),
        (StatementRow.question, filters.question),
        (StatementRow.stance, filters.stance),
        (StatementRow.attribution, filters.attribution),
        (StatementRow.status, filters.status),
        (ActorRow.country, filters.country),
    ]
    conditions += [column.in_(values) for column, values in chosen if values]
    if filters.alliance:
        conditions.append(belongs_to(filters.alliance, StatementRow.said_on))
    if filters.document is not None:
        conditions.append(StatementRow.document_id == filters.document)
    if filters.since is not None:
        conditions.append(StatementRow.said_on >= filters.since)
    days = [day for day in (filters.until, filters.as_of) if day is not None]
    if days:
        conditions.append(StatementRow.said_on <= min(days))
    if filters.q:
        conditions.append(matches(StatementRow.search, filters.q))
    return conditions


def cells_of_document(session: Session, document: UUID) -> frozenset[tuple[str, str]]:
    """Who says something on which question in a document."""
    query = select(StatementRow.actor, StatementRow.question).where(
        StatementRow.document_id == document, _LIVE
    )
    return frozenset((actor, question) for actor, question in session.execute(query))
