"""Alliances, and which states belong to them on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.errors import NotFound
from app.records import Alliance, Page
from app.registers import Registry, holds_on
from app.serve.api.answers import Answer, Listed
from app.serve.etags import Revision
from app.serve.filters import Day, today
from app.serve.formats import Form, WantedForm, answer_json, answer_rows
from app.serve.listing import Listing, WantedPage, answer_list, page_of
from app.serve.loaders import load_known
from app.serve.session import ReadSession

router = APIRouter(prefix="/alliances", tags=["Registry"])

On = Annotated[
    Day, Query(description="The day of the membership. Today unless given.", examples=["2024-03-07"])
]


class AllianceShown(Answer):
    """An alliance and its members on a day."""

    slug: str = Field(examples=["nato"])
    name: str = Field(examples=["NATO"])
    members: list[str] = Field(examples=[["BE", "CA", "DE"]])
    """The member states on the day, by ISO 3166-1 code."""


class AllianceList(Listed):
    """A page of alliances."""

    on: date = Field(examples=["2024-03-07"])
    """The day of the membership."""
    items: list[AllianceShown]


class MemberShown(Answer):
    """A state that belongs to an alliance."""

    country: str = Field(examples=["SE"])
    name: str = Field(examples=["Sweden"])
    since: date | None = Field(examples=["2024-03-07"])
    until: date | None
    """The first day no longer; null while it lasts."""


class AllianceDetail(Answer):
    """An alliance with its members on a day."""

    slug: str = Field(examples=["nato"])
    name: str = Field(examples=["NATO"])
    on: date = Field(examples=["2024-03-07"])
    """The day of the membership."""
    members: list[MemberShown]


@router.get("", summary="Alliances and their members on a day", response_model=AllianceList)
def list_alliances(
    request: Request, wanted: WantedPage, _: Revision, session: ReadSession, *, on: On = None
) -> Response:
    """Every alliance with its member states on the day `on`."""
    day = on or today()
    register = load_known(session).registry
    alliances = sorted(register.alliances.values(), key=lambda alliance: alliance.slug)

    def fetch(cursor: str | None, limit: int) -> Page[Alliance]:
        return page_of(alliances, lambda alliance: alliance.slug, cursor, limit)

    def show(alliance: Alliance) -> AllianceShown:
        members = list(register.members(alliance.slug, day))
        return AllianceShown(slug=alliance.slug, name=alliance.name, members=members)

    return answer_list(
        request,
        wanted,
        Listing(
            name="alliances",
            row=AllianceShown,
            fetch=fetch,
            show=show,
            wrap=lambda rows, cursor: AllianceList(items=rows, next=cursor, on=day),
        ),
    )


@router.get("/{alliance}", summary="One alliance, with its members on a day", response_model=AllianceDetail)
def get_alliance(
    request: Request, alliance: str, form: WantedForm, _: Revision, session: ReadSession, *, on: On = None
) -> Response:
    """Who belonged to it that day. As CSV or NDJSON it has one row for each member."""
    register = load_known(session).registry
    found = register.alliances.get(alliance.lower())
    if found is None:
        raise NotFound("alliance", alliance[:80])
    detail = show_alliance(found, register, on or today())
    if form is Form.JSON:
        return answer_json(request, detail)
    return answer_rows(request, form, f"{found.slug}-{detail.on}", MemberShown, detail.members)


def show_alliance(alliance: Alliance, register: Registry, on: date) -> AllianceDetail:
    return AllianceDetail(
        slug=alliance.slug,
        name=alliance.name,
        on=on,
        members=[
            MemberShown(
                country=membership.country,
                name=register.countries[membership.country].name,
                since=membership.since,
                until=membership.until,
            )
            for membership in register.memberships
            if membership.alliance == alliance.slug and holds_on(membership.since, membership.until, on)
        ],
    )
