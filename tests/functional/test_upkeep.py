"""Positions kept up with each statement and review are those derived from nothing, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from app import jobs
from app.db import Database
from app.models import StatementRow
from app.positions import derive_all
from app.queries.positions import positions_of
from app.queries.registry import load_registry
from app.queries.statements import load_evidence, save_proposals, statements_of_document
from app.records import ActorKind, Attribution, CleanDocument, DateBasis, Position, Proposal, Stance, Verdict
from app.registers import Registry

FIRST = date(2025, 5, 1)  # Olaf Scholz hands over to Friedrich Merz on 6 May 2025
ACTORS = ("olaf-scholz", "friedrich-merz", "boris-pistorius", "germany")
QUESTIONS = ("troops-ukraine", "long-range-strikes")

Sessions = sessionmaker[Session]


@dataclass(frozen=True)
class Saying:
    """A text in which one actor says one thing. Texts of one `story` are copies of each other."""

    number: int
    story: int
    actor: str
    question: str
    stance: Stance
    attribution: Attribution
    via: str | None
    day: int
    confidence: float


@dataclass(frozen=True)
class Judging:
    """A review of what the text of that number says; `reread` lets the machine withdraw it instead."""

    number: int
    verdict: Verdict
    stance: Stance
    actor: str
    reread: bool = False


Step = Saying | Judging


@st.composite
def drawn_steps(draw: st.DrawFn) -> list[Step]:
    sayings = draw(
        st.lists(
            st.builds(
                Saying,
                number=st.just(0),
                story=st.integers(1, 6),
                actor=st.sampled_from(ACTORS),
                question=st.sampled_from(QUESTIONS),
                stance=st.sampled_from(Stance),
                attribution=st.sampled_from(Attribution),
                via=st.sampled_from([None, "Steffen Hebestreit"]),
                day=st.integers(0, 9),
                confidence=st.sampled_from([0.3, 0.6, 0.8]),
            ),
            min_size=1,
            max_size=7,
        )
    )
    # No two are equally confident: then only the order of arrival could choose, which is another's test.
    steps: list[Step] = [
        replace(saying, number=number, confidence=saying.confidence + number / 1000)
        for number, saying in enumerate(sayings)
    ]
    judgings = st.builds(
        Judging,
        number=st.integers(0, len(sayings) - 1),
        verdict=st.sampled_from(Verdict),
        stance=st.sampled_from(Stance),
        actor=st.sampled_from(ACTORS),
        reread=st.booleans(),
    )
    return steps + list(draw(st.lists(judgings, max_size=5)))


@given(drawn_steps(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_positions_kept_up_are_those_derived_from_nothing(
    database: Database, registry: Registry, steps: list[Step], random: Random
) -> None:
    with undone(database) as sessions:
        walk(sessions, shuffle(steps, random), registry)
        with sessions() as session:
            kept = in_order(positions_of(session))
            assert kept == in_order(derive_all(load_evidence(session), load_registry(session)))
        jobs.derive_all(sessions)
        with sessions() as session:
            assert in_order(positions_of(session)) == kept


@given(drawn_steps(), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_any_order_of_statements_and_reviews_gives_the_same_positions(
    database: Database, registry: Registry, steps: list[Step], random: Random
) -> None:
    steps = [step for step in steps if isinstance(step, Saying) or not step.reread]
    assert outcome(database, steps, registry) == outcome(database, shuffle(steps, random), registry)


@contextmanager
def undone(database: Database) -> Iterator[Sessions]:
    """Sessions whose commits are undone in the end."""
    with database.engine.connect() as connection:
        transaction = connection.begin()
        yield sessionmaker(bind=connection, join_transaction_mode="create_savepoint")
        transaction.rollback()


def in_order(rows: Iterable[Position]) -> list[Position]:
    """Sorted here, because each server has its own alphabet."""
    return sorted(rows, key=lambda row: (row.question, row.actor, row.valid_from))


def shuffle(steps: Sequence[Step], random: Random) -> list[Step]:
    """Another order in which a statement still comes before its reviews, and these in their order."""
    left = [[step for step in steps if step.number == number] for number in {step.number for step in steps}]
    mixed: list[Step] = []
    while left:
        queue = random.choice(left)
        mixed.append(queue.pop(0))
        left = [queue for queue in left if queue]
    return mixed


def outcome(database: Database, steps: Sequence[Step], registry: Registry) -> list[tuple[Position, int]]:
    """The positions, with the number of the deciding text in place of its key, which hangs on the order."""
    with undone(database) as sessions:
        numbers = walk(sessions, steps, registry)
        with sessions() as session:
            return [
                (replace(row, decided_by=UUID(int=0)), numbers[row.decided_by])
                for row in in_order(positions_of(session))
            ]


def walk(sessions: Sessions, steps: Sequence[Step], registry: Registry) -> dict[UUID, int]:
    """Take each step as production does; the numbers of the texts by their statements' keys."""
    documents: dict[int, UUID] = {}
    statements: dict[int, UUID] = {}
    for step in steps:
        if isinstance(step, Saying):
            document, proposal = write(step)
            key = jobs.store(sessions, document, [proposal], registry=registry, extractor="test").document
            documents[step.number] = key
            with sessions() as session:
                (statement,) = statements_of_document(session, key)
            statements[step.number] = statement.id
        elif step.reread:
            reread(sessions, documents[step.number])
        else:
            judge(sessions, step, statements[step.number])
    return {key: number for number, key in statements.items()}


def write(saying: Saying) -> tuple[CleanDocument, Proposal]:
    """A document of words that only texts of its story have."""
    words = Random(saying.story).sample(range(10_000, 100_000), 150)
    body = " ".join(f"word{word}" for word in words)
    text = f"{body}. Edition {saying.number}."
    document = CleanDocument(
        text=text,
        text_hash=sha256(text.encode()).hexdigest(),
        published=FIRST,
        date_basis=DateBasis.GIVEN,
    )
    proposal = Proposal(
        speaker=saying.actor,
        actor=saying.actor,
        kind=ActorKind.PERSON,
        country=None,
        question=saying.question,
        stance=saying.stance,
        attribution=saying.attribution,
        via=saying.via,
        start=0,
        end=9,
        confidence=saying.confidence,
        said_on=FIRST + timedelta(days=saying.day),
    )
    return document, proposal


def reread(sessions: Sessions, document: UUID) -> None:
    """A newer extractor finds nothing in the document any more."""
    with sessions.begin() as session:
        jobs.refresh(session, save_proposals(session, document, [], extractor="test 2"))


def judge(sessions: Sessions, judging: Judging, statement: UUID) -> None:
    with sessions() as session:
        query = select(StatementRow.withdrawn).where(StatementRow.id == statement)
        if session.execute(query).scalar_one() is not None:
            return
    changes: dict[str, object] = {"stance": judging.stance.value, "actor": judging.actor}
    jobs.review(
        sessions,
        statement,
        judging.verdict,
        reviewer="Test",
        changes=changes if judging.verdict is Verdict.CORRECT else None,
    )
