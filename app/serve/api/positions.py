"""Positions: where actors stand, from when until when, derived from statements; and their changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.queries import positions
from app.records import Change, Page, Position, Stance
from app.registers import Registry
from app.serve.api.answers import Answer, ListedOn
from app.serve.api.names import check_names
from app.serve.etags import Revision
from app.serve.filters import Actors, Alliances, AsOf, Day, Flag, InCountries, Questions, check_order, today
from app.serve.listing import Listing, WantedPage, answer_list
from app.serve.session import ReadSession

router = APIRouter(prefix="/positions", tags=["Positions"])


class PositionShown(Answer):
    """Where an actor stands on a question over a time."""

    actor: str = Field(examples=["emmanuel-macron"])
    actor_name: str = Field(examples=["Emmanuel Macron"])
    country: str | None = Field(examples=["FR"])
    question: str = Field(examples=["troops-ukraine"])
    stance: Stance
    since: date = Field(examples=["2024-02-26"])
    """The first day of this stance."""
    valid_from: date = Field(examples=["2024-02-26"])
    valid_to: date | None
    """The day another position begins; null: it still holds."""
    statements: int = Field(examples=[3])
    """How many statements it rests on; copies of one agency text count once."""
    confirmed: bool
    """Whether a person confirmed the deciding statement."""
    contested: bool
    """Whether statements of equal rank on the deciding day say opposite things."""
    decided_by: UUID
    """The deciding statement: `/statements/{id}`."""
    latest_on: date = Field(examples=["2024-05-03"])
    """The day of the deciding statement."""
    holder: str | None
    """The person whose position stands for a state, by slug; null when it is the actor's own."""


class PositionList(ListedOn):
    """A page of positions."""

    items: list[PositionShown]


class ChangeShown(Answer):
    """A move: two positions that follow each other and differ in stance."""

    actor: str = Field(examples=["joe-biden"])
    actor_name: str = Field(examples=["Joe Biden"])
    country: str | None = Field(examples=["US"])
    question: str = Field(examples=["long-range-strikes"])
    on: date = Field(examples=["2024-05-30"])
    before: Stance
    after: Stance
    statement_before: UUID
    statement_after: UUID


class ChangeList(ListedOn):
    """A page of changes, the last first."""

    items: list[ChangeShown]


@router.get("", summary="Positions on a day, or over all time", response_model=PositionList)
def list_positions(
    request: Request,
    wanted: WantedPage,
    _: Revision,
    session: ReadSession,
    *,
    actor: Actors = (),
    question: Questions = (),
    country: InCountries = (),
    alliance: Alliances = (),
    as_of: AsOf = None,
    history: Annotated[
        Flag, Query(description="Positions of all time, those that ended too; then `as_of` is left out.")
    ] = False,
) -> Response:
    """Where actors stand at the end of the day `as_of`. Who is silent has no position and is not listed."""
    day = as_of or today()
    known = check_names(session, question=question, actor=actor, alliance=alliance, country=country)

    def fetch(cursor: str | None, limit: int) -> Page[Position]:
        return positions.list_positions(
            session,
            actor=actor,
            question=question,
            country=country,
            alliance=alliance,
            as_of=None if history else day,
            cursor=cursor,
            limit=limit,
        )

    return answer_list(
        request,
        wanted,
        Listing(
            name="positions",
            row=PositionShown,
            fetch=fetch,
            show=lambda position: show_position(position, known.registry),
            wrap=lambda rows, cursor: PositionList(items=rows, next=cursor, as_of=day),
        ),
    )


@router.get("/changes", summary="Who moved, and when", response_model=ChangeList)
def list_changes(
    request: Request,
    wanted: WantedPage,
    _: Revision,
    session: ReadSession,
    *,
    actor: Actors = (),
    question: Questions = (),
    country: InCountries = (),
    alliance: Alliances = (),
    since: Annotated[Day, Query(alias="from", description="Moves on this day or later.")] = None,
    until: Annotated[Day, Query(description="Moves on this day or earlier. Today unless given.")] = None,
) -> Response:
    """Every move from one stance to another, with the statement before and the statement after."""
    last = until or today()
    check_order(since, last)
    known = check_names(session, question=question, actor=actor, alliance=alliance, country=country)

    def fetch(cursor: str | None, limit: int) -> Page[Change]:
        return positions.list_changes(
            session,
            actor=actor,
            question=question,
            country=country,
            alliance=alliance,
            since=since,
            until=last,
            cursor=cursor,
            limit=limit,
        )

    return answer_list(
        request,
        wanted,
        Listing(
            name="changes",
            row=ChangeShown,
            fetch=fetch,
            show=lambda change: show_change(change, known.registry),
            wrap=lambda rows, cursor: ChangeList(items=rows, next=cursor, as_of=last),
        ),
    )


def show_position(position: Position, registry: Registry) -> PositionShown:
    """A position with its actor's name and country beside the slug."""
    actor = registry.actors.get(position.actor)
    return PositionShown(
        actor=position.actor,
        actor_name=actor.name if actor else position.actor,
        country=actor.country if actor else None,
        question=position.question,
        stance=position.stance,
        since=position.since,
        valid_from=position.valid_from,
        valid_to=position.valid_to,
        statements=position.statements,
        confirmed=position.confirmed,
        contested=position.contested,
        decided_by=position.decided_by,
        latest_on=position.latest_on,
        holder=position.holder,
    )


def show_change(change: Change, registry: Registry) -> ChangeShown:
    """A change with its actor's name and country beside the slug."""
    actor = registry.actors.get(change.actor)
    return ChangeShown(
        actor=change.actor,
        actor_name=actor.name if actor else change.actor,
        country=actor.country if actor else None,
        question=change.question,
        on=change.on,
        before=change.before,
        after=change.after,
        statement_before=change.statement_before,
        statement_after=change.statement_after,
    )
