"""REST: the stored and the derived as JSON, CSV and NDJSON under /api/v1, one file a resource.

Each address is the twin of a page and asks the same loader or query, so they cannot disagree.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends

from app.serve.access import check_reader
from app.serve.api import (
    actors,
    alliances,
    documents,
    health,
    ingest,
    matrix,
    offices,
    passages,
    positions,
    questions,
    reviews,
    statements,
)
from app.serve.parameters import refuse_unknown

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX, dependencies=[Depends(refuse_unknown)])
for resource in (
    matrix,
    positions,
    statements,
    reviews,
    documents,
    ingest,
    passages,
    actors,
    offices,
    alliances,
    questions,
):
    router.include_router(resource.router, dependencies=[Depends(check_reader)])
router.include_router(health.router)

# Machines look for these at the root as well.
health_router = health.router
