"""Actors: who can hold a position."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BeforeValidator, Field

from app.queries import registry
from app.records import Actor, ActorKind, Office, OfficeKind, Page, Tenure
from app.serve.api.answers import Answer, Listed
from app.serve.api.names import check_names
from app.serve.etags import Revision
from app.serve.filters import Day, Text, choice_schema, read_choice, read_countries, today
from app.serve.formats import WantedForm, answer_item
from app.serve.listing import Listing, WantedPage, answer_list
from app.serve.loaders import load_known
from app.serve.session import ReadSession

router = APIRouter(prefix="/actors", tags=["Registry"])


class ActorShown(Answer):
    """A person, a state, an institution or an alliance."""

    slug: str = Field(examples=["olaf-scholz"])
    name: str = Field(examples=["Olaf Scholz"])
    kind: ActorKind
    country: str | None = Field(examples=["DE"])
    aliases: list[str] = Field(examples=[["Scholz"]])
    """Other spellings under which texts name it."""
    wikidata: str | None = Field(examples=["Q61053"])


class TenureShown(Answer):
    """An office held over a time."""

    office: str = Field(examples=["de-chancellor"])
    title: str = Field(examples=["Chancellor of Germany"])
    country: str = Field(examples=["DE"])
    """The state by ISO code, or the alliance by slug."""
    kind: OfficeKind
    since: date | None = Field(examples=["2021-12-08"])
    """The first day; null where it is not known."""
    until: date | None = Field(examples=["2025-05-06"])
    """The first day no longer; null while it lasts, or where it is not known."""


class ActorDetail(ActorShown):
    """An actor with the offices held."""

    tenures: list[TenureShown]


class ActorList(Listed):
    """A page of actors."""

    on: date
    """The day on which membership of an alliance counts."""
    items: list[ActorShown]


@router.get("", summary="Actors", response_model=ActorList)
def list_actors(
    request: Request,
    wanted: WantedPage,
    _: Revision,
    session: ReadSession,
    *,
    q: Annotated[Text, Query(description="Part of a name or of another spelling.", examples=["Scholz"])] = "",
    kind: Annotated[
        ActorKind | None,
        BeforeValidator(read_choice),
        choice_schema(ActorKind),
        Query(description="Only persons, states, institutions or alliances."),
    ] = None,
    country: Annotated[
        str,
        BeforeValidator(lambda value: "".join(read_countries([value])[:1])),
        Query(description="Only of this country, by ISO 3166-1 code of two letters.", examples=["DE"]),
    ] = "",
    alliance: Annotated[
        Text, Query(description="Only of states that belong to it on the day `on`.", examples=["nato"])
    ] = "",
    on: Annotated[Day, Query(description="The day of membership. Today unless given.")] = None,
) -> Response:
    """Who can hold a position: the register, and those whom texts named and the register does not know."""
    day = on or today()
    check_names(
        session,
        country=[country] if country else [],
        alliance=[alliance.lower()] if alliance else [],
    )

    def fetch(cursor: str | None, limit: int) -> Page[Actor]:
        return registry.list_actors(
            session,
            q=q,
            kind=kind,
            country=country or None,
            alliance=alliance.lower() or None,
            on=day,
            cursor=cursor,
            limit=limit,
        )

    return answer_list(
        request,
        wanted,
        Listing(
            name="actors",
            row=ActorShown,
            fetch=fetch,
            show=ActorShown.model_validate,
            wrap=lambda rows, cursor: ActorList(items=rows, next=cursor, on=day),
        ),
    )


@router.get("/{actor}", summary="One actor, with the offices held", response_model=ActorDetail)
def get_actor(request: Request, actor: str, form: WantedForm, _: Revision, session: ReadSession) -> Response:
    """One actor by its slug."""
    found = load_known(session).actor(actor.lower())
    held = registry.list_tenures(session, found.slug)
    return answer_item(request, form, "actor", show_actor(found, held))


def show_actor(actor: Actor, held: tuple[tuple[Office, Tenure], ...]) -> ActorDetail:
    return ActorDetail(
        slug=actor.slug,
        name=actor.name,
        kind=actor.kind,
        country=actor.country,
        aliases=list(actor.aliases),
        wikidata=actor.wikidata,
        tenures=[
            TenureShown(
                office=office.slug,
                title=office.title,
                country=office.country,
                kind=office.kind,
                since=tenure.since,
                until=tenure.until,
            )
            for office, tenure in held
        ],
    )
