"""A document's whole way into the database, with everything that hangs on it, in one transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from app import jobs
from app.config import ROOT
from app.db import Database
from app.errors import BadInput, NotFound
from app.models import make_key
from app.queries.documents import count_documents, find_document, get_document, list_documents
from app.queries.positions import positions_as_of, positions_of
from app.queries.registry import load_registry
from app.queries.revisions import current_revision
from app.queries.statements import statements_of_document
from app.records import (
    ActorKind,
    Arrival,
    Attribution,
    CleanDocument,
    DateBasis,
    Position,
    Proposal,
    Stance,
    Status,
    Verdict,
)

Sessions = sessionmaker[Session]

TROOPS = "troops-ukraine"
SAID = "“There will be no ground troops on Ukrainian soil,” Olaf Scholz said"
ARTICLE = (
    f"{SAID} in Berlin on Tuesday. The chancellor spoke to reporters after a meeting with his cabinet, a day "
    "after a conference on aid for Kyiv in Paris, where leaders from more than twenty states had talked "
    "about shells, air defence and money for the coming year, and parted late at night without a paper."
)


def make_document(text: str, *, published: date = date(2024, 2, 27)) -> CleanDocument:
    return CleanDocument(text, sha256(text.encode()).hexdigest(), published, DateBasis.GIVEN)


def make_proposal(
    text: str, passage: str, *, actor: str | None = "olaf-scholz", stance: Stance = Stance.REJECTS
) -> Proposal:
    start = text.index(passage)
    return Proposal(
        speaker="Olaf Scholz",
        actor=actor,
        kind=ActorKind.PERSON,
        country=None,
        question=TROOPS,
        stance=stance,
        attribution=Attribution.DIRECT,
        via=None,
        start=start,
        end=start + len(passage),
        confidence=0.9,
    )


def store(sessions: Sessions, text: str, *, sample: bool = False, **changes: object) -> jobs.IngestResult:
    """Store a text in which Scholz says what stands in SAID."""
    proposal = replace(make_proposal(text, SAID), **changes)  # type: ignore[arg-type]
    return jobs.store(sessions, make_document(text), [proposal], sample=sample, extractor="by hand")


@pytest.fixture
def ready(empty_database: Database) -> Sessions:
    """Sessions that really commit, on a database with the registers."""
    jobs.load_registers(empty_database.sessions)
    return empty_database.sessions


def read_positions(sessions: Sessions) -> tuple[Position, ...]:
    with sessions() as session:
        return positions_of(session)


def read_revision(sessions: Sessions) -> int:
    with sessions() as session:
        return current_revision(session)


def test_registers_are_loaded_when_they_have_changed(empty_database: Database, tmp_path: Path) -> None:
    sessions = empty_database.sessions
    assert jobs.load_registers(sessions)
    assert not jobs.load_registers(sessions)
    for path in (*(ROOT / "data").glob("*.csv"), ROOT / "data" / "questions.yml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    store(sessions, ARTICLE)
    tenures = (tmp_path / "tenures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    left = [line for line in tenures if not line.startswith("olaf-scholz,")]
    (tmp_path / "tenures.csv").write_text("".join(left), encoding="utf-8")
    assert {p.actor for p in read_positions(sessions)} == {"olaf-scholz", "germany"}
    assert jobs.load_registers(sessions, tmp_path)
    assert {p.actor for p in read_positions(sessions)} == {"olaf-scholz"}


def test_a_stored_document_moves_positions_and_the_revision(ready: Sessions) -> None:
    before = read_revision(ready)
    result = store(ready, ARTICLE)
    assert (result.new, result.statements) == (True, 1)
    with ready() as session:
        stands = {p.actor: (p.stance, p.holder) for p in positions_as_of(session, as_of=date(2024, 3, 1))}
    assert stands == {
        "olaf-scholz": (Stance.REJECTS, None),
        "germany": (Stance.REJECTS, "olaf-scholz"),
    }
    assert read_revision(ready) == before + 1


def test_the_same_text_again_changes_nothing(ready: Sessions) -> None:
    first = store(ready, ARTICLE)
    before = (read_revision(ready), read_positions(ready))
    again = store(ready, ARTICLE, stance=Stance.BACKS)
    assert again == replace(first, new=False)
    assert (read_revision(ready), read_positions(ready)) == before


def test_wire_copy_counts_a_voice_once(ready: Sessions) -> None:
    store(ready, ARTICLE)
    store(ready, f"BERLIN (Agency) – {ARTICLE}")
    store(ready, ARTICLE.replace("shells", "ammunition"))
    with ready() as session:
        assert len({document.story for document in list_documents(session).items}) == 1
        (scholz,) = positions_as_of(session, as_of=date(2024, 3, 1), actors=["olaf-scholz"])
    assert scholz.statements == 1


def test_a_document_is_stored_whole_or_not_at_all(ready: Sessions) -> None:
    before = read_revision(ready)
    with pytest.raises(IntegrityError):
        store(ready, ARTICLE, question="nothing")
    with ready() as session:
        assert count_documents(session) == 0
    assert (read_revision(ready), read_positions(ready)) == (before, ())


def test_documents_that_arrive_together_leave_positions_as_if_one_after_the_other(ready: Sessions) -> None:
    actors = ("olaf-scholz", "boris-pistorius", "annalena-baerbock")
    texts = [f"Report {i}. {SAID}. Number {i} ends." for i in range(24)]

    def put(i: int) -> jobs.IngestResult:
        day = date(2024, 2, 1 + i)
        return store(
            ready,
            texts[i],
            actor=actors[i % 3],
            said_on=day,
            stance=(Stance.BACKS, Stance.REJECTS)[i % 2],
        )

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(put, range(24)))
    assert all(result.new for result in results)
    kept_up = read_positions(ready)
    assert jobs.derive_all(ready) == len(kept_up)
    assert read_positions(ready) == kept_up


def test_one_text_that_arrives_many_times_at_once_is_one_document(ready: Sessions) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: store(ready, ARTICLE), range(8)))
    assert sum(result.new for result in results) == 1
    assert len({result.document for result in results}) == 1


def test_a_review_moves_the_position_and_another_moves_it_back(ready: Sessions) -> None:
    document = store(ready, ARTICLE).document
    with ready() as session:
        (statement,) = statements_of_document(session, document)
    before = read_positions(ready)
    jobs.review(ready, statement.id, Verdict.REJECT, reviewer="desk")
    assert read_positions(ready) == ()
    jobs.review(ready, statement.id, Verdict.CORRECT, reviewer="desk", changes={"actor": "boris-pistorius"})
    assert {p.actor for p in read_positions(ready)} == {"boris-pistorius", "germany"}
    assert all(p.confirmed for p in read_positions(ready))
    jobs.review(ready, statement.id, Verdict.REOPEN, reviewer="desk")
    assert read_positions(ready) == before


def test_a_review_of_nothing_is_refused(ready: Sessions) -> None:
    with pytest.raises(NotFound):
        jobs.review(ready, make_key(), Verdict.CONFIRM, reviewer="desk")


def test_an_unknown_speaker_gets_a_position(ready: Sessions) -> None:
    store(ready, ARTICLE, actor=None, speaker="Jane Roe")
    assert [p.actor for p in read_positions(ready)] == ["jane-roe"]
    with ready() as session:
        assert load_registry(session).actors["jane-roe"].proposed


def test_samples_are_removed_with_all_that_hangs_on_them(ready: Sessions) -> None:
    store(ready, ARTICLE)
    own = read_positions(ready)
    other = f"{SAID} again on Friday, and nobody had expected anything else of him that day."
    store(ready, other, sample=True, said_on=date(2024, 3, 1))
    store(ready, other + " So it goes.", sample=True, actor=None, speaker="Jane Roe")
    assert len(read_positions(ready)) > len(own)
    assert jobs.remove_samples(ready) == 2
    assert read_positions(ready) == own
    with ready() as session:
        assert "jane-roe" not in load_registry(session).actors
    assert jobs.remove_samples(ready) == 0


def test_an_empty_database_is_told_from_a_used_one(ready: Sessions) -> None:
    assert jobs.is_empty(ready)
    store(ready, ARTICLE)
    assert not jobs.is_empty(ready)


# ---- with the real extraction ------------------------------------------------------------------------------


def arrive(text: str) -> Arrival:
    return Arrival(text.encode(), "text/plain", charset="utf-8", published=date(2024, 2, 27))


def test_a_text_goes_the_whole_way_and_is_read_again(ready: Sessions) -> None:
    result = jobs.ingest(ready, arrive(ARTICLE))
    assert result.new
    with ready() as session:
        found = statements_of_document(session, result.document)
        held = get_document(session, result.document)
    assert ("olaf-scholz", TROOPS, Stance.REJECTS) in {(s.actor, s.question, s.stance) for s in found}
    assert all(held.text[s.start : s.end] == s.evidence for s in found)
    before = (read_revision(ready), read_positions(ready))
    assert jobs.ingest(ready, arrive(ARTICLE)) == replace(result, new=False)
    assert jobs.extract_again(ready, result.document) == replace(result, new=False)
    assert (read_revision(ready), read_positions(ready)) == before


def test_reading_again_leaves_what_a_person_decided(ready: Sessions) -> None:
    result = jobs.ingest(ready, arrive(ARTICLE))
    with ready() as session:
        found = {statement.id for statement in statements_of_document(session, result.document)}
    for statement in found:
        jobs.review(ready, statement, Verdict.REJECT, reviewer="desk")
    jobs.extract_again(ready, result.document)
    with ready() as session:
        again = {(s.id, s.status) for s in statements_of_document(session, result.document)}
    assert again == {(statement, Status.REJECTED) for statement in found}
    assert read_positions(ready) == ()


def test_what_cannot_be_read_leaves_nothing(ready: Sessions) -> None:
    with pytest.raises(BadInput):
        jobs.ingest(ready, arrive(" "))
    with ready() as session:
        assert count_documents(session) == 0
        assert find_document(session, "0" * 64) is None


def test_sample_briefs_are_loaded_once_and_counted(ready: Sessions, tmp_path: Path) -> None:
    for path in sorted((ROOT / "data" / "briefs").glob("*.json"))[:3]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    heard: list[tuple[int, int]] = []

    def load() -> int:
        return jobs.load_samples(
            ready, folder=tmp_path, progress=lambda done, all_: heard.append((done, all_))
        )

    assert [load(), load()] == [3, 0]
    assert heard == [(1, 3), (2, 3), (3, 3)] * 2
    assert jobs.remove_samples(ready) == 3
    assert read_positions(ready) == ()
