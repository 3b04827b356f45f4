"""One state: who spoke for it when, and how its position passed from one leader to the next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.positions import speaks_for_state
from app.queries.positions import positions_as_of
from app.records import MatrixFilters, Position
from app.serve.addresses import actor_address, country_address, matrix_address
from app.serve.filters import AsOf, today
from app.serve.loaders import load_country
from app.serve.pages._bands import BandChart, make_chart
from app.serve.pages._parts import (
    Alternate,
    Link,
    TakeAway,
    TallyPart,
    alternates_of,
    take_away,
)
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.views import ChangeView, CountryView, Held
from app.serve.words import STANCES, StanceWord, agree, join, say_day, say_long_day, word_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """Somebody who spoke for the state in one office."""

    href: str
    name: str
    office: str
    first: str
    last: str
    positions: tuple[TallyPart, ...]


@dataclass(frozen=True, slots=True)
class CountryChange:
    iso: str
    day: str
    before: StanceWord
    after: StanceWord
    what: str


@dataclass(frozen=True, slots=True)
class LeaderRow:
    office: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class CountryPage:
    title: str
    alternates: tuple[Alternate, ...]
    take: TakeAway
    kicker: tuple[Link, ...]
    lede: str
    action: str
    as_of: str
    day: str
    chart: BandChart | None
    voices_words: str
    voices: tuple[VoiceRow, ...]
    changes: tuple[CountryChange, ...]
    leaders: tuple[LeaderRow, ...]
    citation: str


@router.get("/countries/{iso2}", response_class=HTMLResponse)
def show_country(request: Request, iso2: str, session: ReadSession, as_of: AsOf = None) -> HTMLResponse:
    view = load_country(session, iso2.upper(), as_of or today())
    slugs = tuple({held.actor.slug for held in view.held})
    standing = positions_as_of(session, as_of=view.as_of, actors=slugs) if slugs else ()
    page = make_page(view, standing, base=base_of(request))
    return render(request, "country.html", page, here="/actors")


def make_page(view: CountryView, standing: tuple[Position, ...], *, base: str) -> CountryPage:
    country, day = view.country, view.as_of
    permanent = country_address(country.iso2, as_of=day)
    take = take_away("state", f"/api/v1/positions?country={country.iso2}&as_of={day}", permanent=permanent)
    held: dict[str, Counter[str]] = {}
    for position in standing:
        held.setdefault(position.actor, Counter())[position.stance.value] += 1
    voices = [one for one in view.held if one.actor.slug in held]
    return CountryPage(
        title=country.name,
        alternates=alternates_of(take),
        take=take,
        kicker=_make_kicker(view),
        lede=_say_lede(view),
        action=f"/countries/{country.iso2}",
        as_of=day.isoformat(),
        day=say_long_day(day),
        chart=make_chart(view.bands, _actor_of(view), first=view.first, as_of=day),
        voices_words=_say_voices(view, voices),
        voices=tuple(_make_voice(one, held[one.actor.slug], day) for one in voices),
        changes=tuple(_make_change(change, view) for change in view.changes),
        leaders=tuple(
            LeaderRow(one.office.title, one.actor.name, actor_address(one.actor.slug, as_of=day))
            for one in view.leaders
            if speaks_for_state(one.office)
        ),
        citation=(
            f"Demarche, “{country.name}: who spoke for it, and where it stood”, as of {say_long_day(day)}, "
            f"data revision {view.revision}. {base}{permanent}"
        ),
    )


def _actor_of(view: CountryView) -> str:
    return view.state.slug if view.state else ""


def _make_kicker(view: CountryView) -> tuple[Link, ...]:
    links = [
        Link(matrix_address(MatrixFilters(view.as_of, alliances=(alliance.slug,))), alliance.name)
        for alliance in view.alliances
    ]
    return tuple(links) or (Link("", "In none of the alliances held"),)


def _say_lede(view: CountryView) -> str:
    names = join([f"{one.actor.name} ({one.office.title})" for one in view.leaders[:1]])
    day = say_long_day(view.as_of)
    if not names:
        return f"As of {day}. Who leads it on that day is not held."
    return f"As of {day}. {names} speaks first for it."


def _say_voices(view: CountryView, voices: list[Held]) -> str:
    silent = len({one.actor.slug for one in view.held}) - len({one.actor.slug for one in voices})
    if not voices:
        return "Nobody who held an office has a position in the documents held."
    others = f" {silent} other office-holders are silent." if silent > 1 else ""
    return f"Office-holders with a position, by rank, the latest first.{others}"


def _make_voice(held: Held, stances: Counter[str], on: date) -> VoiceRow:
    tenure = held.tenure
    ended = tenure.until is not None and tenure.until <= on
    return VoiceRow(
        href=actor_address(held.actor.slug, as_of=on),
        name=held.actor.name,
        office=held.office.title,
        first=say_day(tenure.since) if tenure.since else "not given",
        last=say_day(tenure.until - timedelta(days=1)) if tenure.until and ended else "in office",
        positions=tuple(
            TallyPart(word, stances[word.slug], agree(word, stances[word.slug]))
            for word in STANCES
            if stances[word.slug]
        ),
    )


def _make_change(change: ChangeView, view: CountryView) -> CountryChange:
    titles = {band.question.slug: band.question.title for band in view.bands}
    what = f"on “{titles.get(change.change.question, change.change.question)}”"
    if change.holder_after and change.holder_before and change.holder_after != change.holder_before:
        what += f", from {change.holder_before.name} to {change.holder_after.name}"
    elif change.holder_after:
        what += f", by {change.holder_after.name}"
    return CountryChange(
        iso=change.change.on.isoformat(),
        day=say_day(change.change.on),
        before=word_of(change.change.before),
        after=word_of(change.change.after),
        what=what,
    )
