"""An archive as large as one likes: many actors, many questions, ten years of invented statements.

Nobody is quoted here. The actors are numbered, the sentences say nothing, and only the shape is real: how
many statements a document has, how stances repeat, how the days are spread. The numbers come from a seed, so
two runs measure the same archive.
"""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from app.models.base import make_key
from app.records import Attribution, Stance

FIRST_DAY = date(2015, 1, 1)
DAYS = 3650
PER_DOCUMENT = 5
STANCES = tuple(Stance)
# Leaders seldom move: most statements repeat what the actor said before.
REPEATS = 0.9


@dataclass(frozen=True, slots=True)
class Size:
    """How large an archive to make."""

    statements: int
    actors: int = 300
    questions: int = 20


@dataclass(frozen=True, slots=True)
class Said:
    """One invented statement before it has a document."""

    actor: str
    question: str
    stance: Stance
    attribution: Attribution
    confidence: float


def fill(engine: Engine, size: Size, countries: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write actors, questions, documents and statements; the slugs of the actors and of the questions."""
    rng = random.Random(20240630)
    actors = tuple(f"bench-actor-{n}" for n in range(size.actors))
    questions = tuple(f"bench-question-{n}" for n in range(size.questions))
    copy(engine, "actor (slug, name, kind, country)", actor_rows(actors, countries))
    copy(engine, "question (slug, title, proposal, keywords, position)", question_rows(questions))
    said = list(invent(rng, size, actors, questions))
    groups = [said[i : i + PER_DOCUMENT] for i in range(0, len(said), PER_DOCUMENT)]
    documents = [Document(n, FIRST_DAY + timedelta(n * DAYS // len(groups)), g) for n, g in enumerate(groups)]
    copy(engine, "story (id)", ([str(document.story)] for document in documents))
    copy(
        engine,
        "document (id, story_id, title, publisher, published, date_basis, how, language, text, text_hash)",
        (document.row() for document in documents),
    )
    copy(
        engine,
        "statement (id, document_id, actor, question, stance, attribution, span_start, span_end, evidence, "
        "said_on, known_since, confidence, original)",
        (row for document in documents for row in document.statement_rows()),
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("analyze")
    return actors, questions


def actor_rows(actors: Iterable[str], countries: Sequence[str]) -> Iterator[list[Any]]:
    for number, slug in enumerate(actors):
        yield [slug, f"Leader {number}", "person", countries[number % len(countries)]]


def question_rows(questions: Iterable[str]) -> Iterator[list[Any]]:
    for number, slug in enumerate(questions):
        yield [
            slug,
            f"Proposal {number}",
            f"Carry out proposal {number}",
            [f"proposal {number}"],
            1000 + number,
        ]


def invent(rng: random.Random, size: Size, actors: Sequence[str], questions: Sequence[str]) -> Iterator[Said]:
    last: dict[tuple[str, str], Stance] = {}
    for _ in range(size.statements):
        cell = rng.choice(actors), rng.choice(questions)
        if cell not in last or rng.random() > REPEATS:
            last[cell] = rng.choice(STANCES)
        confidence = round(rng.uniform(0.3, 1.0), 3)
        yield Said(*cell, last[cell], rng.choice(tuple(Attribution)), confidence)


class Document:
    """One invented text, a sentence for each of its statements."""

    def __init__(self, number: int, day: date, said: Sequence[Said]) -> None:
        self.id: UUID = make_key()
        self.story: UUID = make_key()
        self.day = day
        self.said = said
        self.number = number
        self.sentences = [
            f"In text {number}, {one.actor} told reporters on {day} where things stand with {one.question}."
            for one in said
        ]
        self.text = " ".join(self.sentences)

    def row(self) -> list[Any]:
        digest = sha256(self.text.encode()).hexdigest()
        title = f"Text {self.number}"
        return [
            *(str(self.id), str(self.story), title, "Bench", self.day, "given", "file", "en"),
            *(self.text, digest),
        ]

    def statement_rows(self) -> Iterator[list[Any]]:
        start = 0
        for one, sentence in zip(self.said, self.sentences, strict=True):
            end = start + len(sentence)
            known = datetime.combine(self.day, datetime.min.time(), UTC)
            span = (start, end, sentence, self.day, known, one.confidence)
            yield [
                *(str(make_key()), str(self.id), one.actor, one.question, one.stance, one.attribution),
                *(*span, json.dumps({"stance": one.stance})),
            ]
            start = end + 1


def copy(engine: Engine, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY is the only way in that is quick enough for a million rows."""
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with driver.cursor() as cursor, cursor.copy(f"copy {columns} from stdin") as target:
            for row in rows:
                target.write_row(row)
