"""The web application: routes, files and errors. `demarche serve` runs it.

It is given a database that runs and is migrated, so a test makes it as production does.
"""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app import __version__
from app.config import ROOT, Settings
from app.db import Database
from app.errors import BadRequest, CannotStart, DemarcheError, NotAllowed
from app.serve import api, pages
from app.serve.access import check_reader
from app.serve.api import description, docs
from app.serve.etags import NotModified, answer_unchanged
from app.serve.middleware import HeadAsGet, LimitedBody, RequestLog
from app.serve.pages.headers import HEADERS, SecurityHeaders
from app.serve.problems import Problem, answer_problem, describe_error, describe_fields, describe_status

FOR_MACHINES = ("/api/", "/health/", "/openapi.json")


def create_app(database: Database, settings: Settings) -> FastAPI:
    """The application over a running, migrated database."""
    app = FastAPI(title=description.TITLE, version=__version__, docs_url=None, redoc_url=None)
    app.state.database = database
    app.state.settings = settings
    app.openapi = lambda: description.describe(app)  # type: ignore[method-assign]
    app.include_router(api.router)
    app.include_router(api.health_router, include_in_schema=False)
    app.include_router(docs.router)
    app.include_router(pages.router, include_in_schema=False, dependencies=[Depends(check_reader)])
    app.mount("/docs/files", docs.docs_files())
    app.mount("/static", StaticFiles(directory=ROOT / "static"))
    add_error_handlers(app)
    # The last added is the outermost.
    app.add_middleware(LimitedBody, limit=settings.max_bytes)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app


def add_error_handlers(app: FastAPI) -> None:
    """The one place where an error becomes an answer."""

    @app.exception_handler(DemarcheError)
    def known(request: Request, error: DemarcheError) -> Response:
        return answer_error(request, error)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return show(request, describe_fields(request, error.errors()))

    @app.exception_handler(HTTPException)
    def framework(request: Request, error: HTTPException) -> Response:
        # The framework wraps what goes wrong while it reads a body.
        if isinstance(error.__cause__, DemarcheError):
            return answer_error(request, error.__cause__)
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(find_methods(request))
        problem = describe_status(request, error.status_code, str(error.detail), headers.get("Allow"))
        return show(request, problem, headers)

    @app.exception_handler(NotModified)
    def unchanged(request: Request, error: NotModified) -> Response:
        return answer_unchanged(request, error)

    @app.exception_handler(OperationalError)
    def no_database(request: Request, _: OperationalError) -> Response:
        message = "The database does not answer. Try again in a moment."
        return show(request, describe_error(request, CannotStart(message)), {"Retry-After": "5"})

    @app.exception_handler(DataError)
    def not_storable(request: Request, _: DataError) -> Response:
        message = "A value has a zero character or is out of range. Correct the address or what was sent."
        return show(request, describe_error(request, BadRequest(message)))

    @app.exception_handler(Exception)
    def unexpected(request: Request, _: Exception) -> Response:
        # This one is made outside the middleware that sets the headers. The server logs the traceback.
        detail = "An error that nobody expected. It was logged; nothing was stored."
        return show(request, describe_status(request, 500, detail), HEADERS)


def find_methods(request: Request) -> list[str]:
    """What can be done at the address: several routes may share it, and the framework names one's alone."""
    scope = {**request.scope, "path_params": {}}
    found = [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]
    return ["GET", "HEAD", *found[1:]] if found[:1] == ["GET"] else found


def answer_error(request: Request, error: DemarcheError) -> Response:
    """A known error, with the way to sign in where that is what is missing."""
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotAllowed) else {}
    return show(request, describe_error(request, error), headers)


def show(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """A page for readers, a problem document for programs."""
    wants_page = "text/html" in request.headers.get("accept", "")
    if wants_page and not request.url.path.startswith(FOR_MACHINES):
        return pages.answer_problem(request, problem, headers or {})
    return answer_problem(problem, headers)
