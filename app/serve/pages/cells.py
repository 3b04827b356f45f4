"""One actor on one question, as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.records import MatrixFilters
from app.serve.addresses import actor_address, cell_address, matrix_address, question_address
from app.serve.filters import AsOf, today
from app.serve.loaders import load_cell
from app.serve.pages._cells import say_counted, say_note, say_verdict
from app.serve.pages._parts import (
    Alternate,
    Fact,
    Link,
    Quote,
    TakeAway,
    alternates_of,
    show_quote,
    take_away,
)
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.views import CellView
from app.serve.words import StanceWord, count, quote_within, say_day, say_long_day, word_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class CellPage:
    title: str
    alternates: tuple[Alternate, ...]
    take: TakeAway
    actor: Link
    question: Link
    office: str
    word: StanceWord
    verdict: str
    counted: str
    quotes: tuple[Quote, ...]
    matrix_href: str
    proposal: str
    facts: tuple[Fact, ...]
    citation: str


@router.get("/cells/{actor}/{question}", response_class=HTMLResponse)
def show_cell(
    request: Request, actor: str, question: str, session: ReadSession, as_of: AsOf = None
) -> HTMLResponse:
    view = load_cell(session, actor, question, as_of or today())
    return render(request, "cell.html", make_page(view, base=base_of(request)), here="/")


def make_page(view: CellView, *, base: str) -> CellPage:
    actor, question, day = view.actor, view.question, view.as_of
    permanent = cell_address(actor.slug, question.slug, as_of=day)
    api = f"/api/v1/statements?actor={actor.slug}&question={question.slug}&as_of={day}"
    take = take_away("cell", api, permanent=permanent)
    title = f"{actor.name} on “{question.title}”"
    return CellPage(
        title=title,
        alternates=alternates_of(take),
        take=take,
        actor=Link(actor_address(actor.slug, as_of=day), actor.name),
        question=Link(question_address(question.slug, as_of=day), question.title),
        office=view.office.title if view.office else "",
        word=word_of(view.position.stance if view.position else None),
        verdict=f"{say_verdict(view)} {say_note(view)}".strip(),
        counted=say_counted(view),
        quotes=tuple(show_quote(statement, as_of=day) for statement in view.statements),
        matrix_href=matrix_address(MatrixFilters(day), cell=f"{actor.slug}.{question.slug}") + "#quotes",
        proposal=question.proposal,
        facts=tuple(_list_facts(view, day)),
        citation=(
            f"Demarche, “{quote_within(title)}”, as of {say_long_day(day)}, "
            f"data revision {view.revision}. {base}{permanent}"
        ),
    )


def _list_facts(view: CellView, day: date) -> list[Fact]:
    total = len(view.statements)
    facts = [Fact("As of", say_long_day(day))]
    if view.position:
        facts.append(Fact("Since", say_day(view.position.since)))
    if view.holder:
        facts.append(Fact("Held by", view.holder.name, actor_address(view.holder.slug, as_of=day)))
    found = f"{total} from {view.documents}" if total else "none"
    facts.append(Fact("Statements", f"{found} of {count(view.searched, 'document')}"))
    if total:
        machine = total - view.confirmed
        facts.append(Fact("Confirmed", f"{view.confirmed} by a person, {machine} by the machine only"))
    return facts
