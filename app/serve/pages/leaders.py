"""The list of actors: who can hold a position, and who holds one today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator

from app.queries.positions import positions_as_of
from app.queries.registry import list_actors
from app.records import Actor, ActorKind, Page, Position
from app.registers import Registry
from app.serve.addresses import Pair, actor_address, country_address, query
from app.serve.filters import Text, read_choice, today
from app.serve.loaders import load_known
from app.serve.pages._lists import KINDS, ONE_OF_A_KIND, make_pager
from app.serve.pages._parts import (
    Alternate,
    Choice,
    Empty,
    Link,
    Pager,
    TakeAway,
    TallyPart,
    alternates_of,
    choose,
    take_away,
)
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.words import STANCES, agree, say_long_day

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ActorRow:
    href: str
    name: str
    kind: str
    country: str
    country_href: str
    office: str
    positions: tuple[TallyPart, ...]


@dataclass(frozen=True, slots=True)
class ActorsPage:
    title: str
    alternates: tuple[Alternate, ...]
    lede: str
    take: TakeAway
    q: str
    choices: tuple[Choice, ...]
    clear: bool
    rows: tuple[ActorRow, ...]
    pager: Pager
    empty: Empty
    citation: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked of the list."""

    q: str
    kind: ActorKind | None
    country: str
    alliance: str
    cursor: str | None

    def pairs(self) -> list[Pair]:
        named = (
            ("q", self.q),
            ("kind", self.kind or ""),
            ("country", self.country),
            ("alliance", self.alliance),
        )
        return [(name, str(value)) for name, value in named if value]


@router.get("/actors", response_class=HTMLResponse)
def show_actors(
    request: Request,
    session: ReadSession,
    *,
    q: Text = "",
    kind: Annotated[ActorKind | None, BeforeValidator(read_choice)] = None,
    country: Text = "",
    alliance: Text = "",
    cursor: Annotated[str | None, Query(max_length=300)] = None,
) -> HTMLResponse:
    asked = Asked(q, kind, country.upper(), alliance.lower(), cursor or None)
    found = list_actors(
        session,
        q=asked.q,
        kind=asked.kind,
        country=asked.country or None,
        alliance=asked.alliance or None,
        on=today(),
        cursor=asked.cursor,
    )
    slugs = tuple(actor.slug for actor in found.items)
    standing = positions_as_of(session, as_of=today(), actors=slugs) if slugs else ()
    page = make_page(found, standing, load_known(session).registry, asked, base=base_of(request))
    return render(request, "actors.html", page, here="/actors")


def make_page(
    found: Page[Actor], standing: tuple[Position, ...], registry: Registry, asked: Asked, *, base: str
) -> ActorsPage:
    permanent = f"/actors{query(asked.pairs())}"
    take = take_away("list", f"/api/v1/actors{query(asked.pairs())}", permanent=permanent)
    held: dict[str, Counter[str]] = {}
    for position in standing:
        held.setdefault(position.actor, Counter())[position.stance.value] += 1
    countries = sorted(
        ((iso, country.name) for iso, country in registry.countries.items()), key=lambda p: p[1]
    )
    alliances = sorted(((slug, one.name) for slug, one in registry.alliances.items()), key=lambda p: p[1])
    return ActorsPage(
        title="Leaders",
        alternates=alternates_of(take),
        lede=(
            "Everybody and everything that can hold a position, by name, with the office held and the "
            f"positions on {say_long_day(today())}."
        ),
        take=take,
        q=asked.q,
        choices=(
            choose("a-kind", "kind", "Kind", [("", "All"), *KINDS.items()], asked.kind or ""),
            choose("a-country", "country", "Country", [("", "All"), *countries], asked.country),
            choose("a-alliance", "alliance", "Alliance", [("", "All"), *alliances], asked.alliance),
        ),
        clear=bool(asked.pairs()),
        rows=tuple(_make_row(actor, held.get(actor.slug, {}), registry) for actor in found.items),
        pager=make_pager("/actors", asked.pairs(), found.next, asked.cursor),
        empty=Empty(
            "Nobody matches these filters",
            ("Names are found by any part and any spelling that is held.",),
            (Link("/actors", "Clear all filters"),),
        ),
        citation=f"Demarche, “Leaders”, {say_long_day(today())}. {base}{permanent}",
    )


def _make_row(actor: Actor, held: Mapping[str, int], registry: Registry) -> ActorRow:
    country = registry.countries.get(actor.country or "")
    offices = registry.offices_of(actor.slug, today())
    return ActorRow(
        href=actor_address(actor.slug),
        name=actor.name,
        kind=ONE_OF_A_KIND[actor.kind],
        country=country.name if country else "",
        country_href=country_address(country.iso2) if country else "",
        office=offices[0].title if offices else "",
        positions=tuple(
            TallyPart(word, held[word.slug], agree(word, held[word.slug]))
            for word in STANCES
            if held.get(word.slug)
        ),
    )
