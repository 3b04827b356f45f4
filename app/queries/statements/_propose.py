"""What extraction found in a document becomes statements, beside what people decided.

A document may be read again, by a better extractor. Then

- what is proposed as before stays the row it was, with its address and the day it became known;
- what is proposed no longer, or differently, is withdrawn: kept for past views, left out of new ones;
- what a person confirmed, corrected or rejected stays as decided, and a proposal about the same passage
  is not made again: a rejected one would otherwise come back with a span one word longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import DocumentRow, StatementRow, make_key
from app.queries._rows import WHOLE_ROWS, AnyRow
from app.queries.documents import mark_extracted
from app.queries.registry import propose_actor
from app.queries.statements._records import write_spans
from app.records import Proposal, Status

Cell = tuple[str, str]  # actor and question


@dataclass(frozen=True, slots=True)
class _Passage:
    """Who says something on what, where: what makes two statements the same one."""

    actor: str
    question: str
    start: int
    end: int

    def overlaps(self, other: _Passage) -> bool:
        """Whether both are the same actor's on the same question and share half of the shorter one."""
        if (self.actor, self.question) != (other.actor, other.question):
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared >= min(self.end - self.start, other.end - other.start)


def save_proposals(
    session: Session, document: UUID, proposals: Sequence[Proposal], *, extractor: str
) -> list[Cell]:
    """Store what was found in a document; the cells whose statements have changed, to derive again."""
    found = session.execute(
        select(DocumentRow.text, DocumentRow.published).where(DocumentRow.id == document).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound("document", document)
    wanted = _prepare(session, proposals, found.published)
    existing = session.execute(_select_live(document)).all()
    decided = [passage for row in existing if row.status != Status.PROPOSED for passage in _passages(row)]
    for passage in [key for key in wanted if any(map(key.overlaps, decided))]:
        del wanted[passage]
    dirty: set[Cell] = set()
    withdrawn: list[UUID] = []
    for row in existing:
        if row.status != Status.PROPOSED:
            continue
        passage = _Passage(row.actor, row.question, row.span_start, row.span_end)
        if passage in wanted and wanted[passage] == row.original:
            del wanted[passage]
            continue
        withdrawn.append(row.id)
        dirty.add((row.actor, row.question))
    if withdrawn:
        gone = update(StatementRow).where(StatementRow.id.in_(withdrawn))
        session.execute(gone.values(withdrawn=func.now()))
    if wanted:
        rows = [_make_row(document, found.text, values, extractor) for values in wanted.values()]
        session.execute(insert(StatementRow), rows, execution_options=WHOLE_ROWS)
        dirty |= {(passage.actor, passage.question) for passage in wanted}
    mark_extracted(session, document, extractor)
    return sorted(dirty)


def _prepare(
    session: Session, proposals: Iterable[Proposal], published: date
) -> dict[_Passage, dict[str, Any]]:
    """The proposals by passage, each as it will be kept for ever; of two alike the more confident one."""
    wanted: dict[_Passage, dict[str, Any]] = {}
    for proposal in sorted(proposals, key=lambda proposal: -proposal.confidence):
        actor = proposal.actor or propose_actor(
            session,
            proposal.speaker,
            proposal.kind,
            country=proposal.country,
            description=proposal.description,
        )
        passage = _Passage(actor, proposal.question, proposal.start, proposal.end)
        wanted.setdefault(passage, _describe(proposal, actor, proposal.said_on or published))
    return wanted


def _describe(proposal: Proposal, actor: str, said_on: date) -> dict[str, Any]:
    return {
        "speaker": proposal.speaker,
        "actor": actor,
        "question": proposal.question,
        "stance": proposal.stance.value,
        "attribution": proposal.attribution.value,
        "via": proposal.via,
        "scope": proposal.scope,
        "start": proposal.start,
        "end": proposal.end,
        "said_on": said_on.isoformat(),
        "confidence": float(proposal.confidence),
        "source": write_spans(proposal.source),
        "cue": write_spans(proposal.cue),
        "content": write_spans(proposal.content),
    }


def _make_row(document: UUID, text: str, values: dict[str, Any], extractor: str) -> dict[str, Any]:
    start, end = values["start"], values["end"]
    same = ("actor", "question", "stance", "attribution", "via", "scope", "source", "cue", "content")
    return {
        **{name: values[name] for name in (*same, "confidence")},
        "id": make_key(),
        "document_id": document,
        "span_start": start,
        "span_end": end,
        "evidence": text[start:end],
        "said_on": date.fromisoformat(values["said_on"]),
        "extractor": extractor,
        "original": values,
    }


def _select_live(document: UUID) -> Any:
    return select(
        StatementRow.id,
        StatementRow.actor,
        StatementRow.question,
        StatementRow.span_start,
        StatementRow.span_end,
        StatementRow.status,
        StatementRow.original,
    ).where(StatementRow.document_id == document, StatementRow.withdrawn.is_(None))


def _passages(row: AnyRow) -> tuple[_Passage, _Passage]:
    """Where a decided statement stands now, and where the machine had put it."""
    original = row.original
    return (
        _Passage(row.actor, row.question, row.span_start, row.span_end),
        _Passage(original["actor"], original["question"], original["start"], original["end"]),
    )
