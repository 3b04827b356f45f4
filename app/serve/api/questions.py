"""Questions: the proposals on which actors take positions."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.records import Page, Question
from app.serve.api.answers import Answer, Listed
from app.serve.etags import Revision
from app.serve.formats import WantedForm, answer_item
from app.serve.listing import Listing, WantedPage, answer_list, page_of
from app.serve.loaders import load_known
from app.serve.session import ReadSession

router = APIRouter(prefix="/questions", tags=["Registry"])


class QuestionShown(Answer):
    """A proposal, stated affirmatively, so that to back it means to want it."""

    slug: str = Field(examples=["troops-ukraine"])
    title: str = Field(examples=["Send Western troops to Ukraine"])
    proposal: str = Field(
        examples=["Western or NATO countries send ground troops to Ukraine while the war goes on."]
    )
    description: str = Field(examples=["Combat or ground troops. Not: weapons, aid, training elsewhere."])
    """What belongs to it and what does not."""
    keywords: list[str] = Field(examples=[["ground troops", "boots on the ground"]])
    """What passages about it often say."""


class QuestionList(Listed):
    """A page of questions, in the order of the register."""

    items: list[QuestionShown]


@router.get("", summary="The questions", response_model=QuestionList)
def list_questions(request: Request, wanted: WantedPage, _: Revision, session: ReadSession) -> Response:
    """Every question, in the order in which the matrix shows them."""

    def fetch(cursor: str | None, limit: int) -> Page[Question]:
        return page_of(load_known(session).questions, lambda question: question.slug, cursor, limit)

    return answer_list(
        request,
        wanted,
        Listing(
            name="questions",
            row=QuestionShown,
            fetch=fetch,
            show=QuestionShown.model_validate,
            wrap=lambda rows, cursor: QuestionList(items=rows, next=cursor),
        ),
    )


@router.get("/{question}", summary="One question", response_model=QuestionShown)
def get_question(
    request: Request, question: str, form: WantedForm, _: Revision, session: ReadSession
) -> Response:
    """One question by its slug."""
    found = load_known(session).question(question.lower())
    return answer_item(request, form, "question", QuestionShown.model_validate(found))
