"""Offices: the posts from which people speak for states and alliances, and who holds them on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.records import Office, OfficeKind, Page
from app.registers import Registry
from app.serve.api.answers import Answer, Listed
from app.serve.api.names import check_names
from app.serve.etags import Revision
from app.serve.filters import Countries, Day, Slugs, today
from app.serve.listing import Listing, WantedPage, answer_list, page_of
from app.serve.session import ReadSession

router = APIRouter(prefix="/offices", tags=["Registry"])


class OfficeShown(Answer):
    """A post and who holds it."""

    slug: str = Field(examples=["de-chancellor"])
    title: str = Field(examples=["Chancellor of Germany"])
    country: str = Field(examples=["DE"])
    """The state by ISO code, or the alliance by slug."""
    kind: OfficeKind
    rank: int = Field(examples=[1])
    """Whose word goes first for the state: 1 before 2."""
    press_titles: list[str] = Field(examples=[["German Chancellor", "the chancellor"]])
    """How the press calls its holder."""
    holders: list[str] = Field(examples=[["olaf-scholz"]])
    """Who holds it on the day, by slug; more than one where it is shared."""


class OfficeList(Listed):
    """A page of offices."""

    on: date = Field(examples=["2024-02-27"])
    """The day on which the holders hold it."""
    items: list[OfficeShown]


@router.get("", summary="Offices and who holds them on a day", response_model=OfficeList)
def list_offices(
    request: Request,
    wanted: WantedPage,
    _: Revision,
    session: ReadSession,
    *,
    country: Annotated[
        Countries, Query(description="Only offices of these states, by ISO code.", examples=[["DE"]])
    ] = (),
    alliance: Annotated[
        Slugs, Query(description="Only offices of these alliances, by slug.", examples=[["nato"]])
    ] = (),
    on: Annotated[
        Day, Query(description="The day of the holders. Today unless given.", examples=["2024-02-27"])
    ] = None,
) -> Response:
    """Every office, by country and rank. Who was chancellor that day? `?country=DE&on=2024-02-27`."""
    day = on or today()
    register = check_names(session, country=country, alliance=alliance).registry
    offices = sort_offices(register, (*country, *alliance))

    def fetch(cursor: str | None, limit: int) -> Page[Office]:
        return page_of(offices, lambda office: office.slug, cursor, limit)

    return answer_list(
        request,
        wanted,
        Listing(
            name="offices",
            row=OfficeShown,
            fetch=fetch,
            show=lambda office: show_office(office, register, day),
            wrap=lambda rows, cursor: OfficeList(items=rows, next=cursor, on=day),
        ),
    )


def sort_offices(register: Registry, owners: tuple[str, ...]) -> list[Office]:
    chosen = (office for office in register.offices.values() if not owners or office.country in owners)
    return sorted(chosen, key=lambda office: (office.country, office.rank, office.slug))


def show_office(office: Office, register: Registry, on: date) -> OfficeShown:
    return OfficeShown(
        slug=office.slug,
        title=office.title,
        country=office.country,
        kind=office.kind,
        rank=office.rank,
        press_titles=list(office.press_titles),
        holders=[actor.slug for actor in register.holders(office.slug, on)],
    )
