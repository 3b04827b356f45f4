"""The list of leaders: those who hold a position today, or, when asked, everybody in the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
from app.serve.filters import Flag, Text, read_choice, today
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
from app.serve.words import STANCES, agree, count, say_long_day

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
    more: Link | None
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
    everybody: bool
    cursor: str | None

    @property
    def whole(self) -> bool:
        """Whether the registry is asked rather than those with a position."""
        return bool(self.pairs())

    def pairs(self) -> list[Pair]:
        named = (
            ("q", self.q),
            ("kind", self.kind or ""),
            ("country", self.country),
            ("alliance", self.alliance),
            ("all", "true" if self.everybody else ""),
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
    everybody: Annotated[Flag, Query(alias="all")] = False,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
) -> HTMLResponse:
    asked = Asked(q, kind, country.upper(), alliance.lower(), everybody, cursor or None)
    registry = load_known(session).registry
    standing = positions_as_of(session, as_of=today())
    if asked.whole:
        found = list_actors(
            session,
            q=asked.q,
            kind=asked.kind,
            country=asked.country or None,
            alliance=asked.alliance or None,
            on=today(),
            cursor=asked.cursor,
        )
    else:
        found = list_standing(standing, registry)
    page = make_page(found, standing, registry, asked, base=base_of(request))
    return render(request, "actors.html", page, here="/actors")


def list_standing(standing: Iterable[Position], registry: Registry) -> Page[Actor]:
    """Everybody with a position of their own, by country and name; alliances and institutions last."""
    slugs = {position.actor for position in standing if position.holder is None}
    actors = [registry.actors[slug] for slug in slugs if slug in registry.actors]
    names = {iso: country.name for iso, country in registry.countries.items()}
    actors.sort(key=lambda actor: (names.get(actor.country or "", "~"), actor.name, actor.slug))
    return Page(tuple(actors))


def make_page(
    found: Page[Actor], standing: tuple[Position, ...], registry: Registry, asked: Asked, *, base: str
) -> ActorsPage:
    permanent = f"/actors{query(asked.pairs())}"
    take = take_away("list", _api(asked), permanent=permanent)
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
        lede=_say_lede(found, asked),
        more=None if asked.whole else Link("/actors?all=true", f"All {len(registry.actors)} in the registry"),
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


def _api(asked: Asked) -> str:
    if not asked.whole:
        return f"/api/v1/matrix?as_of={today()}&group=none&silent=false"
    pairs = [pair for pair in asked.pairs() if pair[0] != "all"]
    return f"/api/v1/actors{query(pairs)}"


def _say_lede(found: Page[Actor], asked: Asked) -> str:
    day = say_long_day(today())
    if not asked.whole:
        return f"{count(len(found.items), 'leader')} with a position on {day}, by country."
    return f"The registry by name, with the office held and the positions on {day}."


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
