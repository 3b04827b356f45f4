"""Locks that last until the commit: who holds one writes alone.

Deriving a cell reads what others may be writing. Two documents about one question, stored at the same
moment, would each derive without the other's statement, and the one that commits last would leave a
position that is not a function of the statements. So they take turns, question by question; extraction,
which takes the time, is done before.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

# Any numbers will do, as long as no other lock has them.
QUESTION_LOCKS = 7_263
STORY_LOCK = 7_263_453


def lock_questions(session: Session, questions: Iterable[str]) -> None:
    """Wait until nobody else writes on these questions. In one order for all: nobody waits in a circle."""
    for question in sorted(set(questions)):
        session.execute(
            text("select pg_advisory_xact_lock(:space, hashtext(:question))"),
            {"space": QUESTION_LOCKS, "question": question},
        )


def lock_stories(session: Session) -> None:
    """Wait until nobody else stores a document: two copies of one text must find each other."""
    session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": STORY_LOCK})
