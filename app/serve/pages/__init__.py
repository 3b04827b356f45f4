"""One file a page. A route reads its filters, calls a loader, makes the page's record and renders it."""

from fastapi import APIRouter

from app.serve.pages import (
    about,
    actors,
    cells,
    countries,
    documents,
    ingest,
    leaders,
    matrix,
    questions,
    statement,
    statements,
)
from app.serve.pages.errors import answer_problem

router = APIRouter(include_in_schema=False)
for page in (
    matrix,
    cells,
    questions,
    leaders,
    actors,
    countries,
    documents,
    statements,
    statement,
    ingest,
    about,
):
    router.include_router(page.router)

__all__ = ["answer_problem", "router"]
