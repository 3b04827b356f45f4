"""Rows written in one go."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.queries._rows import WHOLE_ROWS


def upsert(session: Session, table: Any, key: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name != key}
    session.execute(
        statement.on_conflict_do_update(index_elements=[key], set_=changed),
        rows,
        execution_options=WHOLE_ROWS,
    )


def insert_rows(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows, execution_options=WHOLE_ROWS)
