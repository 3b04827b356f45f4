"""One leader: offices, a band a question over time, every statement, who is closest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.records import ActorKind, MatrixFilters, Question, StatementFilters
from app.serve.addresses import (
    actor_address,
    country_address,
    matrix_address,
    query,
    statement_pairs,
)
from app.serve.filters import AsOf, WantedStatements, today
from app.serve.loaders import load_actor, load_known
from app.serve.pages._bands import BandChart, make_chart
from app.serve.pages._lists import (
    ONE_OF_A_KIND,
    choose_attribution,
    choose_question,
    choose_stance,
    first_of,
)
from app.serve.pages._parts import (
    Alternate,
    Choice,
    Link,
    Pager,
    Quote,
    TakeAway,
    alternates_of,
    show_quote,
    take_away,
)
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.views import ActorView, Band, Held
from app.serve.words import STANCES, StanceWord, count, join, say_day, say_long_day, word_of

router = APIRouter()
MOST_QUOTES = 100


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A stance and the titles of the questions it is taken on."""

    word: StanceWord
    titles: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    title: str
    first: str
    last: str
    note: str
    now: bool


@dataclass(frozen=True, slots=True)
class ClosestRow:
    href: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ActorPage:
    title: str
    alternates: tuple[Alternate, ...]
    take: TakeAway
    kicker: tuple[Link, ...]
    office: str
    as_of_words: str
    summary: tuple[SummaryPart, ...]
    silent_words: str
    day: str
    chart: BandChart | None
    counted: str
    action: str
    as_of: str
    choices: tuple[Choice, ...]
    clear: str
    quotes: tuple[Quote, ...]
    name_speakers: bool
    pager: Pager
    offices: tuple[OfficeRow, ...]
    names: str
    closest: tuple[ClosestRow, ...]
    citation: str


@router.get("/actors/{slug}", response_class=HTMLResponse)
def show_actor(
    request: Request, slug: str, filters: WantedStatements, session: ReadSession, as_of: AsOf = None
) -> HTMLResponse:
    """`as_of` stands in the filters too: there None means every day, here today."""
    view = load_actor(session, slug, as_of or today(), filters=filters)
    questions = load_known(session).questions
    return render(
        request, "actor.html", make_page(view, filters, questions, base=base_of(request)), here="/actors"
    )


def make_page(
    view: ActorView, filters: StatementFilters, questions: tuple[Question, ...], *, base: str
) -> ActorPage:
    actor, day = view.actor, view.as_of
    permanent = actor_address(actor.slug, as_of=day)
    narrowed = replace(filters, actor=(actor.slug,), as_of=day)
    take = take_away("leader", f"/api/v1/statements{query(statement_pairs(narrowed))}", permanent=permanent)
    is_narrowed = filters != StatementFilters(as_of=filters.as_of)
    return ActorPage(
        title=actor.name,
        alternates=alternates_of(take),
        take=take,
        kicker=_make_kicker(view),
        office=_say_office(view),
        as_of_words=f"As of {say_long_day(day)}:",
        summary=_make_summary(view.bands),
        silent_words=_say_silent(view.bands, questions),
        day=say_long_day(day),
        chart=make_chart(view.bands, actor.slug, first=view.first, as_of=day),
        counted=_say_counted(view, is_narrowed),
        action=f"/actors/{actor.slug}",
        as_of=day.isoformat(),
        choices=(
            choose_question(questions, first_of(filters.question)),
            choose_stance(first_of(filters.stance)),
            choose_attribution(first_of(filters.attribution)),
        ),
        clear=permanent if is_narrowed else "",
        quotes=tuple(show_quote(statement, as_of=day) for statement in view.statements[:MOST_QUOTES]),
        name_speakers=False,
        pager=_make_pager(view, narrowed),
        offices=tuple(_make_office(held, day) for held in view.offices),
        names=_say_names(view),
        closest=tuple(
            ClosestRow(
                actor_address(one.actor.slug, as_of=day), one.actor.name, f"{one.agreed} of {one.shared}"
            )
            for one in view.closest
        ),
        citation=(
            f"Demarche, “{actor.name}: statements and positions”, as of {say_long_day(day)}, "
            f"data revision {view.revision}. {base}{permanent}"
        ),
    )


def _make_kicker(view: ActorView) -> tuple[Link, ...]:
    """Where the leader stands in the world: kind, alliances, country."""
    links = []
    kind = ONE_OF_A_KIND[view.actor.kind]
    if kind:
        links.append(Link("", kind.capitalize()))
    if view.country:
        links.append(Link(country_address(view.country.iso2, as_of=view.as_of), view.country.name))
    for alliance in view.alliances:
        if alliance.slug in {"nato", "eu"}:  # of the nineteen, those a reader places a leader by
            href = matrix_address(MatrixFilters(view.as_of, alliances=(alliance.slug,)))
            links.append(Link(href, alliance.name))
    return tuple(links) or (Link("", "Not in the registry of states"),)


def _say_office(view: ActorView) -> str:
    if view.office:
        return view.office.title
    if view.offices:
        held = view.offices[0]
        return f"Formerly {held.office.title}"
    return ""


def _make_summary(bands: tuple[Band, ...]) -> tuple[SummaryPart, ...]:
    parts = []
    for word in STANCES:
        titles = [f"“{band.question.title}”" for band in bands if word_of(band.now) is word]
        if titles and word.slug != "silent":
            parts.append(SummaryPart(word, join(titles)))
    return tuple(parts)


def _say_silent(bands: tuple[Band, ...], questions: tuple[Question, ...]) -> str:
    """On how many of the questions there is no position on the day of the view."""
    silent = len(questions) - sum(band.now is not None for band in bands)
    if not silent:
        return ""
    if silent == len(questions):
        return f"silent on all {len(questions)} questions." if silent > 1 else "silent."
    return f"Silent on the other {silent}." if silent > 1 else "Silent on the other one."


def _say_counted(view: ActorView, is_narrowed: bool) -> str:
    total = len(view.statements)
    if not total:
        return "None match." if is_narrowed else f"None up to {say_long_day(view.as_of)}."
    order = ", the latest first" if total > 1 else ""
    via = f" Words spoken on {view.actor.name}’s behalf are marked “via”." if view.via else ""
    return f"{count(total, 'statement')}{order}.{via}"


def _make_pager(view: ActorView, narrowed: StatementFilters) -> Pager:
    """This page has the latest; the list of statements has them all."""
    if len(view.statements) <= MOST_QUOTES:
        return Pager()
    return Pager(next=f"/statements{query(statement_pairs(narrowed))}")


def _make_office(held: Held, on: date) -> OfficeRow:
    tenure = held.tenure
    ended = tenure.until is not None and tenure.until <= on
    last = say_day(tenure.until - timedelta(days=1)) if tenure.until and ended else ""
    return OfficeRow(
        title=held.office.title,
        first=say_day(tenure.since) if tenure.since else "not given",
        last=last or "in office",
        note=tenure.note,
        now=not ended,
    )


def _say_names(view: ActorView) -> str:
    """Under which words the machine finds the actor."""
    if view.actor.kind is ActorKind.PERSON and not view.actor.aliases:
        return ""
    return ", ".join((view.actor.name, *view.actor.aliases))
