"""Statements: one actor taking a position on one question in one passage of one document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.queries import statements
from app.records import ActorKind, Attribution, Page, Stance, StatementRecord, Status
from app.serve.api.answers import Answer, ListedOn
from app.serve.api.names import check_names
from app.serve.etags import Revision
from app.serve.filters import WantedStatements, today
from app.serve.formats import WantedForm, answer_item
from app.serve.listing import Listing, WantedPage, answer_list
from app.serve.session import ReadSession

router = APIRouter(prefix="/statements", tags=["Statements"])


class Statement(Answer):
    """Who said what on which question, in which words and where. Flat, so that it is a row of a table."""

    id: UUID
    actor: str = Field(examples=["olaf-scholz"])
    """Who takes the position, by slug."""
    actor_name: str = Field(examples=["Olaf Scholz"])
    actor_kind: ActorKind
    country: str | None = Field(examples=["DE"])
    """The actor's country by ISO 3166-1 code; null for an alliance, or where it is not known."""
    question: str = Field(examples=["troops-ukraine"])
    question_title: str = Field(examples=["Send Western troops to Ukraine"])
    stance: Stance
    """What the passage says of the proposal: backs, open, rejects or unclear."""
    attribution: Attribution
    """Whether the words are quoted whole (direct), in part (mixed) or reported (indirect)."""
    via: str | None = Field(examples=["Chancellery spokesperson"])
    """Who spoke on the actor's behalf, when somebody did."""
    scope: str | None = Field(examples=["combat troops"])
    """To what part of the proposal the stance is limited, when the passage says so."""
    evidence: str = Field(examples=["Scholz confirmed that no ground troops would be sent"])
    """The passage: exactly the characters `start` to `end` of the document's text."""
    start: int = Field(ge=0, examples=[895])
    """Where the passage begins, in Unicode code points."""
    end: int = Field(ge=1, examples=[1021])
    """Where it ends, exclusive."""
    said_on: date = Field(examples=["2024-02-27"])
    known_since: datetime = Field(examples=["2024-03-01T09:30:00Z"])
    """When Demarche learned it."""
    confidence: float = Field(ge=0, le=1, examples=[0.87])
    """How sure the machine was: of those it gives 0.8, four of five should be right."""
    status: Status
    """Whether it is proposed by the machine, or confirmed, corrected or rejected by a person."""
    extractor: str | None = Field(examples=["demarche-1"])
    """Which version of the machine proposed it."""
    document: UUID
    document_number: int = Field(examples=[17])
    document_title: str | None = Field(examples=["Allies dismiss the proposal"])
    publisher: str | None = Field(examples=["The New Dispatch"])
    address: str | None = Field(examples=["https://news.example/allies-dismiss"])
    """Where the document was published."""
    published: date = Field(examples=["2024-02-27"])


class StatementList(ListedOn):
    """A page of statements, those said last first."""

    items: list[Statement]


@router.get("", summary="Statements, newest first", response_model=StatementList)
def list_statements(
    request: Request, filters: WantedStatements, wanted: WantedPage, _: Revision, session: ReadSession
) -> Response:
    """Every statement held, narrowed by who, on what, how, when and in which words.

    What a person rejected is listed too, with status `rejected`; `status=proposed&status=confirmed`
    leaves it out. Membership of an alliance is that of the day `as_of`.
    """
    filters = replace(filters, as_of=filters.as_of or today())
    check_names(
        session,
        question=filters.question,
        actor=filters.actor,
        alliance=filters.alliance,
        country=filters.country,
    )

    def fetch(cursor: str | None, limit: int) -> Page[StatementRecord]:
        return statements.list_statements(session, filters, cursor=cursor, limit=limit)

    return answer_list(
        request,
        wanted,
        Listing(
            name="statements",
            row=Statement,
            fetch=fetch,
            show=Statement.model_validate,
            wrap=lambda rows, cursor: StatementList(items=rows, next=cursor, as_of=filters.as_of or today()),
        ),
    )


@router.get("/{statement}", summary="One statement", response_model=Statement)
def get_statement(
    request: Request, statement: UUID, form: WantedForm, _: Revision, session: ReadSession
) -> Response:
    """One statement with its passage and where it comes from."""
    found = statements.get_statement(session, statement)
    return answer_item(request, form, "statement", Statement.model_validate(found))
