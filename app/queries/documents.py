"""Documents in, documents out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import ActorName, ActorRow, DocumentRow, ReviewRow, StatementRow, StoryRow, make_key
from app.queries._pages import cap_limit, decode_cursor, make_page, read_number
from app.queries._rows import AnyRow, AnySelect
from app.queries._search import matches, planned_for_words
from app.records import CleanDocument, DateBasis, DocumentRecord, Likeness, Page

# A text like a hundred others is like any of them.
CANDIDATES = 100


def find_document(session: Session, text_hash: str) -> UUID | None:
    """The document with exactly this text; None when it is new."""
    query = select(DocumentRow.id).where(DocumentRow.text_hash == text_hash)
    return session.execute(query).scalar_one_or_none()


def find_story(
    session: Session, likeness: Likeness, compare: Callable[[bytes, bytes], float], *, alike: float
) -> UUID | None:
    """The story of the stored text most like this one, of equals the first; None when none is alike."""
    shared = DocumentRow.bands.op("&&")(array(likeness.bands))
    query = (
        select(DocumentRow.story_id, DocumentRow.signature)
        .where(shared, DocumentRow.signature.is_not(None))
        .order_by(DocumentRow.number)
        .limit(CANDIDATES)
    )
    best: tuple[float, UUID | None] = (0.0, None)
    for story, signature in session.execute(query):
        share = compare(likeness.signature, signature or b"")
        if share >= alike and share > best[0]:
            best = (share, story)
    return best[1]


def save_document(
    session: Session,
    document: CleanDocument,
    *,
    sample: bool = False,
    story: UUID | None = None,
    likeness: Likeness | None = None,
) -> UUID:
    """Store a text, or find it: the same text is the same document, whoever stored it first.

    Without `story` it begins one of its own.
    """
    known = find_document(session, document.text_hash)
    if known is not None:
        return known
    if story is None:
        story = make_key()
        session.execute(insert(StoryRow).values(id=story))
    key = make_key()
    values = {
        "id": key,
        "story_id": story,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "address": document.address,
        "published": document.published,
        "date_basis": document.date_basis,
        "how": document.how,
        "language": document.language,
        "text": document.text,
        "text_hash": document.text_hash,
        "sample": sample,
        "bands": list(likeness.bands) if likeness else [],
        "signature": likeness.signature if likeness else None,
    }
    statement = insert(DocumentRow).values(values).on_conflict_do_nothing(index_elements=["text_hash"])
    stored = session.execute(statement.returning(DocumentRow.id)).scalar_one_or_none()
    if stored is not None:
        return stored
    # Somebody stored the same text while we did: theirs is the document, and our story has none.
    session.execute(
        delete(StoryRow).where(
            StoryRow.id == story, ~select(DocumentRow.id).where(DocumentRow.story_id == story).exists()
        )
    )
    return session.execute(
        select(DocumentRow.id).where(DocumentRow.text_hash == document.text_hash)
    ).scalar_one()


def mark_extracted(session: Session, document: UUID, extractor: str) -> None:
    """Remember what extracted the document's statements last."""
    session.execute(
        update(DocumentRow)
        .where(DocumentRow.id == document)
        .values(extractor=extractor, extracted_at=func.now())
    )


def get_document(session: Session, document: UUID) -> DocumentRecord:
    """One document with its text."""
    query = _select_documents(DocumentRow.text).where(DocumentRow.id == document)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("document", document)
    return _make_record(row, body=row.text)


def list_documents(
    session: Session,
    *,
    q: str = "",
    publisher: str | None = None,
    since: date | None = None,
    until: date | None = None,
    sample: bool | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[DocumentRecord]:
    """Documents without their texts, the newest published first. `since` and `until` are inclusive."""
    limit = cap_limit(limit)
    query = _select_documents()
    for condition in _filter(q, publisher, since, until, sample):
        query = query.where(condition)
    if cursor is not None:
        key = decode_cursor(cursor, date.fromisoformat, read_number)
        query = query.where(tuple_(DocumentRow.published, DocumentRow.number) < tuple_(*key))
    query = query.order_by(DocumentRow.published.desc(), DocumentRow.number.desc()).limit(limit + 1)
    with planned_for_words(session, q):
        rows = session.execute(query).all()
    return make_page(list(map(_make_record, rows)), limit, lambda record: (record.published, record.number))


def count_documents(
    session: Session,
    *,
    q: str = "",
    publisher: str | None = None,
    since: date | None = None,
    until: date | None = None,
    sample: bool | None = None,
) -> int:
    """How many documents these filters leave."""
    query = select(func.count()).select_from(DocumentRow)
    for condition in _filter(q, publisher, since, until, sample):
        query = query.where(condition)
    with planned_for_words(session, q):
        return session.execute(query).scalar_one()


def list_publishers(session: Session) -> tuple[str, ...]:
    """Every publisher of a document, by name."""
    query = select(DocumentRow.publisher).where(DocumentRow.publisher.is_not(None)).distinct()
    return tuple(sorted(name for name in session.execute(query).scalars() if name))


def cells_of_samples(session: Session) -> frozenset[tuple[str, str]]:
    """Who says something on which question in a sample."""
    query = (
        select(StatementRow.actor, StatementRow.question)
        .join(DocumentRow, DocumentRow.id == StatementRow.document_id)
        .where(DocumentRow.sample)
        .distinct()
    )
    return frozenset((actor, question) for actor, question in session.execute(query))


def remove_samples(session: Session) -> int:
    """Remove the sample documents with all that hangs on them; how many there were.

    Positions that a sample decided go with it; the caller derives what is left (`jobs.remove_samples`).
    """
    samples = select(DocumentRow.id).where(DocumentRow.sample).scalar_subquery()
    statements = select(StatementRow.id).where(StatementRow.document_id.in_(samples)).scalar_subquery()
    session.execute(delete(ReviewRow).where(ReviewRow.statement_id.in_(statements)))
    session.execute(delete(StatementRow).where(StatementRow.document_id.in_(samples)))
    removed = session.execute(delete(DocumentRow).where(DocumentRow.sample).returning(DocumentRow.id)).all()
    held = select(DocumentRow.id).where(DocumentRow.story_id == StoryRow.id).exists()
    session.execute(delete(StoryRow).where(~held))
    return len(removed)


def remove_silent_proposed(session: Session) -> int:
    """Remove the actors that extraction proposed and no statement names any more; how many."""
    silent = and_(
        ActorRow.proposed, ~select(StatementRow.id).where(StatementRow.actor == ActorRow.slug).exists()
    )
    slugs = session.execute(select(ActorRow.slug).where(silent)).scalars().all()
    session.execute(delete(ActorName).where(ActorName.actor.in_(slugs)))
    session.execute(delete(ActorRow).where(ActorRow.slug.in_(slugs)))
    return len(slugs)


def _filter(
    q: str, publisher: str | None, since: date | None, until: date | None, sample: bool | None
) -> list[Any]:
    conditions: list[Any] = []
    if q:
        conditions.append(matches(DocumentRow.search, q))
    if publisher is not None:
        conditions.append(DocumentRow.publisher == publisher)
    if since is not None:
        conditions.append(DocumentRow.published >= since)
    if until is not None:
        conditions.append(DocumentRow.published <= until)
    if sample is not None:
        conditions.append(DocumentRow.sample.is_(sample))
    return conditions


def _select_documents(*more: Any) -> AnySelect:
    statements = (
        select(func.count())
        .where(StatementRow.document_id == DocumentRow.id, StatementRow.withdrawn.is_(None))
        .scalar_subquery()
        .label("statements")
    )
    return select(
        DocumentRow.id,
        DocumentRow.number,
        DocumentRow.title,
        DocumentRow.publisher,
        DocumentRow.author,
        DocumentRow.address,
        DocumentRow.published,
        DocumentRow.date_basis,
        DocumentRow.retrieved,
        DocumentRow.how,
        DocumentRow.language,
        DocumentRow.text_hash,
        DocumentRow.story_id,
        DocumentRow.extractor,
        DocumentRow.characters,
        DocumentRow.sample,
        statements,
        *more,
    )


def _make_record(row: AnyRow, *, body: str = "") -> DocumentRecord:
    return DocumentRecord(
        id=row.id,
        number=row.number,
        title=row.title,
        publisher=row.publisher,
        author=row.author,
        address=row.address,
        published=row.published,
        date_basis=DateBasis(row.date_basis),
        retrieved=row.retrieved,
        how=row.how,
        language=row.language,
        text_hash=row.text_hash,
        story=row.story_id,
        extractor=row.extractor,
        characters=row.characters,
        statements=row.statements,
        sample=row.sample,
        text=body,
    )
