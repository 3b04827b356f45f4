"""Reviews: a person's judgement of a statement. They are only added; a later one undoes an earlier."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app import jobs
from app.errors import BadRequest
from app.queries import statements
from app.queries.tokens import TokenRecord
from app.records import Attribution, Stance, Verdict
from app.serve.access import require_scope
from app.serve.api.answers import Answer
from app.serve.etags import Revision
from app.serve.filters import Day, Written
from app.serve.formats import answer_json
from app.serve.session import ReadSession

router = APIRouter(prefix="/statements", tags=["Statements"])


class Corrected(BaseModel):
    """What the statement should say; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    actor: Written | None = Field(default=None, examples=["olaf-scholz"])
    """The actor's slug."""
    question: Written | None = Field(default=None, examples=["troops-ukraine"])
    stance: Stance | None = None
    attribution: Attribution | None = None
    via: Written | None = None
    scope: Written | None = None
    said_on: Day = None


class ReviewGiven(BaseModel):
    """A judgement: `confirm`, `correct` (with `changes`), `reject`, or `reopen` to undo those before."""

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [
                {
                    "verdict": "correct",
                    "reason": "He spoke of combat troops.",
                    "changes": {"scope": "combat troops"},
                }
            ]
        },
    )

    verdict: Verdict
    reason: Written | None = Field(default=None, max_length=2000)
    changes: Corrected | None = None
    """What a correction changes. Only with `correct`."""


class ReviewShown(Answer):
    """A judgement as it stands in the record."""

    id: UUID
    statement: UUID
    verdict: Verdict
    reviewer: str = Field(examples=["desk"])
    """The name of the token that was used."""
    reason: str | None
    at: datetime
    before: dict[str, Any]
    """The fields that the review changed, as they were."""
    after: dict[str, Any]
    """The same fields, as they are since."""


class ReviewList(Answer):
    """All reviews of a statement, the first first."""

    items: list[ReviewShown]


@router.get("/{statement}/reviews", summary="The reviews of a statement", response_model=ReviewList)
def list_reviews(request: Request, statement: UUID, _: Revision, session: ReadSession) -> Response:
    """Who judged it, when, how and why."""
    found = statements.get_statement(session, statement)
    reviews = statements.list_reviews(session, found.id)
    return answer_json(request, ReviewList(items=[ReviewShown.model_validate(review) for review in reviews]))


@router.post("/{statement}/reviews", status_code=201, summary="Judge a statement", response_model=ReviewShown)
def add_review(
    request: Request,
    statement: UUID,
    given: ReviewGiven,
    token: Annotated[TokenRecord, Depends(require_scope("review"))],
) -> Response:
    """Added to those before it; the positions that follow from the statement change with it."""
    check_review(given)
    changes = given.changes.model_dump(exclude_unset=True) if given.changes else None
    review = jobs.review(
        request.app.state.database.sessions,
        statement,
        given.verdict,
        reviewer=token.name,
        reason=given.reason,
        changes=changes,
    )
    return Response(
        ReviewShown.model_validate(review).model_dump_json(),
        status_code=201,
        media_type="application/json",
        headers={"Location": f"/api/v1/statements/{statement}/reviews", "Cache-Control": "no-store"},
    )


def check_review(given: ReviewGiven) -> None:
    """A correction says what it corrects; nothing else changes a statement."""
    if given.verdict is Verdict.CORRECT and not (given.changes and given.changes.model_fields_set):
        raise BadRequest("A correction needs changes: say which fields are wrong.", field="changes")
    if given.verdict is not Verdict.CORRECT and given.changes:
        raise BadRequest("Only the verdict “correct” may have changes.", field="changes")
