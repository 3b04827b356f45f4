"""Full text: what a reader typed becomes a query, and the planner is told to look at it.

After a few runs Postgres plans a prepared statement once for all words, and then reads a whole date
index for a rare one (a second instead of 3 ms). So searches are planned for the words they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, func, literal, text
from sqlalchemy.orm import Session


def matches(search: ColumnElement[Any] | Any, words: str) -> ColumnElement[bool]:
    """Whether the text has the words: "..." for a phrase, `or`, `-` for not."""
    query = func.websearch_to_tsquery(text("'english'::regconfig"), literal(words))
    condition: ColumnElement[bool] = search.op("@@")(query)
    return condition


@contextmanager
def planned_for_words(session: Session, words: str) -> Iterator[None]:
    """Within it, queries are planned for their parameters; nothing happens without words."""
    if not words:
        yield
        return
    session.execute(text("set plan_cache_mode = force_custom_plan"))
    yield
    session.execute(text("reset plan_cache_mode"))


def escape_like(words: str) -> str:
    """The words as they stand inside a LIKE pattern."""
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
