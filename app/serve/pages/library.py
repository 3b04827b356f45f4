"""The library: every document, by day of publication, filtered by words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.queries import documents
from app.records import DocumentRecord, Page
from app.serve.addresses import Pair, document_address, query
from app.serve.filters import Day, Text, check_order
from app.serve.pages._lists import make_pager
from app.serve.pages._parts import Alternate, Empty, Link, Pager, TakeAway, alternates_of, take_away
from app.serve.pages._render import base_of, render
from app.serve.session import ReadSession
from app.serve.words import count, say_day

router = APIRouter()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    number: int
    href: str
    title: str
    sample: bool
    publisher: str
    published: str
    statements: int


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    title: str
    alternates: tuple[Alternate, ...]
    lede: str
    take: TakeAway
    q: str
    publisher: str
    since: str
    until: str
    clear: bool
    rows: tuple[DocumentRow, ...]
    pager: Pager
    empty: Empty
    citation: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked of the library."""

    q: str
    publisher: str
    since: date | None
    until: date | None
    cursor: str | None

    def pairs(self) -> list[Pair]:
        named = (("q", self.q), ("publisher", self.publisher), ("from", self.since), ("until", self.until))
        return [(name, str(value)) for name, value in named if value]


@router.get("/documents", response_class=HTMLResponse)
def list_documents(
    request: Request,
    session: ReadSession,
    *,
    q: Text = "",
    publisher: Text = "",
    since: Annotated[Day, Query(alias="from")] = None,
    until: Day = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
) -> HTMLResponse:
    check_order(since, until)
    asked = Asked(q, publisher, since, until, cursor or None)
    found = documents.list_documents(
        session, q=q, publisher=publisher or None, since=since, until=until, cursor=asked.cursor
    )
    total = documents.count_documents(session, q=q, publisher=publisher or None, since=since, until=until)
    page = make_list(found, total, asked, base=base_of(request))
    return render(request, "documents.html", page, here="/documents")


def make_list(found: Page[DocumentRecord], total: int, asked: Asked, *, base: str) -> DocumentsPage:
    permanent = f"/documents{query(asked.pairs())}"
    take = take_away("list", f"/api/v1/documents{query(asked.pairs())}", permanent=permanent)
    pairs = asked.pairs()
    counted = count(total, "document")
    return DocumentsPage(
        title="Documents",
        alternates=alternates_of(take),
        lede=f"{counted}{' that match' if pairs else ' held'}, the latest published first.",
        take=take,
        q=asked.q,
        publisher=asked.publisher,
        since=asked.since.isoformat() if asked.since else "",
        until=asked.until.isoformat() if asked.until else "",
        clear=bool(pairs),
        rows=tuple(_make_row(document) for document in found.items),
        pager=make_pager("/documents", pairs, found.next, asked.cursor),
        empty=_make_empty(asked),
        citation=f"Demarche, “Documents”, {counted}. {base}{permanent}",
    )


def _make_empty(asked: Asked) -> Empty:
    if not asked.pairs():
        lines = ("Positions appear once texts have been added and read.",)
        return Empty("There are no documents yet", lines, (Link("/ingest", "Add texts"),))
    asked_words = ", ".join(f"{name} “{value}”" for name, value in asked.pairs()).replace("q “", "words “")
    return Empty(
        "No document matches",
        (f"You asked for: {asked_words}.",),
        (Link("/documents", "Show all documents"),),
    )


def _make_row(document: DocumentRecord) -> DocumentRow:
    return DocumentRow(
        number=document.number,
        href=document_address(document.id),
        title=document.title or f"Document {document.number}, without a title",
        sample=document.sample,
        publisher=document.publisher or "not given",
        published=say_day(document.published),
        statements=document.statements,
    )
