"""The permalink of a statement: quote, context, provenance, reviews, how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.queries import documents, statements
from app.records import ActorKind, DateBasis, DocumentRecord, ReviewRecord, Span, StatementRecord, Verdict
from app.serve.addresses import (
    actor_address,
    cell_address,
    country_address,
    document_address,
    question_address,
    statement_address,
)
from app.serve.loaders import Known, load_known
from app.serve.pages._parts import Alternate, Fact, Link, TakeAway, alternates_of, take_away
from app.serve.pages._render import base_of, render
from app.serve.passages import Mark, Paragraph, cut_text, make_marks, split_paragraphs
from app.serve.session import ReadSession
from app.serve.words import (
    ATTRIBUTIONS,
    STATUSES,
    StanceWord,
    is_decided,
    say_day,
    say_long_day,
    say_moment,
    say_number,
    word_of,
)

router = APIRouter()
NEAR = 3  # statements before and after this one
VERDICTS = {
    Verdict.CONFIRM: "confirmed as proposed.",
    Verdict.CORRECT: "corrected",
    Verdict.REJECT: "rejected.",
    Verdict.REOPEN: "reopened: the decisions before this one no longer count.",
}
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
KINDS = {
    ActorKind.PERSON: "person",
    ActorKind.STATE: "state",
    ActorKind.INSTITUTION: "institution",
    ActorKind.ALLIANCE: "alliance",
}


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history: the proposal, or a decision."""

    iso: str
    at: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Other:
    """A statement before or after; without `href` it is this one."""

    iso: str
    day: str
    word: StanceWord
    decided: bool
    href: str
    evidence: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    title: str
    alternates: tuple[Alternate, ...]
    take: TakeAway
    name: str
    document: Link
    sample: bool
    word: StanceWord
    decided: bool
    evidence: str
    actor: Link
    then: str
    question: Link
    proposal: str
    scope: str
    where: str
    context: tuple[Paragraph, ...]
    same: tuple[Link, ...]
    history: tuple[Event, ...]
    others: tuple[Other, ...]
    more_others: Link | None
    facts: tuple[Fact, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class Found:
    """A statement and what surrounds it."""

    statement: StatementRecord
    document: DocumentRecord
    beside: tuple[StatementRecord, ...]  # every statement of the document
    reviews: tuple[ReviewRecord, ...]
    others: tuple[StatementRecord, ...]  # of the actor on the question, the latest first
    known: Known


@router.get("/statements/{statement}", response_class=HTMLResponse)
def show_statement(request: Request, statement: UUID, session: ReadSession) -> HTMLResponse:
    said = statements.get_statement(session, statement)
    found = Found(
        statement=said,
        document=documents.get_document(session, said.document),
        beside=statements.statements_of_document(session, said.document),
        reviews=statements.list_reviews(session, statement),
        others=statements.statements_of_cell(session, said.actor, said.question, as_of=date.max),
        known=load_known(session),
    )
    return render(request, "statement.html", make_page(found, base=base_of(request)), here="/documents")


def make_page(found: Found, *, base: str) -> StatementPage:
    said = found.statement
    word = word_of(said.stance)
    permanent = statement_address(said.id)
    take = take_away("statement", f"/api/v1/statements/{said.id}", permanent=permanent)
    name = _name(found)
    href = document_address(said.document, statement=said.id)
    question = found.known.question(said.question)
    paragraphs = [span for span in split_paragraphs(found.document.text) if _overlaps(span, said)]
    return StatementPage(
        title=f"{said.actor_name} {word.says} “{said.question_title}”",
        alternates=alternates_of(take),
        take=take,
        name=name,
        document=Link(href, f"document {said.document_number}"),
        sample=found.document.sample,
        word=word,
        decided=is_decided(said.status),
        evidence=said.evidence,
        actor=Link(actor_address(said.actor, as_of=said.said_on), said.actor_name),
        then=_say_office(found),
        question=Link(question_address(said.question, as_of=said.said_on), said.question_title),
        proposal=question.proposal,
        scope=f"to {said.scope}" if said.scope else "",
        where=_say_where(found, paragraphs),
        context=cut_text(
            found.document.text, _mark(found), speakers=said.source, cues=said.cue, within=paragraphs
        ),
        same=tuple(_link_same(other) for other in found.beside if _is_same(other, said)),
        history=_list_history(found),
        others=_list_others(found),
        more_others=_link_others(found),
        facts=tuple(_list_facts(found, name)),
        citation=_cite(found, name, base + permanent),
    )


def _mark(found: Found) -> tuple[Mark, ...]:
    """This passage first, so that its stance gives the tint, then those that overlap it."""
    said = found.statement
    near = [mark for mark in make_marks(found.beside) if not mark.rejected and _overlaps(mark.span, said)]
    others = [mark for mark in near if mark.id != said.id]
    return (*make_marks([said]), *others)


def _name(found: Found) -> str:
    """What people call it by: the document's number and the statement's place in it, 1-8."""
    numbers = {mark.id: mark.number for mark in make_marks(found.beside)}
    number = numbers.get(found.statement.id)
    return f"{found.statement.document_number}-{number}" if number else str(found.statement.id)


def _overlaps(span: Span, said: StatementRecord) -> bool:
    return span.start < said.end and said.start < span.end


def _say_office(found: Found) -> str:
    """The office held when it was said: "then Chancellor of Germany"."""
    said = found.statement
    offices = found.known.registry.offices_of(said.actor, said.said_on)
    return f"then {offices[0].title}" if offices else ""


def _say_where(found: Found, paragraphs: Sequence[Span]) -> str:
    said = found.statement
    at = 1 + sum(span.end <= paragraphs[0].start for span in split_paragraphs(found.document.text))
    which = f"{ORDINALS[at - 1]} paragraph" if at <= len(ORDINALS) else f"Paragraph {at}"
    return (
        f"{which} of document {said.document_number}, characters {say_number(said.start)} to "
        f"{say_number(said.end)}."
    )


def _is_same(other: StatementRecord, said: StatementRecord) -> bool:
    """Whether another statement rests on the same words."""
    return other.id != said.id and _overlaps(Span(other.start, other.end), said)


def _link_same(other: StatementRecord) -> Link:
    word = word_of(other.stance)
    return Link(statement_address(other.id), f"{other.actor_name} {word.says} “{other.question_title}”")


def _list_history(found: Found) -> tuple[Event, ...]:
    said = found.statement
    decisions = [
        Event(review.at.isoformat(), say_moment(review.at), review.reviewer, _say_review(review))
        for review in sorted(found.reviews, key=lambda review: review.at, reverse=True)
    ]
    machine = said.extractor or "extractor not given"
    proposed = f"Proposed by the machine ({machine}), confidence {said.confidence:.2f}."
    first = Event(said.known_since.isoformat(), say_moment(said.known_since), "", proposed)
    return (*decisions, first)


def _say_review(review: ReviewRecord) -> str:
    what = VERDICTS[review.verdict]
    if review.verdict is Verdict.CORRECT:
        changed = [
            f"{field} from “{review.before.get(field)}” to “{value}”"
            for field, value in review.after.items()
            if review.before.get(field) != value
        ]
        what += f" {', '.join(changed)}." if changed else "."
    return f"{what} {review.reason}" if review.reason else what


def _list_others(found: Found) -> tuple[Other, ...]:
    """This statement among those near it."""
    ids = [other.id for other in found.others]
    at = ids.index(found.statement.id) if found.statement.id in ids else 0
    near = found.others[max(at - NEAR, 0) : at + NEAR + 1]
    if found.statement.id not in ids:
        near = (found.statement, *near)
    return tuple(
        Other(
            iso=other.said_on.isoformat(),
            day=say_day(other.said_on),
            word=word_of(other.stance),
            decided=is_decided(other.status),
            href="" if other.id == found.statement.id else statement_address(other.id),
            evidence=other.evidence,
        )
        for other in near
    )


def _link_others(found: Found) -> Link | None:
    said = found.statement
    if len(found.others) <= 2 * NEAR + 1:
        return None
    return Link(cell_address(said.actor, said.question), f"All {len(found.others)} statements")


def _list_facts(found: Found, name: str) -> list[Fact]:
    said, document = found.statement, found.document
    country = found.known.registry.countries.get(said.country or "")
    before = "" if document.date_basis is DateBasis.RETRIEVED else "on or before "
    facts = [
        Fact("Speaker", f"{said.actor_name}, {KINDS[said.actor_kind]}", actor_address(said.actor)),
        Fact("Speaks for", country.name, country_address(country.iso2))
        if country
        else Fact("Speaks for", "no state held"),
        Fact("Question", said.question_title, question_address(said.question)),
        Fact("Stance", "", word=word_of(said.stance)),
        Fact("Attribution", ATTRIBUTIONS[said.attribution]),
        Fact("Via", said.via or "nobody named"),
    ]
    if said.scope:
        facts.append(Fact("Limited to", said.scope))
    return [
        *facts,
        Fact("Said", f"{before}{say_day(said.said_on)}"),
        Fact("Known since", say_moment(said.known_since)),
        Fact(
            "Source",
            f"Document {said.document_number}, {said.publisher or 'publisher not given'}",
            document_address(said.document),
        ),
        Fact("Confidence", f"{said.confidence:.2f}, the machine’s own"),
        Fact("Status", STATUSES[said.status]),
        Fact("Number", name),
        Fact("Identifier", str(said.id), mono=True),
    ]


def _cite(found: Found, name: str, address: str) -> str:
    said = found.statement
    word = word_of(said.stance)
    document = f"“{said.document_title}”, " if said.document_title else f"document {said.document_number}, "
    return (
        f"{said.actor_name}, on “{said.question_title}” ({word.verb}), reported on or before "
        f"{say_long_day(said.said_on)}, in: {document}{said.publisher or 'publisher not given'}. "
        f"Demarche, statement {name}, {STATUSES[said.status].lower()}. {address}"
    )
