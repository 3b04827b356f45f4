"""The list of statements with its filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.queries.statements import list_statements
from app.records import Page, Question, StatementFilters, StatementRecord, Status
from app.registers import Registry
from app.serve.addresses import query, statement_pairs
from app.serve.filters import WantedStatements, today
from app.serve.loaders import load_known
from app.serve.pages._lists import (
    choose_attribution,
    choose_question,
    choose_stance,
    first_of,
    make_pager,
)
from app.serve.pages._parts import (
    Alternate,
    Choice,
    Empty,
    Link,
    Pager,
    Quote,
    TakeAway,
    alternates_of,
    choose,
    show_quote,
    take_away,
)
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.words import ATTRIBUTIONS, WORDS, join, say_day, say_long_day

router = APIRouter()
STATUS_WORDS = {
    Status.PROPOSED: "Proposed by the machine",
    Status.CONFIRMED: "Confirmed by a person",
    Status.CORRECTED: "Corrected by a person",
    Status.REJECTED: "Rejected by a person",
}
# The fields the form shows; it keeps the others.
SHOWN = frozenset({"q", "question", "stance", "attribution", "status", "from", "until"})


@dataclass(frozen=True, slots=True)
class StatementsPage:
    title: str
    alternates: tuple[Alternate, ...]
    lede: str
    take: TakeAway
    kept: tuple[tuple[str, str], ...]
    q: str
    choices: tuple[Choice, ...]
    since: str
    until: str
    clear: bool
    quotes: tuple[Quote, ...]
    pager: Pager
    empty: Empty
    citation: str


@router.get("/statements", response_class=HTMLResponse)
def show_statements(
    request: Request,
    filters: WantedStatements,
    session: ReadSession,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
) -> HTMLResponse:
    found = list_statements(session, filters, cursor=cursor or None)
    known = load_known(session)
    page = make_page(found, filters, known.questions, known.registry, cursor, base=base_of(request))
    return render(request, "statements.html", page)


def make_page(
    found: Page[StatementRecord],
    filters: StatementFilters,
    questions: tuple[Question, ...],
    registry: Registry,
    cursor: str | None,
    *,
    base: str,
) -> StatementsPage:
    pairs = statement_pairs(filters)
    permanent = f"/statements{query(pairs)}"
    take = take_away("list", f"/api/v1/statements{query(pairs)}", permanent=permanent)
    asked = say_filters(filters, questions, registry)
    statuses = [("", "All"), *((key.value, words) for key, words in STATUS_WORDS.items())]
    return StatementsPage(
        title="Statements",
        alternates=alternates_of(take),
        lede=f"{f'{asked[:1].upper()}{asked[1:]}' if asked else 'All that are held'}, the latest first.",
        take=take,
        kept=tuple(pair for pair in pairs if pair[0] not in SHOWN),
        q=filters.q,
        choices=(
            choose_question(questions, first_of(filters.question)),
            choose_stance(first_of(filters.stance)),
            choose_attribution(first_of(filters.attribution)),
            choose("f-status", "status", "Status", statuses, first_of(filters.status)),
        ),
        since=filters.since.isoformat() if filters.since else "",
        until=filters.until.isoformat() if filters.until else "",
        clear=bool(pairs),
        quotes=tuple(show_quote(statement) for statement in found.items),
        pager=make_pager("/statements", pairs, found.next, cursor),
        empty=_make_empty(asked),
        citation=", ".join(
            part
            for part in ("Demarche, “Statements”", asked, f"{say_long_day(today())}. {base}{permanent}")
            if part
        ),
    )


def _make_empty(asked: str) -> Empty:
    if not asked:
        lines = ("Statements appear once texts have been added and read.",)
        return Empty("There are no statements yet", lines, (Link("/ingest", "Add texts"),))
    clear = Link("/statements", "Show all statements")
    return Empty("No statement matches", (f"You asked for: {asked}.",), (clear,))


def say_filters(filters: StatementFilters, questions: tuple[Question, ...], registry: Registry) -> str:
    """The filters in words: "with “ground troops”, by Olaf Scholz, stance rejects"."""
    titles = {question.slug: question.title for question in questions}
    names = [registry.actors[slug].name if slug in registry.actors else slug for slug in filters.actor]
    countries = [registry.countries[i].name if i in registry.countries else i for i in filters.country]
    alliances = [registry.alliances[i].name if i in registry.alliances else i for i in filters.alliance]
    parts = [f"with “{filters.q}”"] if filters.q else []
    parts += [f"by {join(names, last='or')}"] if names else []
    parts += [f"on “{titles.get(slug, slug)}”" for slug in filters.question]
    parts += (
        [f"stance {join([WORDS[stance].verb for stance in filters.stance], last='or')}"]
        if filters.stance
        else []
    )
    parts += [ATTRIBUTIONS[attribution].lower() for attribution in filters.attribution]
    parts += [f"of {join([*countries, *alliances], last='or')}"] if countries or alliances else []
    parts += [STATUS_WORDS[status].lower() for status in filters.status]
    parts += ["of one document"] if filters.document else []
    parts += [f"said from {say_day(filters.since)}"] if filters.since else []
    parts += [f"until {say_day(filters.until)}"] if filters.until else []
    parts += [f"as of {say_day(filters.as_of)}"] if filters.as_of else []
    return ", ".join(parts)
