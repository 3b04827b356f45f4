"""Who can hold a position, and every name they go by."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, Slug, ToActor, check_one_of
from app.records import ActorKind


class ActorRow(Base):
    """An actor of the register, or one that extraction met and nobody has accepted yet (`proposed`)."""

    __tablename__ = "actor"
    __table_args__ = (
        check_one_of("kind", ActorKind),
        check_one_of("gender", ("m", "f")),
        CheckConstraint(r"slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),
        CheckConstraint("name <> ''", name="name"),
        Index("ix_actor_country", "country"),
        Index("ix_actor_lower_name", text("lower(name)")),
    )

    slug: Mapped[Slug]
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text, ForeignKey("country.iso2"))
    wikidata: Mapped[str | None] = mapped_column(Text)
    gender: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    proposed: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[Moment]


class ActorName(Base):
    """An alias. A weak one needs a title or the full name nearby; `position` keeps the register's order."""

    __tablename__ = "actor_name"
    __table_args__ = (Index("ix_actor_name_lower_name", text("lower(name)")),)

    actor: Mapped[ToActor] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    weak: Mapped[bool] = mapped_column(server_default=text("false"))
