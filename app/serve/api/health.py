"""Whether the process lives and whether it can answer: for machines that start and stop it."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy.exc import SQLAlchemyError

from app import __version__
from app.errors import CannotStart
from app.queries import revisions
from app.serve.api.answers import Answer
from app.serve.session import ReadSession

router = APIRouter(prefix="/health", tags=["Health"])


class Health(Answer):
    """The state of the process."""

    status: Literal["ok"] = "ok"
    version: str = Field(examples=["0.1.0"])


class Readiness(Health):
    """The state of the process and its database."""

    revision: int = Field(examples=[42])
    """The state of the data."""


@router.get("/live", summary="Whether the process lives", response_model=Health)
async def check_live(response: Response) -> Health:
    """Answers as long as the process does; asks nobody else."""
    response.headers["Cache-Control"] = "no-store"
    return Health(version=__version__)


@router.get("/ready", summary="Whether requests can be answered", response_model=Readiness)
def check_ready(response: Response, session: ReadSession) -> Readiness:
    """503 while the database does not answer, so that a balancer sends readers elsewhere."""
    response.headers["Cache-Control"] = "no-store"
    try:
        revision = revisions.current_revision(session)
    except SQLAlchemyError as error:
        raise CannotStart("The database does not answer. Check that it runs, then ask again.") from error
    return Readiness(version=__version__, revision=revision)
