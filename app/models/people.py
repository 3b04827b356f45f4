"""Who may write: people who sign in, and tokens for programs."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, MaybeMoment, Moment, check_one_of

SCOPES = ("ingest", "review", "admin")


class UserRow(Base):
    """A person who signs in. The password is kept as its Argon2 hash."""

    __tablename__ = "user"
    __table_args__ = (
        check_one_of("role", ("reader", "reviewer", "admin")),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text, unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    disabled_at: Mapped[MaybeMoment]


class TokenRow(Base):
    """What a program shows instead of a password. Only the SHA-256 of the secret is kept: the secret is
    long and random, so a slow hash would protect nothing and cost every request."""

    __tablename__ = "token"
    __table_args__ = (
        CheckConstraint(f"scopes <@ array{list(SCOPES)}::text[]", name="scopes"),
        CheckConstraint("secret_hash ~ '^[0-9a-f]{64}$'", name="secret_hash"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[str] = mapped_column(Text, unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[Moment]
    last_used_at: Mapped[MaybeMoment]
    revoked_at: Mapped[MaybeMoment]
