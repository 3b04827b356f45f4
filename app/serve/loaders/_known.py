"""What every view needs beside its positions: the registry, the questions, the revision.

The registry has thousands of rows and changes a few times a day, so reading it for each request would
cost more than the matrix itself. It is kept in the process and read again when the database says that
its data has another revision. The revision is asked each time: nobody sees yesterday's registry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import BadRequest, NotFound
from app.queries.registry import list_questions, load_registry
from app.queries.revisions import current_mark
from app.records import Actor, MatrixFilters, Question
from app.registers import Registry
from app.serve.loaders._kept import Kept

# Database, revision and its moment: what is the same as long as the data is.
Mark = tuple[str, int, datetime | None]


@dataclass(frozen=True)
class Known:
    """The registry and the questions as of a revision of the data."""

    registry: Registry
    questions: tuple[Question, ...]
    revision: int
    mark: Mark

    def actor(self, slug: str) -> Actor:
        found = self.registry.actors.get(slug)
        if found is None:
            raise NotFound("actor", slug)
        return found

    def question(self, slug: str) -> Question:
        for question in self.questions:
            if question.slug == slug:
                return question
        raise NotFound("question", slug)


# More than one only where one process serves several databases, as tests do.
_known: Kept[Mark, Known] = Kept(most=4)


def load_known(session: Session) -> Known:
    """Registry and questions, from the process when the data has not changed since."""
    revision, moment = current_mark(session)
    mark = (str(session.get_bind().engine.url), revision, moment)
    return _known.get(mark, lambda: Known(load_registry(session), list_questions(session), revision, mark))


def choose_questions(known: Known, wanted: tuple[str, ...]) -> tuple[Question, ...]:
    """The questions asked for in the order asked; all of them when none was."""
    if not wanted:
        return known.questions
    by_slug = {question.slug: question for question in known.questions}
    for slug in wanted:
        if slug not in by_slug:
            raise BadRequest(f"There is no question “{slug}” here.", field="question")
    return tuple(by_slug[slug] for slug in wanted)


def check_names(filters: MatrixFilters, registry: Registry) -> None:
    """Refuse names nobody bears: a typing mistake would otherwise look like silence."""
    for field, wanted, held in (
        ("alliance", filters.alliances, registry.alliances),
        ("country", filters.countries, registry.countries),
        ("actor", filters.actors, registry.actors),
    ):
        for name in wanted:
            if name not in held:
                raise BadRequest(f"There is no {field} “{name}” here.", field=field)
