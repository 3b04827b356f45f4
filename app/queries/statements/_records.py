"""The columns of a statement with what surrounds it, and the record made of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models import ActorRow, DocumentRow, QuestionRow, StatementRow
from app.queries._rows import AnyRow, AnySelect
from app.records import ActorKind, Attribution, Span, Stance, StatementRecord, Status


def select_statements() -> AnySelect:
    return (
        select(
            StatementRow.id,
            StatementRow.document_id,
            DocumentRow.number.label("document_number"),
            DocumentRow.title.label("document_title"),
            DocumentRow.publisher,
            DocumentRow.address,
            DocumentRow.published,
            StatementRow.actor,
            ActorRow.name.label("actor_name"),
            ActorRow.kind.label("actor_kind"),
            ActorRow.country,
            StatementRow.question,
            QuestionRow.title.label("question_title"),
            StatementRow.stance,
            StatementRow.attribution,
            StatementRow.via,
            StatementRow.scope,
            StatementRow.span_start,
            StatementRow.span_end,
            StatementRow.evidence,
            StatementRow.said_on,
            StatementRow.known_since,
            StatementRow.withdrawn,
            StatementRow.confidence,
            StatementRow.status,
            StatementRow.extractor,
            StatementRow.source,
            StatementRow.cue,
            StatementRow.content,
        )
        .join(DocumentRow, DocumentRow.id == StatementRow.document_id)
        .join(ActorRow, ActorRow.slug == StatementRow.actor)
        .join(QuestionRow, QuestionRow.slug == StatementRow.question)
    )


def make_statement(row: AnyRow) -> StatementRecord:
    return StatementRecord(
        id=row.id,
        document=row.document_id,
        document_number=row.document_number,
        document_title=row.document_title,
        publisher=row.publisher,
        address=row.address,
        published=row.published,
        actor=row.actor,
        actor_name=row.actor_name,
        actor_kind=ActorKind(row.actor_kind),
        country=row.country,
        question=row.question,
        question_title=row.question_title,
        stance=Stance(row.stance),
        attribution=Attribution(row.attribution),
        via=row.via,
        scope=row.scope,
        start=row.span_start,
        end=row.span_end,
        evidence=row.evidence,
        said_on=row.said_on,
        known_since=row.known_since,
        withdrawn=row.withdrawn,
        confidence=row.confidence,
        status=Status(row.status),
        extractor=row.extractor,
        source=read_spans(row.source),
        cue=read_spans(row.cue),
        content=read_spans(row.content),
    )


def read_spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def write_spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
