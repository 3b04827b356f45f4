"""Documents: the texts that were read, and the way for a program to bring one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.queries import documents
from app.records import DateBasis, DocumentRecord, Page
from app.serve.api.answers import Answer, Listed
from app.serve.etags import Revision, cache_headers
from app.serve.filters import Day, Flag, Text, check_order
from app.serve.formats import WantedForm, answer_item
from app.serve.listing import Listing, WantedPage, answer_list
from app.serve.session import ReadSession

router = APIRouter(prefix="/documents", tags=["Documents"])


class DocumentShown(Answer):
    """A text as it was read, without the text itself."""

    id: UUID
    number: int = Field(examples=[17])
    """The how-manieth document stored: what people call it by."""
    title: str | None = Field(examples=["Allies dismiss the proposal"])
    publisher: str | None = Field(examples=["The New Dispatch"])
    author: str | None = Field(examples=["A. Writer"])
    address: str | None = Field(examples=["https://news.example/allies-dismiss"])
    published: date = Field(examples=["2024-02-27"])
    date_basis: DateBasis
    """Whether that date was given, found in the page, or is the day it was read for want of another."""
    retrieved: datetime = Field(examples=["2024-03-01T09:30:00Z"])
    how: str = Field(examples=["url"])
    """How it came: paste, file or url."""
    language: str = Field(examples=["en"])
    text_hash: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    """SHA-256 of the text: the same text twice is one document."""
    extractor: str | None = Field(examples=["demarche-1"])
    """Which version of the machine read it."""
    characters: int = Field(examples=[2493])
    """The length of the text in Unicode code points."""
    statements: int = Field(examples=[9])
    sample: bool
    """Whether it is one of the sample briefs, which `demarche samples remove` takes away."""


class DocumentDetail(DocumentShown):
    """A document with its text. Every offset here counts the code points of `text`."""

    text: str = Field(examples=["Key NATO countries have dismissed the idea. …"])


class DocumentList(Listed):
    """A page of documents, those published last first."""

    items: list[DocumentShown]


@router.get("", summary="Documents, newest first", response_model=DocumentList)
def list_documents(
    request: Request,
    wanted: WantedPage,
    _: Revision,
    session: ReadSession,
    *,
    q: Annotated[Text, Query(description="Words of the title or the text.", examples=["troops"])] = "",
    publisher: Annotated[Text, Query(description="Only of this publisher.")] = "",
    since: Annotated[Day, Query(alias="from", description="Published on this day or later.")] = None,
    until: Annotated[Day, Query(description="Published on this day or earlier.")] = None,
    sample: Annotated[
        Flag | None, Query(description="Only sample briefs (true), or none of them (false).")
    ] = None,
) -> Response:
    """The library, without the texts."""
    check_order(since, until)

    def fetch(cursor: str | None, limit: int) -> Page[DocumentRecord]:
        return documents.list_documents(
            session,
            q=q,
            publisher=publisher or None,
            since=since,
            until=until,
            sample=sample,
            cursor=cursor,
            limit=limit,
        )

    return answer_list(
        request,
        wanted,
        Listing(
            name="documents",
            row=DocumentShown,
            fetch=fetch,
            show=DocumentShown.model_validate,
            wrap=lambda rows, cursor: DocumentList(items=rows, next=cursor),
        ),
    )


@router.get("/{document}", summary="One document with its text", response_model=DocumentDetail)
def get_document(
    request: Request, document: UUID, form: WantedForm, _: Revision, session: ReadSession
) -> Response:
    """One document. Its statements are at `/statements?document={id}`, its passages at `…/annotations`."""
    found = documents.get_document(session, document)
    return answer_item(request, form, "document", DocumentDetail.model_validate(found))


@router.get(
    "/{document}/text",
    summary="The text of a document",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_text(request: Request, document: UUID, _: Revision, session: ReadSession) -> Response:
    """The text alone, in UTF-8: what annotations point into."""
    found = documents.get_document(session, document)
    return Response(found.text, media_type="text/plain; charset=utf-8", headers=cache_headers(request))
