"""One actor on one question: the quotes, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.positions import find_voices
from app.queries.documents import count_documents
from app.queries.positions import positions_as_of
from app.queries.statements import list_statements
from app.records import Actor, ActorKind, Position, Stance, StatementFilters, StatementRecord, Status
from app.registers import Registry
from app.serve.loaders._known import load_known
from app.serve.loaders._speech import spoke_for
from app.serve.loaders._words import actor_of
from app.serve.views import CellView

# Nobody reads more quotes of one cell; the list of statements pages through all of them.
MOST_QUOTES = 500

# What a review rejected is not shown as this actor's words.
_SHOWN = (Status.PROPOSED, Status.CONFIRMED, Status.CORRECTED)
_OPPOSITE = {Stance.BACKS: Stance.REJECTS, Stance.REJECTS: Stance.BACKS}


def load_cell(session: Session, actor: str, question: str, as_of: date) -> CellView:
    """The quotes behind a cell as of a day; for a silent one, how many documents were searched."""
    known = load_known(session)
    registry = known.registry
    found, asked = known.actor(actor), known.question(question)
    standing = positions_as_of(session, as_of=as_of, questions=(question,), actors=(actor,))
    position = standing[0] if standing else None
    statements = _load_quotes(session, found, question, position, registry, as_of=as_of)
    offices = registry.offices_of(actor, as_of)
    return CellView(
        actor=found,
        country=registry.countries.get(found.country) if found.country else None,
        office=offices[0] if offices else None,
        question=asked,
        as_of=as_of,
        revision=known.revision,
        position=position,
        holder=actor_of(position.holder if position else None, registry),
        statements=statements,
        opposed=_find_opposed(statements, position),
        documents=len({said.document for said in statements}),
        searched=count_documents(session, until=as_of),
        confirmed=sum(said.status in (Status.CONFIRMED, Status.CORRECTED) for said in statements),
    )


def _load_quotes(
    session: Session,
    actor: Actor,
    question: str,
    position: Position | None,
    registry: Registry,
    *,
    as_of: date,
) -> tuple[StatementRecord, ...]:
    """The actor's own words; for a state also those of everybody said while in office, and all of the
    office-holder's whose position stands for it, who may have taken it before."""
    if actor.kind is not ActorKind.STATE or actor.country is None:
        return _list(session, (actor.slug,), question, as_of)
    voices = find_voices(registry, actor.country)
    slugs = {actor.slug} | {voice.actor for voice in voices if voice.actor}
    said = _list(session, tuple(sorted(slugs)), question, as_of)
    holder = position.holder if position is not None else None
    return tuple(
        one for one in said if one.actor == holder or spoke_for(voices, actor, one.actor, one.said_on)
    )


def _list(
    session: Session, actors: tuple[str, ...], question: str, as_of: date
) -> tuple[StatementRecord, ...]:
    filters = StatementFilters(actor=actors, question=(question,), status=_SHOWN, as_of=as_of)
    return list_statements(session, filters, limit=MOST_QUOTES).items


def _find_opposed(
    statements: Iterable[StatementRecord], position: Position | None
) -> tuple[StatementRecord, ...]:
    """What the deciding day has against the stance that a contested position is filed under."""
    if position is None or not position.contested:
        return ()
    speaker = position.holder or position.actor
    opposed = {_OPPOSITE[position.stance]} if position.stance in _OPPOSITE else set(_OPPOSITE)
    return tuple(
        said
        for said in statements
        if said.actor == speaker and said.said_on == position.latest_on and said.stance in opposed
    )
