"""Questions, in the order of the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import QuestionRow
from app.queries._rows import AnyRow, AnySelect
from app.queries.registry._write import upsert
from app.records import Question


def save_questions(session: Session, questions: Sequence[Question]) -> None:
    """Add the questions, or bring them up to date; others stay behind them."""
    rows = [
        {
            "slug": question.slug,
            "title": question.title,
            "proposal": question.proposal,
            "description": question.description,
            "keywords": list(question.keywords),
            "position": position,
        }
        for position, question in enumerate(questions)
    ]
    upsert(session, QuestionRow, "slug", rows)


def list_questions(session: Session) -> tuple[Question, ...]:
    """Every question in its order: those of the register first, then by age."""
    order = (QuestionRow.position, QuestionRow.created_at, QuestionRow.slug)
    return tuple(map(_make_question, session.execute(_select_questions().order_by(*order))))


def get_question(session: Session, slug: str) -> Question:
    row = session.execute(_select_questions().where(QuestionRow.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("question", slug)
    return _make_question(row)


def has_question(session: Session, slug: str) -> bool:
    return session.execute(select(exists().where(QuestionRow.slug == slug))).scalar_one()


def _select_questions() -> AnySelect:
    return select(
        QuestionRow.slug,
        QuestionRow.title,
        QuestionRow.proposal,
        QuestionRow.description,
        QuestionRow.keywords,
    )


def _make_question(row: AnyRow) -> Question:
    return Question(row.slug, row.title, row.proposal, row.description, tuple(row.keywords))
