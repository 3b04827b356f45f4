"""States, alliances, and which state belonged to which from when until when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Slug


class CountryRow(Base):
    """A state as the press names it."""

    __tablename__ = "country"
    __table_args__ = (
        CheckConstraint("iso2 ~ '^[A-Z]{2}$'", name="iso2"),
        CheckConstraint("iso3 ~ '^[A-Z]{3}$'", name="iso3"),
    )

    iso2: Mapped[Slug]
    iso3: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    demonyms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    metonyms: Mapped[list[str]] = mapped_column(ARRAY(Text))


class AllianceRow(Base):
    """An alliance; the actor of the same slug holds its own positions."""

    __tablename__ = "alliance"

    slug: Mapped[Slug]
    name: Mapped[str] = mapped_column(Text)


class MembershipRow(Base):
    """`since` is the first day, `until` the day after the last; empty: unknown, or still."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("since < until", name="period"),
        Index(
            "uq_membership_alliance_country_since",
            *("alliance", "country", "since"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_membership_country", "country"),
    )

    id: Mapped[Key]
    alliance: Mapped[str] = mapped_column(Text, ForeignKey("alliance.slug"))
    country: Mapped[str] = mapped_column(Text, ForeignKey("country.iso2"))
    since: Mapped[date | None]
    until: Mapped[date | None]
