"""Who takes which position in which passage, and what people decided about that.

The columns hold the current values, reviews applied; `original` holds what the machine proposed and
never changes, nor do document and evidence's source. A row that the machine no longer proposes stays,
with the moment it was `withdrawn`: a past view has to look as it did.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, MaybeMoment, Moment, ToActor, ToQuestion, check_one_of
from app.records import Attribution, Stance, Status, Verdict

LIVE = text("withdrawn is null")


class StatementRow(Base):
    """One actor taking a position on one question in one passage of one document.

    A trigger refuses evidence that differs from text[start:end], and source, cue and content spans
    that are not ordered or not inside the text.
    """

    __tablename__ = "statement"
    __table_args__ = (
        check_one_of("stance", Stance),
        check_one_of("attribution", Attribution),
        check_one_of("status", Status),
        CheckConstraint("span_start >= 0 and span_end > span_start", name="span"),
        CheckConstraint("char_length(evidence) = span_end - span_start", name="evidence"),
        CheckConstraint("confidence between 0 and 1", name="confidence"),
        Index(
            "uq_statement_document_id_actor_question_span",
            *("document_id", "actor", "question", "span_start", "span_end"),
            unique=True,
            postgresql_where=LIVE,
        ),
        Index("ix_statement_actor_question_said_on", "actor", "question", "said_on"),
        Index("ix_statement_question_said_on", "question", "said_on"),
        Index("ix_statement_said_on_id", "said_on", "id"),
        Index("ix_statement_search", "search", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    )

    id: Mapped[Key]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    actor: Mapped[ToActor]
    question: Mapped[ToQuestion]
    stance: Mapped[str] = mapped_column(Text)
    attribution: Mapped[str] = mapped_column(Text)
    via: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[str | None] = mapped_column(Text)
    span_start: Mapped[int]
    span_end: Mapped[int]
    evidence: Mapped[str] = mapped_column(Text)
    source: Mapped[list[list[int]]] = mapped_column(JSONB, server_default=text("'[]'"))
    cue: Mapped[list[list[int]]] = mapped_column(JSONB, server_default=text("'[]'"))
    content: Mapped[list[list[int]]] = mapped_column(JSONB, server_default=text("'[]'"))
    said_on: Mapped[date]
    known_since: Mapped[Moment]
    withdrawn: Mapped[MaybeMoment]
    confidence: Mapped[float]
    status: Mapped[str] = mapped_column(Text, server_default=text("'proposed'"))
    extractor: Mapped[str | None] = mapped_column(Text)
    original: Mapped[dict[str, Any]] = mapped_column(JSONB)
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('english', left(evidence, 200000))", persisted=True)
    )


class ReviewRow(Base):
    """One judgement, with what the statement said before and after it. Triggers let it only be added."""

    __tablename__ = "review"
    __table_args__ = (
        check_one_of("verdict", Verdict),
        CheckConstraint("reviewer <> ''", name="reviewer"),
        Index("ix_review_statement_id_at", "statement_id", "at"),
    )

    id: Mapped[Key]
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id"))
    verdict: Mapped[str] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[Moment]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
