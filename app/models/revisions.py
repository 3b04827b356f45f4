"""One row a commit of data: the number behind ETags."""

from __future__ import annotations

from sqlalchemy import BigInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment


class RevisionRow(Base):
    """The number is the one before plus one, given under a lock: the numbers follow the order of the
    commits, which a sequence would not promise."""

    __tablename__ = "revision"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[Moment]
    what: Mapped[str] = mapped_column(Text)
