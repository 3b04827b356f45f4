"""The proposals on which actors take positions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, Slug


class QuestionRow(Base):
    """`position` is its place among the columns of the matrix."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(r"slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),
        CheckConstraint("title <> '' and proposal <> ''", name="words"),
    )

    slug: Mapped[Slug]
    title: Mapped[str] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default=text("''"))
    keywords: Mapped[list[str]] = mapped_column(ARRAY(Text))
    position: Mapped[int]
    created_at: Mapped[Moment]
