"""Positions: where actors stand, from when until when, derived from statements; and their changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.queries import positions
from app.records import Change, Page, Position, Stance
from app.serve.api.answers import Answer, ListedOn
from app.serve.etags import Revision
from app.serve.filters import Actors, Alliances, AsOf, Day, Flag, InCountries, Questions, check_order, today
from app.serve.listing import Listing, WantedPage, answer_list
from app.serve.session import ReadSession

router = APIRouter(prefix="/positions", tags=["Positions"])


class PositionShown(Answer):
    """Where an actor stands on a question over a time."""

    actor: str = Field(examples=["emmanuel-macron"])
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
            show=PositionShown.model_validate,
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
            show=ChangeShown.model_validate,
            wrap=lambda rows, cursor: ChangeList(items=rows, next=cursor, as_of=last),
        ),
    )
