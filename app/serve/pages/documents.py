"""One document with its passages marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.queries import documents, statements
from app.records import DateBasis, DocumentRecord, Span, StatementRecord, Status
from app.serve.addresses import document_address, question_address, statement_address
from app.serve.pages._parts import (
    Alternate,
    Fact,
    Link,
    TakeAway,
    alternates_of,
    title_of,
)
from app.serve.pages._render import base_of, render
from app.serve.passages import Mark, Paragraph, Run, cut_text, make_marks
from app.serve.session import ReadSession
from app.serve.words import (
    ATTRIBUTIONS,
    STANCES,
    StanceWord,
    count,
    is_decided,
    join,
    quote_within,
    say_day,
    say_long_day,
    say_moment,
    say_number,
    word_of,
)

router = APIRouter()
HOW = {"paste": "pasted", "file": "file upload", "url": "fetched from its address"}
BASIS = {
    DateBasis.GIVEN: "as given",
    DateBasis.FOUND: "as found in the page",
    DateBasis.RETRIEVED: "the day it was retrieved: no other date is given",
}
LANGUAGES = {"en": "English"}


@dataclass(frozen=True, slots=True)
class Note:
    """A statement in the margin beside its passage."""

    number: int
    id: UUID
    word: StanceWord
    decided: bool
    speaker: str
    href: str
    details: str


@dataclass(frozen=True, slots=True)
class NotedParagraph:
    number: int
    runs: tuple[Run, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    href: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class ProposalRow:
    number: int
    note_href: str
    href: str
    speaker: str
    question: str
    word: StanceWord
    decided: bool
    attribution: str
    via: str
    confidence: str
    status: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    title: str
    alternates: tuple[Alternate, ...]
    take: TakeAway
    number: int
    sample: bool
    source_href: str
    lede: str
    key: tuple[StanceWord, ...]
    paragraphs: tuple[NotedParagraph, ...]
    provenance: tuple[Fact, ...]
    by_question: tuple[CountRow, ...]
    proposals: tuple[ProposalRow, ...]
    citation: str


@router.get("/documents/{document}", response_class=HTMLResponse)
def show_document(request: Request, document: UUID, session: ReadSession) -> HTMLResponse:
    found = documents.get_document(session, document)
    said = statements.statements_of_document(session, document)
    page = make_page(found, said, base=base_of(request))
    return render(request, "document.html", page, here="/documents")


def make_page(document: DocumentRecord, said: Sequence[StatementRecord], *, base: str) -> DocumentPage:
    permanent = document_address(document.id)
    marks = make_marks(said)
    shown = [mark for mark in marks if not mark.rejected]  # what a review rejected stands in the table only
    by_id = {statement.id: statement for statement in said}
    take = _make_take(document)
    return DocumentPage(
        title=title_of(document),
        alternates=alternates_of(take),
        take=take,
        number=document.number,
        sample=document.sample,
        source_href=_web_address(document),
        lede=_say_lede(document, said),
        key=tuple(word for word in STANCES if word.slug != "silent"),
        paragraphs=tuple(
            _note_paragraph(paragraph, by_id)
            for paragraph in cut_text(
                document.text, shown, speakers=_spans(said, "source"), cues=_spans(said, "cue")
            )
        ),
        provenance=tuple(_list_provenance(document)),
        by_question=_count_questions(said),
        proposals=tuple(_make_proposal(mark, by_id[mark.id]) for mark in marks),
        citation=_cite(document, base + permanent),
    )


def _spans(said: Sequence[StatementRecord], part: str) -> list[Span]:
    return [span for statement in said for span in getattr(statement, part)]


def _make_take(document: DocumentRecord) -> TakeAway:
    api = f"/api/v1/documents/{document.id}"
    links = (
        Link(f"{api}/text", "Text"),
        Link(f"{api}/annotations", "W3C annotations"),
        Link(f"{api}?format=json", "JSON"),
        Link(f"/api/v1/statements?document={document.id}&format=csv", "CSV"),
        Link("#cite", "Citation"),
        Link(document_address(document.id), "Permanent link"),
    )
    return TakeAway("document", links)


def _web_address(document: DocumentRecord) -> str:
    """The source's address when it is one a browser may follow: a text may claim any address."""
    address = document.address or ""
    return address if address.startswith(("http://", "https://")) else ""


def _say_lede(document: DocumentRecord, said: Sequence[StatementRecord]) -> str:
    no_title = "" if document.title else "It has no headline; this is how the text begins. "
    if not said:
        return f"{no_title}The machine found no statement on any of the questions."
    decided = sum(is_decided(statement.status) for statement in said)
    waiting = sum(statement.status is Status.PROPOSED for statement in said)
    rejected = len(said) - decided - waiting
    parts = [f"A person confirmed {decided or 'none'}"]
    if rejected:
        parts.append(f"rejected {rejected}")
    waits = "is" if waiting == 1 else "are"
    rest = f"; {waiting} {waits} waiting" if waiting else ""
    return f"{no_title}The machine proposed {count(len(said), 'statement')}. {join(parts)}{rest}."


def _note_paragraph(paragraph: Paragraph, by_id: dict[UUID, StatementRecord]) -> NotedParagraph:
    notes = tuple(_make_note(mark, by_id[mark.id]) for mark in paragraph.begins)
    return NotedParagraph(paragraph.number, paragraph.runs, notes)


def _make_note(mark: Mark, statement: StatementRecord) -> Note:
    details = [f"{statement.question_title}."]
    if statement.scope:
        details.append(f"Limited to {statement.scope}.")
    if statement.via:
        details.append(f"Via {statement.via}.")
    if statement.status is Status.PROPOSED:
        details.append("Not yet confirmed.")
    if statement.status is Status.CORRECTED:
        details.append("Corrected by a person.")
    return Note(
        number=mark.number,
        id=mark.id,
        word=mark.word,
        decided=mark.decided,
        speaker=mark.speaker,
        href=statement_address(mark.id),
        details=" ".join(details),
    )


def _list_provenance(document: DocumentRecord) -> list[Fact]:
    return [
        Fact("Publisher", document.publisher or "not given"),
        Fact("Author", document.author or "not given"),
        Fact("Published", f"{say_day(document.published)}, {BASIS[document.date_basis]}"),
        Fact("Retrieved", say_moment(document.retrieved)),
        Fact("How", "sample brief" if document.sample else HOW.get(document.how, document.how)),
        Fact("Address", _short_address(document), _web_address(document)),
        Fact("Language", LANGUAGES.get(document.language, document.language)),
        Fact("Length", f"{say_number(document.characters)} characters"),
        Fact("SHA-256", f"{document.text_hash[:16]}…{document.text_hash[-4:]}", mono=True),
        Fact("Extractor", document.extractor or "not read yet"),
    ]


def _short_address(document: DocumentRecord) -> str:
    address = document.address or "not given"
    return address if len(address) <= 90 else f"{address[:89]}…"


def _count_questions(said: Sequence[StatementRecord]) -> tuple[CountRow, ...]:
    counted = Counter((statement.question, statement.question_title) for statement in said)
    return tuple(
        CountRow(question_address(slug), title, number) for (slug, title), number in counted.most_common()
    )


def _make_proposal(mark: Mark, statement: StatementRecord) -> ProposalRow:
    return ProposalRow(
        number=mark.number,
        note_href="" if mark.rejected else f"#n-{mark.number}",
        href=statement_address(statement.id),
        speaker=statement.actor_name,
        question=statement.question_title,
        word=word_of(statement.stance),
        decided=mark.decided,
        attribution=ATTRIBUTIONS[statement.attribution],
        via=statement.via or "",
        confidence=f"{statement.confidence:.2f}",
        status="waiting" if statement.status is Status.PROPOSED else statement.status.value,
    )


def _cite(document: DocumentRecord, address: str) -> str:
    title = f"“{quote_within(document.title)}”, " if document.title else "Text without a title, "
    publisher = document.publisher or "publisher not given"
    return (
        f"{title}{publisher}, {say_long_day(document.published)}. Demarche, document {document.number}, "
        f"retrieved {say_long_day(document.retrieved.date())}. {address}"
    )
