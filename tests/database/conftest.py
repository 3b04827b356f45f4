"""Short ways to store documents and statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.queries.documents import save_document
from app.queries.statements import save_proposals, statements_of_document
from app.records import (
    ActorKind,
    Attribution,
    CleanDocument,
    DateBasis,
    Proposal,
    Stance,
    StatementRecord,
)

TROOPS = "troops-ukraine"


def make_document(text: str, *, published: date = date(2024, 2, 27), title: str = "") -> CleanDocument:
    return CleanDocument(
        text=text,
        text_hash=sha256(text.encode()).hexdigest(),
        published=published,
        date_basis=DateBasis.GIVEN,
        title=title or None,
        publisher="The New Dispatch",
    )


def make_proposal(
    text: str,
    evidence: str,
    *,
    actor: str | None = "olaf-scholz",
    question: str = TROOPS,
    stance: Stance = Stance.REJECTS,
    attribution: Attribution = Attribution.DIRECT,
    confidence: float = 0.9,
    said_on: date | None = None,
    speaker: str = "Olaf Scholz",
    via: str | None = None,
) -> Proposal:
    start = text.index(evidence)
    return Proposal(
        speaker=speaker,
        actor=actor,
        kind=ActorKind.PERSON,
        country=None,
        question=question,
        stance=stance,
        attribution=attribution,
        via=via,
        start=start,
        end=start + len(evidence),
        confidence=confidence,
        said_on=said_on,
    )


@dataclass
class Store:
    """Stores one statement in a document of its own."""

    session: Session
    documents: list[UUID] = field(default_factory=list)

    def say(
        self,
        evidence: str,
        *,
        actor: str = "olaf-scholz",
        question: str = TROOPS,
        stance: Stance = Stance.REJECTS,
        attribution: Attribution = Attribution.DIRECT,
        on: date = date(2024, 2, 27),
        confidence: float = 0.9,
        via: str | None = None,
    ) -> StatementRecord:
        text = f"Report {len(self.documents) + 1}. {evidence} That was all."
        document = save_document(self.session, make_document(text, published=on))
        proposal = make_proposal(
            text,
            evidence,
            actor=actor,
            question=question,
            stance=stance,
            attribution=attribution,
            confidence=confidence,
            via=via,
        )
        save_proposals(self.session, document, [proposal], extractor="test 1")
        self.documents.append(document)
        (statement,) = statements_of_document(self.session, document)
        return statement


@pytest.fixture
def store(session: Session) -> Store:
    return Store(session)


Say = Callable[..., StatementRecord]


@pytest.fixture
def say(store: Store) -> Say:
    return store.say
