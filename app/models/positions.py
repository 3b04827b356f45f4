"""Where actors stand, derived from statements: a matrix reads this table and no other.

Its rows can be thrown away and made again at any time (`demarche derive`).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, ToActor, ToQuestion, UntilDate, check_one_of
from app.records import Stance


class PositionRow(Base):
    """One row of a cell's timeline; rows that share `since` are one position to a reader."""

    __tablename__ = "position"
    __table_args__ = (
        check_one_of("stance", Stance),
        CheckConstraint("valid_from < valid_to", name="period"),
        CheckConstraint("since <= valid_from", name="since"),
        CheckConstraint("statements >= 1", name="statements"),
        # Of all rows of a question, those that end after the day are few when the day is near: today's
        # stand together at the end of this index, so one of the rows without an end alone gains nothing
        # (measured at 500,000 rows: 0.2 ms either way).
        Index("ix_position_question_valid_to_valid_from", "question", "valid_to", "valid_from"),
        Index("ix_position_decided_by", "decided_by"),
    )

    actor: Mapped[ToActor] = mapped_column(primary_key=True)
    question: Mapped[ToQuestion] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None] = mapped_column(UntilDate, nullable=False)
    stance: Mapped[str] = mapped_column(Text)
    since: Mapped[date]
    statements: Mapped[int]
    confirmed: Mapped[bool]
    contested: Mapped[bool]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    latest_on: Mapped[date]
    holder: Mapped[str | None] = mapped_column(Text, ForeignKey("actor.slug", onupdate="CASCADE"))
