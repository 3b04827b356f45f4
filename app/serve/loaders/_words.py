"""Changes and bands with their words: positions name statements by id, a reader wants to read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.positions import Timelines, find_changes, join_rows
from app.queries.behind import find_statements
from app.records import Actor, Change, Evidence, Position, Question, StatementRecord
from app.registers import Registry
from app.serve.views import Band, ChangeView, Segment

Words = Mapping[UUID, StatementRecord]


def load_changes(
    session: Session, positions: Sequence[Position], registry: Registry, *, most: int | None = None
) -> tuple[ChangeView, ...]:
    """The changes in these positions with the statements before and after, the latest first."""
    changes = find_changes(positions)[::-1][:most]
    ids = {uuid for change in changes for uuid in (change.statement_before, change.statement_after)}
    words = find_statements(session, ids)
    timelines = Timelines(positions)
    return tuple(_view_change(change, words, timelines, registry) for change in changes)


def load_bands(
    session: Session,
    questions: Iterable[Question],
    timelines: Mapping[str, Sequence[Position]],
    dots: Mapping[str, Sequence[Evidence]],
    registry: Registry,
    *,
    on: date,
) -> tuple[Band, ...]:
    """One band for each question with a position, from its rows and its statements."""
    joined = {question.slug: join_rows(timelines.get(question.slug, ())) for question in questions}
    words = find_statements(session, {part[0].decided_by for parts in joined.values() for part in parts})
    return tuple(
        _make_band(question, joined[question.slug], dots.get(question.slug, ()), words, registry, on=on)
        for question in questions
        if joined[question.slug]
    )


def actor_of(slug: str | None, registry: Registry) -> Actor | None:
    return registry.actors.get(slug) if slug is not None else None


def _view_change(change: Change, words: Words, timelines: Timelines, registry: Registry) -> ChangeView:
    rows = timelines.rows(change.actor, change.question)
    before = [row for row in rows if row.valid_from < change.on][-1]
    after = timelines.at(change.actor, change.question, change.on)
    offices = registry.offices_of(change.actor, change.on)
    return ChangeView(
        change=change,
        actor=registry.actors[change.actor],
        office=offices[0].title if offices else None,
        before=words.get(change.statement_before),
        after=words.get(change.statement_after),
        holder_before=actor_of(before.holder, registry),
        holder_after=actor_of(after.holder if after is not None else None, registry),
    )


def _make_band(
    question: Question,
    parts: Sequence[Sequence[Position]],
    dots: Sequence[Evidence],
    words: Words,
    registry: Registry,
    *,
    on: date,
) -> Band:
    segments = tuple(
        Segment(
            stance=part[0].stance,
            first=part[0].valid_from,
            until=part[-1].valid_to,
            holder=actor_of(part[0].holder, registry),
            contested=any(row.contested for row in part),
            confirmed=part[-1].confirmed,
            statement=words.get(part[0].decided_by),
        )
        for part in parts
    )
    last = segments[-1]
    holds_on = last.until is None or on < last.until
    said = sorted((one for one in dots if one.said_on <= on), key=lambda one: (one.said_on, one.id))
    return Band(question, segments, tuple(said), now=last.stance if holds_on else None)
