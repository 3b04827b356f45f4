"""Posts, and who held them from when until when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Slug, ToActor, check_one_of
from app.records import OfficeKind


class OfficeRow(Base):
    """A post of a state or of an alliance, never of both."""

    __tablename__ = "office"
    __table_args__ = (
        check_one_of("kind", OfficeKind),
        CheckConstraint("rank >= 1", name="rank"),
        CheckConstraint("num_nonnulls(country, alliance) = 1", name="place"),
    )

    slug: Mapped[Slug]
    title: Mapped[str] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text, ForeignKey("country.iso2"))
    alliance: Mapped[str | None] = mapped_column(Text, ForeignKey("alliance.slug"))
    kind: Mapped[str] = mapped_column(Text)
    rank: Mapped[int]
    press_titles: Mapped[list[str]] = mapped_column(ARRAY(Text))


class TenureRow(Base):
    """`since` is the first day in office, `until` the day after the last; empty: unknown, or still."""

    __tablename__ = "tenure"
    __table_args__ = (
        CheckConstraint("since < until", name="period"),
        check_one_of("certainty", ("verified", "memory")),
        Index(
            "uq_tenure_actor_office_since",
            *("actor", "office", "since"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_tenure_office", "office"),
    )

    id: Mapped[Key]
    actor: Mapped[ToActor]
    office: Mapped[str] = mapped_column(Text, ForeignKey("office.slug"))
    since: Mapped[date | None]
    until: Mapped[date | None]
    certainty: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
