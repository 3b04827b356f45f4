"""Where actors stand: the derived rows written whole, and read by day, by actor, by change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date
from itertools import starmap
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Date, delete, func, insert, or_, select, text, tuple_
from sqlalchemy.orm import Session

from app.models import ActorRow, PositionRow
from app.queries._membership import belongs_to
from app.queries._pages import cap_limit, decode_cursor, make_page
from app.queries._rows import WHOLE_ROWS, AnyRow, AnySelect
from app.records import Change, Page, Position, Stance

Cell = tuple[str, str]  # actor and question

CELLS = "(select * from unnest(cast(:actors as text[]), cast(:questions as text[])))"
# A matrix makes thousands of these, and looking a value up costs a fifth of calling the enum.
STANCES = {stance.value: stance for stance in Stance}
# Rows that one statement inserts: enough to be quick, few enough to stay within the protocol's limits.
CHUNK = 2000


def replace_positions(session: Session, cells: Collection[Cell], positions: Iterable[Position]) -> None:
    """These positions in place of all that these cells had."""
    ordered = sorted(cells)
    session.execute(
        text(f"delete from position where (actor, question) in {CELLS}"),
        {"actors": [actor for actor, _ in ordered], "questions": [question for _, question in ordered]},
    )
    _insert(session, positions)


def replace_all_positions(session: Session, positions: Iterable[Position]) -> int:
    """These positions in place of all there are; how many. Readers see the old ones until the commit."""
    session.execute(delete(PositionRow))
    return _copy(session, positions)


def positions_as_of(
    session: Session, *, as_of: date, questions: Sequence[str] = (), actors: Sequence[str] = ()
) -> tuple[Position, ...]:
    """The position of every cell at the end of a day, by question and actor: what a matrix reads."""
    query = _select_rows(PositionRow).where(_valid_on(as_of))
    if questions:
        query = query.where(PositionRow.question.in_(questions))
    if actors:
        query = query.where(PositionRow.actor.in_(actors))
    rows = session.execute(query.order_by(PositionRow.question, PositionRow.actor))
    return tuple(starmap(_unpack, rows))


def positions_of(
    session: Session, *, actors: Sequence[str] = (), questions: Sequence[str] = ()
) -> tuple[Position, ...]:
    """The whole timelines, row by row as derived, by question, actor and day."""
    query = _select_rows(PositionRow)
    if questions:
        query = query.where(PositionRow.question.in_(questions))
    if actors:
        query = query.where(PositionRow.actor.in_(actors))
    key = (PositionRow.question, PositionRow.actor, PositionRow.valid_from)
    return tuple(starmap(_unpack, session.execute(query.order_by(*key))))


def list_positions(
    session: Session,
    *,
    actor: Sequence[str] = (),
    question: Sequence[str] = (),
    country: Sequence[str] = (),
    alliance: Sequence[str] = (),
    as_of: date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Position]:
    """Positions as a reader counts them: rows that share `since` are one, from its first day to its end.

    The other fields are those of its last row, or with `as_of` of the row of that day. With `alliance`,
    the states that belonged to it on `as_of`, or else on the day the position began.
    """
    limit = cap_limit(limit)
    whole: AnySelect = select(
        *(getattr(PositionRow, name) for name in (*_FIELDS, "valid_from")),
        func.max(PositionRow.valid_to).over(partition_by=_SPAN).label("ends"),
        func.row_number().over(partition_by=_SPAN, order_by=PositionRow.valid_from.desc()).label("from_last"),
    )
    for condition in _filter(actor, question, country):
        whole = whole.where(condition)
    if as_of is not None:
        # The row of the day is enough for one end of the span, and the other needs the rows after it.
        whole = whole.where(PositionRow.since <= as_of, PositionRow.valid_to > as_of)
    if alliance:
        whole = _join_actor(whole).where(belongs_to(alliance, as_of or PositionRow.since))
    span = whole.subquery()
    query = select(
        *(span.c[name] for name in _FIELDS),
        span.c.since.label("valid_from"),
        func.nullif(span.c.ends, text("'infinity'::date"), type_=Date).label("valid_to"),
    )
    query = query.where(span.c.from_last == 1 if as_of is None else span.c.valid_from <= as_of)
    if cursor is not None:
        key = decode_cursor(cursor, str, str, date.fromisoformat)
        query = query.where(tuple_(span.c.question, span.c.actor, span.c.since) > tuple_(*key))
    query = query.order_by(span.c.question, span.c.actor, span.c.since).limit(limit + 1)
    found = list(map(_make_position, session.execute(query)))
    return make_page(found, limit, lambda position: (position.question, position.actor, position.since))


def list_changes(
    session: Session,
    *,
    actor: Sequence[str] = (),
    question: Sequence[str] = (),
    country: Sequence[str] = (),
    alliance: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Change]:
    """Who moved, the latest first. With `alliance`, states that belonged to it on the day they moved.

    `since` and `until` are inclusive.
    """
    limit = cap_limit(limit)
    pairs = select(
        PositionRow.actor,
        PositionRow.question,
        PositionRow.valid_from.label("day"),
        PositionRow.stance,
        PositionRow.decided_by,
        func.lag(PositionRow.stance)
        .over(partition_by=_CELL, order_by=PositionRow.valid_from)
        .label("before"),
        func.lag(PositionRow.decided_by)
        .over(partition_by=_CELL, order_by=PositionRow.valid_from)
        .label("decided_before"),
    )
    for condition in _filter(actor, question, country):
        pairs = pairs.where(condition)
    pair = pairs.subquery()
    query: AnySelect = select(pair).where(pair.c.before.is_not(None), pair.c.before != pair.c.stance)
    if since is not None:
        query = query.where(pair.c.day >= since)
    if until is not None:
        query = query.where(pair.c.day <= until)
    if alliance:
        joined = query.join(ActorRow, ActorRow.slug == pair.c.actor)
        query = joined.where(belongs_to(alliance, pair.c.day))
    if cursor is not None:
        day, *cell = decode_cursor(cursor, date.fromisoformat, str, str)
        later = tuple_(pair.c.actor, pair.c.question) > tuple_(*cell)
        query = query.where(or_(pair.c.day < day, (pair.c.day == day) & later))
    query = query.order_by(pair.c.day.desc(), pair.c.actor, pair.c.question).limit(limit + 1)
    found = list(map(_make_change, session.execute(query)))
    return make_page(found, limit, lambda change: (change.on, change.actor, change.question))


_CELL = (PositionRow.actor, PositionRow.question)
_SPAN = (*_CELL, PositionRow.since)
_FIELDS = (
    *("actor", "question", "stance", "since", "statements", "confirmed", "contested"),
    *("decided_by", "latest_on", "holder"),
)


def _before(column: Any) -> ColumnElement[Any]:
    """The column in the cell's row before this one."""
    return func.lag(column).over(partition_by=_CELL, order_by=PositionRow.valid_from)


def _valid_on(day: date) -> ColumnElement[bool]:
    """Rows of the day; the database has `infinity` for a row without an end, which is after every day."""
    return (PositionRow.valid_from <= day) & (PositionRow.valid_to > day)


def _filter(
    actor: Sequence[str], question: Sequence[str], country: Sequence[str]
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if actor:
        conditions.append(PositionRow.actor.in_(actor))
    if question:
        conditions.append(PositionRow.question.in_(question))
    if country:
        of_country = select(ActorRow.slug).where(ActorRow.country.in_(country))
        conditions.append(PositionRow.actor.in_(of_country))
    return conditions


def _join_actor(query: AnySelect) -> AnySelect:
    return query.join(ActorRow, ActorRow.slug == PositionRow.actor)


def _select_rows(table: type[PositionRow]) -> AnySelect:
    """Columns in the order of the record's fields, as `_unpack` takes them."""
    return select(*(getattr(table, field.name) for field in fields(Position)))


def _insert(session: Session, positions: Iterable[Position]) -> int:
    rows: list[dict[str, Any]] = [asdict(position) for position in positions]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(PositionRow), rows[start : start + CHUNK], execution_options=WHOLE_ROWS)
    return len(rows)


def _copy(session: Session, positions: Iterable[Position]) -> int:
    """All rows at once, by COPY: four times as fast as inserting, which for an archive is minutes."""
    names = (*_FIELDS, "valid_from", "valid_to")
    read = attrgetter(*names[:-1])
    driver = session.connection().connection.driver_connection
    assert driver is not None
    count = 0
    with driver.cursor() as cursor, cursor.copy(f"copy position ({', '.join(names)}) from stdin") as target:
        for position in positions:
            target.write_row((*read(position), position.valid_to or "infinity"))
            count += 1
    return count


def _unpack(actor: str, question: str, stance: str, *rest: Any) -> Position:
    """The whole matrix goes through here: by place costs a quarter of asking a row for each name."""
    return Position(actor, question, STANCES[stance], *rest)


def _make_position(row: AnyRow) -> Position:
    return Position(
        actor=row.actor,
        question=row.question,
        stance=STANCES[row.stance],
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        since=row.since,
        statements=row.statements,
        confirmed=row.confirmed,
        contested=row.contested,
        decided_by=row.decided_by,
        latest_on=row.latest_on,
        holder=row.holder,
    )


def _make_change(row: AnyRow) -> Change:
    return Change(
        actor=row.actor,
        question=row.question,
        on=row.day,
        before=Stance(row.before),
        after=Stance(row.stance),
        statement_before=row.decided_before,
        statement_after=row.decided_by,
    )
