"""A small archive in a real database, and a client of the real application over it.

The statements are made by hand and stored as the pipeline stores them, so what is served is tested whatever
the extraction finds. Read only: a test that writes asks for `own_client`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient

from app import jobs
from app.config import Settings
from app.db import Database, start_database, upgrade
from app.main import create_app
from app.queries import tokens
from app.records import ActorKind, Attribution, CleanDocument, DateBasis, Proposal, Stance
from tests.conftest import Servers

TROOPS, STRIKES = "troops-ukraine", "long-range-strikes"


@dataclass(frozen=True)
class Said:
    """One statement of the archive; `passage` must stand in the document's text."""

    actor: str
    speaker: str
    passage: str
    stance: Stance
    question: str = TROOPS
    attribution: Attribution = Attribution.INDIRECT
    confidence: float = 0.9
    via: str | None = None


# The title is what a stranger may write: a spreadsheet must not run it.
DOCUMENTS = (
    (
        date(2024, 2, 26),
        "=HYPERLINK(“x”) Macron leaves it open",
        "Emmanuel Macron said on Monday that nothing should be excluded. He spoke in Paris.",
        (Said("emmanuel-macron", "Emmanuel Macron", "Macron said on Monday that nothing", Stance.OPEN),),
    ),
    (
        date(2024, 2, 27),
        "Allies dismiss the proposal",
        (
            "“There will be no ground troops,” Olaf Scholz said. Rishi Sunak’s office said that Britain had "
            "no plans 🙂 for a large deployment. Joe Biden would not send soldiers, and did not want strikes."
        ),
        (
            Said(
                "olaf-scholz",
                "Olaf Scholz",
                "“There will be no ground troops,” Olaf Scholz said",
                Stance.REJECTS,
                attribution=Attribution.DIRECT,
                confidence=0.9731,
            ),
            Said(
                "rishi-sunak",
                "Rishi Sunak",
                "Rishi Sunak’s office said that Britain had no plans 🙂 for a large deployment",
                Stance.REJECTS,
                via="Rishi Sunak’s office",
            ),
            Said("joe-biden", "Joe Biden", "Joe Biden would not send soldiers", Stance.REJECTS),
            Said("joe-biden", "Joe Biden", "did not want strikes", Stance.REJECTS, question=STRIKES),
        ),
    ),
    (
        date(2024, 5, 30),
        "Biden allows strikes",
        "Joe Biden has now allowed strikes near Kharkiv.",
        (
            Said(
                "joe-biden",
                "Joe Biden",
                "Joe Biden has now allowed strikes near Kharkiv",
                Stance.BACKS,
                question=STRIKES,
            ),
        ),
    ),
)


def fill(database: Database) -> None:
    """Registers and the archive's documents."""
    jobs.load_registers(database.sessions)
    for published, title, text, said in DOCUMENTS:
        document = CleanDocument(
            text=text,
            text_hash=sha256(text.encode()).hexdigest(),
            published=published,
            date_basis=DateBasis.GIVEN,
            title=title,
            publisher="The New Dispatch",
            address="https://news.example/story",
        )
        proposals = [make_proposal(one, text) for one in said]
        jobs.store(database.sessions, document, proposals, extractor="by hand")


def make_proposal(said: Said, text: str) -> Proposal:
    start = text.index(said.passage)
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
        end=start + len(said.passage),
        confidence=said.confidence,
    )


def open_client(settings: Settings) -> Iterator[TestClient]:
    with start_database(settings) as database:
        upgrade(database.engine)
        fill(database)
        with TestClient(create_app(database, settings)) as client:
            yield client


@pytest.fixture(scope="session")
def client(servers: Servers) -> Iterator[TestClient]:
    """The application over the archive, which no test may change."""
    yield from open_client(servers.make_database("embedded"))


@pytest.fixture
def own_client(servers: Servers) -> Iterator[TestClient]:
    """The application over an archive of the test's own."""
    yield from open_client(servers.make_database("embedded"))


def make_token(client: TestClient, *scopes: str, name: str = "test") -> dict[str, str]:
    """The header of a new token with these scopes."""
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    with database.sessions.begin() as session:
        return {"Authorization": f"Bearer {tokens.add_token(session, name, scopes)}"}
