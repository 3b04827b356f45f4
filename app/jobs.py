"""The conductor: load, call one stage, save, and keep the positions up in the same transaction.

A document's way through here:

    clean_arrival -> (known already? then nothing changes) -> extract_statements
    -> save_document, save_proposals, refresh, add_revision, in one transaction

Extraction takes seconds and needs no database, so no transaction is open meanwhile. Every job may run
twice: it saves once and replaces whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from app import arrive, clean, extract, positions
from app.config import ROOT, load_settings
from app.queries import documents, locks, revisions, statements
from app.queries import positions as positions_stored
from app.queries import registry as registers_stored
from app.records import Arrival, CleanDocument, Proposal, Question, ReviewRecord, SourceText, Verdict
from app.registers import Registry, load_questions
from app.registers import load_registers as read_registers

Sessions = sessionmaker[Session]
Cell = tuple[str, str]  # actor and question


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of an arrival. `new` is False for a text that was held already."""

    document: UUID
    number: int
    new: bool
    statements: int


# ---- the registers --------------------------------------------------------------------------------------


def load_registers(sessions: Sessions, folder: Path = ROOT / "data") -> bool:
    """Bring registry and questions into the database when the files have changed; whether they had."""
    mark = f"registers {_hash_files(folder)}"
    with sessions() as session:
        if revisions.latest_of(session, "registers ") == mark:
            return False
    registry, questions = read_registers(folder), load_questions(folder / "questions.yml")
    with sessions.begin() as session:
        registers_stored.save_registry(session, registry)
        registers_stored.save_questions(session, questions)
        _derive_all(session)
        revisions.add_revision(session, mark)
    return True


def _hash_files(folder: Path) -> str:
    digest = sha256()
    for path in sorted((*folder.glob("*.csv"), folder / "questions.yml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


# ---- documents --------------------------------------------------------------------------------------------


def ingest(
    sessions: Sessions, arrival: Arrival, *, registry: Registry | None = None, sample: bool = False
) -> IngestResult:
    """Take one arrival all the way. BadInput in plain words when it cannot be read."""
    document = clean.clean_arrival(arrival, today=datetime.now(UTC).date())
    with sessions() as session:
        held = documents.find_document(session, document.text_hash)
        if held is not None:
            return _describe(session, held, new=False)
        registry = registry or registers_stored.load_registry(session, proposed=False)
        questions = registers_stored.list_questions(session)
    proposals = _extract([_make_source(document)], questions, registry)[0]
    return store(sessions, document, proposals, registry=registry, sample=sample)


def store(
    sessions: Sessions,
    document: CleanDocument,
    proposals: Sequence[Proposal],
    *,
    registry: Registry | None = None,
    sample: bool = False,
    extractor: str | None = None,
) -> IngestResult:
    """Store a document with what was found in it, and derive what follows, in one transaction."""
    likeness = clean.sign_text(document.text)
    with sessions.begin() as session:
        locks.lock_stories(session)
        if (held := documents.find_document(session, document.text_hash)) is not None:
            return _describe(session, held, new=False)
        story = documents.find_story(session, likeness, clean.estimate_likeness, alike=clean.ALIKE)
        key = documents.save_document(session, document, sample=sample, story=story, likeness=likeness)
        locks.lock_questions(session, {proposal.question for proposal in proposals})
        name = extractor or extract.EXTRACTOR
        dirty = statements.save_proposals(session, key, proposals, extractor=name)
        refresh(session, dirty, registry=registry)
        revisions.add_revision(session, f"document {key}")
        return _describe(session, key, new=True)


def extract_again(sessions: Sessions, document: UUID, *, registry: Registry | None = None) -> IngestResult:
    """Read a stored document with today's extractor and questions. What people decided stays."""
    with sessions() as session:
        held = documents.get_document(session, document)
        registry = registry or registers_stored.load_registry(session, proposed=False)
        questions = registers_stored.list_questions(session)
    source = SourceText(str(held.id), held.text, held.title, held.published)
    proposals = _extract([source], questions, registry)[0]
    with sessions.begin() as session:
        known = {cell[1] for cell in statements.cells_of_document(session, document)}
        locks.lock_questions(session, known | {proposal.question for proposal in proposals})
        dirty = statements.save_proposals(session, document, proposals, extractor=extract.EXTRACTOR)
        refresh(session, dirty, registry=registry)
        if dirty:
            revisions.add_revision(session, f"document {document} read again")
        return _describe(session, document, new=False)


def _extract(
    sources: Sequence[SourceText], questions: Sequence[Question], registry: Registry
) -> list[tuple[Proposal, ...]]:
    return extract.extract_statements(sources, questions, registry)


def _make_source(document: CleanDocument) -> SourceText:
    return SourceText(document.text_hash, document.text, document.title, document.published)


def _describe(session: Session, key: UUID, *, new: bool) -> IngestResult:
    held = documents.get_document(session, key)
    return IngestResult(document=key, number=held.number, new=new, statements=held.statements)


# ---- positions --------------------------------------------------------------------------------------------


def refresh(session: Session, cells: Collection[Cell], *, registry: Registry | None = None) -> None:
    """Derive again what hangs on these cells, in the caller's transaction.

    The caller holds the lock of their questions from before it wrote (`locks.lock_questions`), so that
    two transactions cannot each derive a cell without the other's statement.
    """
    if not cells:
        return
    registry = registry or registers_stored.load_registry(session)
    locks.lock_questions(session, {question for _, question in cells})
    touched = positions.find_cells_to_derive(cells, registry)
    evidence = statements.load_evidence(session, positions.find_cells_to_read(touched, registry))
    rows = positions.derive_cells(touched, evidence, registry, threshold=load_settings().threshold)
    positions_stored.replace_positions(session, touched, rows)


def derive_all(sessions: Sessions) -> int:
    """Derive every position from nothing; how many rows there are."""
    with sessions.begin() as session:
        count = _derive_all(session)
        revisions.add_revision(session, "all positions derived")
        return count


def _derive_all(session: Session) -> int:
    asked = registers_stored.list_questions(session)
    locks.lock_questions(session, {question.slug for question in asked})
    registry = registers_stored.load_registry(session)
    evidence = statements.load_evidence(session)
    rows = positions.derive_all(evidence, registry, threshold=load_settings().threshold)
    return positions_stored.replace_all_positions(session, rows)


# ---- reviews ----------------------------------------------------------------------------------------------


def review(
    sessions: Sessions,
    statement: UUID,
    verdict: Verdict,
    *,
    reviewer: str,
    reason: str | None = None,
    changes: Mapping[str, object] | None = None,
) -> ReviewRecord:
    """Add a person's judgement; the positions that follow from the statement change with it."""
    with sessions.begin() as session:
        asked = {statements.get_statement(session, statement).question}
        if changes and isinstance(changes.get("question"), str):
            asked.add(str(changes["question"]))
        locks.lock_questions(session, asked)
        added, cells = statements.add_review(
            session, statement, verdict, reviewer=reviewer, reason=reason, changes=changes
        )
        refresh(session, cells)
        revisions.add_revision(session, f"review {added.id}")
        return added


# ---- samples ----------------------------------------------------------------------------------------------


def is_empty(sessions: Sessions) -> bool:
    """Whether no document was ever stored here."""
    with sessions() as session:
        return documents.count_documents(session) == 0


def load_samples(
    sessions: Sessions,
    *,
    folder: Path = ROOT / "data" / "briefs",
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Take the sample briefs the same way as any document; how many are new. `progress` hears how many
    are done, and of how many."""
    paths = sorted(folder.glob("*.json"))
    with sessions() as session:
        registry = registers_stored.load_registry(session, proposed=False)
    count = 0
    for done, path in enumerate(paths, start=1):
        arrival = arrive.read_path(path, load_settings())
        count += ingest(sessions, arrival, registry=registry, sample=True).new
        if progress is not None:
            progress(done, len(paths))
    return count


def remove_samples(sessions: Sessions) -> int:
    """Remove the sample briefs with all that was found in them; how many there were."""
    with sessions.begin() as session:
        cells = documents.cells_of_samples(session)
        locks.lock_questions(session, {question for _, question in cells})
        removed = documents.remove_samples(session)
        refresh(session, cells)
        documents.remove_silent_proposed(session)
        if removed:
            revisions.add_revision(session, "samples removed")
        return removed
