"""Figures about everything that is held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, cast, func, select
from sqlalchemy.orm import Session

from app.models import DocumentRow, PositionRow, QuestionRow, StatementRow, StoryRow
from app.records import Counts, Status


def statements_by_week(
    session: Session,
    *,
    questions: Sequence[str] = (),
    actors: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> tuple[tuple[date, int], ...]:
    """How many statements were made in each week that has any, by its Monday. Rejected ones do not count."""
    week = cast(func.date_trunc("week", cast(StatementRow.said_on, Date)), Date)
    query = select(week.label("week"), func.count()).where(
        StatementRow.withdrawn.is_(None), StatementRow.status != Status.REJECTED
    )
    if questions:
        query = query.where(StatementRow.question.in_(questions))
    if actors:
        query = query.where(StatementRow.actor.in_(actors))
    if since is not None:
        query = query.where(StatementRow.said_on >= since)
    if until is not None:
        query = query.where(StatementRow.said_on <= until)
    rows = session.execute(query.group_by(week).order_by(week))
    return tuple((monday, count) for monday, count in rows)


def count_all(session: Session) -> Counts:
    """What is held, in one query."""
    live = StatementRow.withdrawn.is_(None)
    row = session.execute(
        select(
            select(func.count()).select_from(DocumentRow).scalar_subquery(),
            select(func.count()).select_from(StoryRow).scalar_subquery(),
            select(func.count()).select_from(StatementRow).where(live).scalar_subquery(),
            select(func.count())
            .select_from(StatementRow)
            .where(live, StatementRow.status != Status.PROPOSED)
            .scalar_subquery(),
            select(func.count(func.distinct(PositionRow.actor))).scalar_subquery(),
            select(func.count()).select_from(QuestionRow).scalar_subquery(),
        )
    ).one()
    return Counts(*row)
