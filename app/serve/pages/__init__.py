"""One file a page. A route reads its filters, calls a loader, makes the page's record and renders it."""

from fastapi import APIRouter, Depends

from app.serve.etags import check_etag
from app.serve.pages import (
    about,
    actors,
    cells,
    countries,
    documents,
    ingest,
    leaders,
    library,
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
    library,
    documents,
    statements,
    statement,
    about,
):
    # A reader who comes back is told that nothing has changed, for the price of one small query.
    router.include_router(page.router, dependencies=[Depends(check_etag)])
router.include_router(ingest.router)

__all__ = ["answer_problem", "router"]
