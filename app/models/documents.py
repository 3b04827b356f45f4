"""Source texts as they were read, and the stories they tell."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Identity, Index, Text, false
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, MaybeMoment, Moment, check_one_of
from app.records import DateBasis

# A tsvector holds at most one megabyte. Nobody searches for what stands after the first 200,000
# characters of a text (some 60 pages), and without the cut such a text could not be stored at all.
SEARCHED_CHARACTERS = 200_000


class StoryRow(Base):
    """Documents with the same text or nearly. One voice counts once in it."""

    __tablename__ = "story"

    id: Mapped[Key]
    created_at: Mapped[Moment]


class DocumentRow(Base):
    """A source text. A trigger refuses every change of `text`: all offsets hang on it."""

    __tablename__ = "document"
    __table_args__ = (
        check_one_of("date_basis", DateBasis),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("text_hash ~ '^[0-9a-f]{64}$'", name="text_hash"),
        Index("ix_document_published_number", "published", "number"),
        Index("ix_document_story_id", "story_id"),
        # Texts that share a band may be alike; see app/clean/likeness.py.
        Index("ix_document_bands", "bands", postgresql_using="gin"),
        Index("ix_document_search", "search", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    )

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    story_id: Mapped[UUID] = mapped_column(ForeignKey("story.id"))
    title: Mapped[str | None] = mapped_column(Text)
    publisher: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    published: Mapped[date]
    date_basis: Mapped[str] = mapped_column(Text)
    retrieved: Mapped[Moment]
    how: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(Text, unique=True)
    characters: Mapped[int] = mapped_column(Computed("char_length(text)", persisted=True))
    bands: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    signature: Mapped[bytes | None] = mapped_column(BYTEA)
    extractor: Mapped[str | None] = mapped_column(Text)
    extracted_at: Mapped[MaybeMoment]
    sample: Mapped[bool] = mapped_column(server_default=false())
    search: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            f"to_tsvector('english', left(coalesce(title, '') || ' ' || text, {SEARCHED_CHARACTERS}))",
            persisted=True,
        ),
    )
