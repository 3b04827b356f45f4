"""The API's description (OpenAPI 3.1): what the framework finds in the code, and what it cannot know.

Every address answers in the same ways when something is wrong, has the same three forms and may answer
304; that is said here once and not at every route.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app import __version__
from app.serve.api.ingest import DocumentGiven
from app.serve.problems import MEDIA_TYPE, Problem

Json = dict[str, Any]

TITLE = "Demarche"
SUMMARY = "Who backs it, who rejects it, and in which words."
DESCRIPTION = """\
Where leaders stand on open questions, from what they are reported to have said.

* **Every view is an address.** Filters, day and form stand in it. `as_of` is today unless given, and every
  answer spells it out. An unknown parameter is refused, so a typing error never gives an unfiltered answer.
* **Forms.** `?format=json|csv|ndjson`, or the `Accept` header. CSV and NDJSON carry the rows alone; where
  neither `limit` nor `cursor` is given they carry every row.
* **Pages.** Lists have `limit` rows. `next` in the answer is the `cursor` of the next page; the `Link` header
  has its whole address.
* **Unchanged answers cost nothing.** Send the `ETag` back as `If-None-Match`; 304 says that it still holds.
* **Errors** are problem details (RFC 9457) that name the field and say what to do.
* **Offsets** count Unicode code points of the document's text, end exclusive.
* **Writing** needs a token: `demarche tokens add NAME --scope ingest`, then `Authorization: Bearer …`.
"""
TAGS = [
    {"name": "Matrix", "description": "Leaders by question, as of a day."},
    {"name": "Positions", "description": "Where actors stand over time, derived from statements; who moved."},
    {
        "name": "Statements",
        "description": "One actor, one question, one passage; and what people judged of it.",
    },
    {"name": "Documents", "description": "The texts that were read, and their passages as annotations."},
    {"name": "Registry", "description": "Actors, offices, alliances and questions."},
    {"name": "Health", "description": "For machines that start and stop the process."},
]
PROBLEMS = {
    "401": "A token is needed, or the one sent is not known.",
    "403": "The token lacks the scope.",
    "404": "Nothing of that name is held.",
    "406": "The form asked for is not offered.",
    "413": "The body is larger than is read at once.",
    "415": "The body is of a kind that is not read.",
    "422": "A field or a parameter has a value it cannot have, or is not known.",
    "503": "The database does not answer.",
}


# What stands in an address, with one to try.
IN_PATH = {
    "statement": ("The statement's identifier.", None),
    "document": ("The document's identifier.", None),
    "actor": ("The actor's slug.", "olaf-scholz"),
    "alliance": ("The alliance's slug.", "nato"),
    "question": ("The question's slug.", "troops-ukraine"),
}


def describe(app: FastAPI) -> Json:
    """The whole description, made once."""
    if app.openapi_schema is None:
        described = get_openapi(
            title=TITLE,
            version=__version__,
            openapi_version="3.1.0",
            summary=SUMMARY,
            description=DESCRIPTION,
            routes=app.routes,
            tags=TAGS,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        add_schemas(described)
        for path, method, operation in operations(described):
            complete(path, method, operation)
        app.openapi_schema = described
    return app.openapi_schema


def operations(described: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def add_schemas(described: Json) -> None:
    """The models that no route names as its own."""
    _, found = models_json_schema(
        [(Problem, "serialization"), (DocumentGiven, "validation")],
        ref_template="#/components/schemas/{model}",
    )
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(found["$defs"])
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)


def complete(path: str, method: str, operation: Json) -> None:
    """What one operation answers beside its own."""
    answers = operation["responses"]
    answers.pop("422", None)
    for status in sorted(problems_of(path, method, operation)):
        answers[status] = {
            "description": PROBLEMS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            parameter["description"], example = IN_PATH[parameter["name"]]
            if example:
                parameter["example"] = example
    if method == "get" and "security" in operation:
        # Reading needs a token only where it was made to (DEMARCHE_PUBLIC_READ).
        operation["security"].insert(0, {})
    if method == "get" and "health" not in path:
        complete_view(operation)


def problems_of(path: str, method: str, operation: Json) -> set[str]:
    """Which problems an operation can answer with."""
    if "health" in path:
        return {"422", "503"} if path.endswith("ready") else {"422"}
    statuses = {"401", "422"}
    if "{" in path:
        statuses.add("404")
    if method == "post":
        statuses |= {"403", "413"}
    if path.endswith("/documents") and method == "post":
        statuses.add("415")
    if any(parameter["name"] == "format" for parameter in operation.get("parameters", ())):
        statuses.add("406")
    return statuses


def complete_view(operation: Json) -> None:
    """A view has an ETag, may be unchanged, and has its rows in other forms."""
    found = operation["responses"]["200"]
    found["headers"] = {
        "ETag": {
            "description": "Send it back as If-None-Match.",
            "schema": {"type": "string"},
        }
    }
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    if "cursor" in names:
        found["headers"]["Link"] = {
            "description": 'The address of the next page, with rel="next".',
            "schema": {"type": "string"},
        }
    if "format" in names:
        found["content"]["text/csv"] = {
            "schema": {"type": "string", "description": "A head line, then the rows."}
        }
        found["content"]["application/x-ndjson"] = {
            "schema": {"type": "string", "description": "One JSON object a line."}
        }
    operation["responses"]["304"] = {"description": "What you have still holds."}
    operation.setdefault("parameters", []).append(
        {
            "name": "If-None-Match",
            "in": "header",
            "required": False,
            "schema": {"type": "string"},
            "description": "The ETag of the answer you have.",
        }
    )
