"""A program brings a document: as JSON with a text or an address, or as a file.

The text is read while the request waits. The same text again answers 200 with the document that is held:
a client that lost the answer may send it once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from starlette.datastructures import FormData, UploadFile

from app import arrive, jobs
from app.config import Settings
from app.db import Database
from app.errors import BadInput, WrongBody
from app.queries import documents, statements
from app.queries.tokens import TokenRecord
from app.records import Arrival
from app.serve.access import require_scope
from app.serve.api.answers import Answer
from app.serve.api.documents import DocumentShown
from app.serve.api.statements import Statement
from app.serve.filters import Day, Written
from app.serve.session import open_reader

router = APIRouter(prefix="/documents", tags=["Documents"])


def blank_to_none(value: object) -> object:
    """A form sends its empty fields too."""
    return None if isinstance(value, str) and not value.strip() else value


Optional = Annotated[Written | None, BeforeValidator(blank_to_none)]


class DocumentGiven(BaseModel):
    """A document to read: its text, or its address. What is said of it wins over what is found in it."""

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [
                {
                    "text": "Chancellor Olaf Scholz said that Germany would not send ground troops.",
                    "title": "Scholz rules out troops",
                    "published": "2024-02-27",
                    "publisher": "The New Dispatch",
                    "url": "https://news.example/scholz-rules-out-troops",
                }
            ]
        },
    )

    text: Annotated[str | None, BeforeValidator(blank_to_none)] = None
    """The text, plain or HTML. Without it, `url` is fetched."""
    title: Optional = None
    published: Day = None
    """The day it was published. Else what the page says, else today, marked as such."""
    url: Optional = None
    """Where it was published; read from there when there is no `text`. Public http and https only."""
    publisher: Optional = None


class IngestAnswer(Answer):
    """The document as it is held, and what was found in it."""

    id: UUID
    """The document's."""
    new: bool
    """Whether it was stored now. False: this text was held already."""
    document: DocumentShown
    statements: list[Statement]


FORM_SCHEMA = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "Text, HTML, PDF, or JSON with one document.",
        },
        "title": {"type": "string"},
        "published": {"type": "string", "format": "date"},
        "url": {"type": "string"},
        "publisher": {"type": "string"},
    },
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/DocumentGiven"}},
            "multipart/form-data": {"schema": FORM_SCHEMA},
        },
    }
}
HELD = {"description": "This text is held already.", "model": IngestAnswer}


@router.post(
    "",
    status_code=201,
    summary="Bring a document",
    response_model=IngestAnswer,
    responses={200: HELD},
    openapi_extra=BODY,
)
async def add_document(
    request: Request, _: Annotated[TokenRecord, Depends(require_scope("ingest"))]
) -> Response:
    """Read, extract, store and derive while the request waits; the answer has the statements found.

    As JSON, or as a form with a `file`. 201 where the text is new, 200 where it was held already.
    """
    given, upload = await read_body(request)
    state = request.app.state
    shown = await run_in_threadpool(ingest, state.database, given, upload, state.settings)
    return Response(
        shown.model_dump_json(),
        status_code=201 if shown.new else 200,
        media_type="application/json",
        headers={"Location": f"/api/v1/documents/{shown.id}", "Cache-Control": "no-store"},
    )


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form."""

    name: str
    body: bytes
    claimed: str | None


async def read_body(request: Request) -> tuple[DocumentGiven, Upload | None]:
    """What the request brings, as JSON or as a form."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        return check_given(await request.body()), None
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=10) as form:
            return check_given(read_fields(form)), await read_file(form)
    raise WrongBody(
        f"A body of type “{kind[:60] or 'none'}” is not read here. "
        "Send application/json with `text` or `url`, or multipart/form-data with a `file`."
    )


def check_given(body: bytes | Mapping[str, str]) -> DocumentGiven:
    """The fields of the body, or the problems of all of them at once."""
    try:
        if isinstance(body, bytes):
            return DocumentGiven.model_validate_json(body)
        return DocumentGiven.model_validate(body)
    except ValidationError as error:
        raise RequestValidationError(
            [{**problem, "loc": ("body", *problem["loc"])} for problem in error.errors(include_url=False)]
        ) from error


def read_fields(form: FormData) -> dict[str, str]:
    """The fields of a form that are text."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


async def read_file(form: FormData) -> Upload:
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        raise BadInput("The form has no file. Send one in the field “file”.", field="file")
    return Upload(upload.filename or "upload", await upload.read(), upload.content_type)


def make_arrival(given: DocumentGiven, upload: Upload | None, settings: Settings) -> Arrival:
    """The document on its way in. What the request says of it goes before what is found."""
    if upload is not None:
        found = arrive.read_file(upload.body, upload.name, settings, claimed=upload.claimed)
    elif given.text is not None:
        found = arrive.read_text(given.text, settings)
    elif given.url is not None:
        found = arrive.fetch_url(given.url, settings)
    else:
        raise BadInput("Give a text, an address (url) or a file.", field="text")
    return replace(
        found,
        address=found.address or given.url,
        title=given.title or found.title,
        publisher=given.publisher or found.publisher,
        published=given.published or found.published,
    )


def ingest(
    database: Database, given: DocumentGiven, upload: Upload | None, settings: Settings
) -> IngestAnswer:
    """Take the document through the whole way and read back what became of it."""
    result = jobs.ingest(database.sessions, make_arrival(given, upload, settings))
    with open_reader(database) as session:
        return IngestAnswer(
            id=result.document,
            new=result.new,
            document=DocumentShown.model_validate(documents.get_document(session, result.document)),
            statements=[
                Statement.model_validate(statement)
                for statement in statements.statements_of_document(session, result.document)
            ],
        )
