"""What all tables share: keys, column types and the names of constraints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import uuid6
from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    MetaData,
    Text,
    TypeDecorator,
    Uuid,
    func,
    literal_column,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.sql import ColumnElement


def make_key() -> UUID:
    """A UUIDv7: it begins with the time, so that new rows stand together at the end of an index.

    Made here and not by the database: Postgres has uuidv7() only from version 18 on.
    """
    return UUID(int=uuid6.uuid7().int)


class Base(DeclarativeBase):
    """The migrations name constraints alike, so that each can be found and dropped by its name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UntilDate(TypeDecorator[date]):
    """The day a period ends before; None in Python, `infinity` in the database.

    So `valid_to > day` is one comparison with one index. The driver cannot read an infinite date, and
    nobody above has to know there is one.
    """

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return "infinity" if value is None else value.isoformat()

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.nullif(column, literal_column("'infinity'::date"), type_=self)


def check_one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A closed set as a check: easier to widen than an enum type, and as strict."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=column)


Key = Annotated[UUID, mapped_column(Uuid, primary_key=True, default=make_key)]
Slug = Annotated[str, mapped_column(Text, primary_key=True)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
MaybeMoment = Annotated[datetime | None, mapped_column(DateTime(timezone=True))]

# A slug may be corrected: what points to it follows.
ToActor = Annotated[str, mapped_column(Text, ForeignKey("actor.slug", onupdate="CASCADE"))]
ToQuestion = Annotated[str, mapped_column(Text, ForeignKey("question.slug", onupdate="CASCADE"))]
