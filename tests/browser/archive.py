"""A small archive for the browser: two texts with statements marked by hand, so that no model is needed.

The second text has what is hard to show: two statements in one passage, one that overlaps another, a speaker
through a spokesperson, markup that must stay text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from app import jobs
from app.db import Database
from app.queries.statements import list_statements
from app.records import (
    ActorKind,
    Attribution,
    CleanDocument,
    DateBasis,
    Proposal,
    Span,
    Stance,
    StatementFilters,
    Verdict,
)

FIRST = """Paris keeps the door open

At the meeting in Paris, Emmanuel Macron said that sending troops “should not be excluded”.

Nothing else was decided."""
SECOND = """Allies answer

German Chancellor Olaf Scholz and Rishi Sunak ruled out sending soldiers to Ukraine. A spokesman for Sunak \
added that <b>no large deployment</b> is planned & that trainers stay at home.

Weeks later Emmanuel Macron said he would send instructors."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement by its words."""

    actor: str
    speaker: str
    words: str
    stance: Stance
    question: str = "troops-ukraine"
    attribution: Attribution = Attribution.INDIRECT
    via: str | None = None
    source: str = ""
    cue: str = ""


def fill(database: Database) -> None:
    """Store both texts; a person confirms what Scholz said."""
    _store(
        database,
        FIRST,
        "Paris keeps the door open",
        date(2024, 2, 26),
        [
            Said(
                "emmanuel-macron",
                "Emmanuel Macron",
                "Emmanuel Macron said that sending troops “should not be excluded”",
                Stance.OPEN,
                attribution=Attribution.MIXED,
                source="Emmanuel Macron",
                cue="said",
            )
        ],
        sample=True,
    )
    _store(database, SECOND, "Allies answer", date(2024, 3, 20), _answers())
    with database.sessions() as session:
        scholz = list_statements(session, StatementFilters(actor=("olaf-scholz",))).items[0]
    jobs.review(database.sessions, scholz.id, Verdict.CONFIRM, reviewer="A. Reviewer")


def _answers() -> list[Said]:
    both = "German Chancellor Olaf Scholz and Rishi Sunak ruled out sending soldiers to Ukraine"
    return [
        Said("olaf-scholz", "Olaf Scholz", both, Stance.REJECTS, source="Olaf Scholz", cue="ruled out"),
        Said("rishi-sunak", "Rishi Sunak", both, Stance.REJECTS, source="Rishi Sunak", cue="ruled out"),
        Said(
            "rishi-sunak",
            "Rishi Sunak",
            "soldiers to Ukraine. A spokesman for Sunak added that <b>no large deployment</b> is planned",
            Stance.UNCLEAR,
            question="trainers-ukraine",
            via="a spokesman",
            source="Sunak",
            cue="added",
        ),
        Said(
            "emmanuel-macron",
            "Emmanuel Macron",
            "Emmanuel Macron said he would send instructors",
            Stance.BACKS,
            question="trainers-ukraine",
            source="Emmanuel Macron",
            cue="said",
        ),
    ]


def _store(
    database: Database, text: str, title: str, day: date, said: list[Said], *, sample: bool = False
) -> None:
    document = CleanDocument(
        text=text,
        text_hash=sha256(text.encode()).hexdigest(),
        published=day,
        date_basis=DateBasis.GIVEN,
        title=title,
        publisher="The Test Dispatch",
        address="https://news.example/article",
    )
    proposals = [_propose(text, one) for one in said]
    jobs.store(database.sessions, document, proposals, sample=sample, extractor="by hand")


def _propose(text: str, said: Said) -> Proposal:
    start = text.index(said.words)
    return Proposal(
        speaker=said.speaker,
        actor=said.actor,
        kind=ActorKind.PERSON,
        country=None,
        question=said.question,
        stance=said.stance,
        attribution=said.attribution,
        via=said.via,
        start=start,
        end=start + len(said.words),
        confidence=0.9,
        source=_find(text, said.source, start),
        cue=_find(text, said.cue, start),
    )


def _find(text: str, words: str, start: int) -> tuple[Span, ...]:
    at = text.index(words, start)
    return (Span(at, at + len(words)),)
