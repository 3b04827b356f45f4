"""Errors for machines: RFC 9457 problem details that name the field and say what to do.

One place turns an error into an answer. The sentences are the same that a page shows; what is added is
`type`, which a program can compare, and `errors`, one entry a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.errors import DemarcheError

MEDIA_TYPE = "application/problem+json"

TITLES = {
    401: "A token is needed",
    403: "That is not allowed",
    404: "Not found",
    405: "This address does not do that",
    406: "That form is not offered",
    413: "Too large",
    415: "That kind of body is not read",
    422: "A field has a value it cannot have",
    500: "Something broke here",
    503: "Not ready",
}


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="The name of the field.", examples=["as_of"])
    where: str = Field(description="Where it stands: query, path, header or body.", examples=["query"])
    message: str = Field(
        description="What is wrong with it and what to do.",
        examples=["“27.2.2024” is not a day. Write year-month-day, for example 2024-02-27."],
    )


class Problem(BaseModel):
    """An error as RFC 9457 has it."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(description="The kind of problem, to compare.", examples=["urn:demarche:bad-request"])
    title: str = Field(description="The kind of problem, to read.", examples=[TITLES[422]])
    status: int = Field(description="The HTTP status.", examples=[422])
    detail: str = Field(
        description="What went wrong this time, and what to do.",
        examples=["as_of: “27.2.2024” is not a day. Write year-month-day, for example 2024-02-27."],
    )
    instance: str = Field(description="The address that was asked.", examples=["/api/v1/matrix"])
    errors: list[FieldProblem] = Field(default_factory=list, description="One entry for each wrong field.")


def kind_of(error: type[DemarcheError]) -> str:
    """`BadRequest` -> `urn:demarche:bad-request`: stays the same whatever the sentence says."""
    return "urn:demarche:" + re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()


def describe_error(request: Request, error: DemarcheError) -> Problem:
    """A known error as a problem."""
    where = "query" if request.method in {"GET", "HEAD"} else "body"
    fields = [FieldProblem(field=error.field, where=where, message=error.message)] if error.field else []
    return Problem(
        type=kind_of(type(error)),
        title=error.title,
        status=error.status,
        detail=error.message,
        instance=request.url.path,
        errors=fields,
    )


def describe_status(request: Request, status: int, detail: str, allowed: str | None = None) -> Problem:
    """An answer of the framework itself, such as 404 for an address nobody serves, in plain words."""
    path = request.url.path
    if status == 404 and detail == "Not Found":
        detail = f"Nothing is served at {path}. The addresses are listed at /docs."
    if status == 405:
        can = f" What it does: {allowed}." if allowed else ""
        detail = f"{request.method} does nothing at {path}.{can}"
    return Problem(
        type="about:blank", title=TITLES.get(status, "Error"), status=status, detail=detail, instance=path
    )


def describe_fields(request: Request, errors: Sequence[Mapping[str, Any]]) -> Problem:
    """What validation refused, field by field."""
    fields = list(read_fields(errors))
    return Problem(
        type="urn:demarche:bad-request",
        title=TITLES[422],
        status=422,
        detail=" ".join(f"{field.field}: {field.message}" for field in fields),
        instance=request.url.path,
        errors=fields,
    )


def read_fields(errors: Iterable[Mapping[str, Any]]) -> Iterable[FieldProblem]:
    """One entry a field: of a list only the first wrong value is named."""
    seen: set[tuple[str, str]] = set()
    for error in errors:
        where, *path = [str(part) for part in error["loc"]]
        name = path[0] if path and where != "body" else ".".join(path)
        if (where, name) in seen:
            continue
        seen.add((where, name))
        yield FieldProblem(field=name or "body", where=where, message=say(error))


def say(error: Mapping[str, Any]) -> str:
    """A validation error in plain words."""
    context = error.get("ctx") or {}
    shown = str(error.get("input"))[:40]
    match error["type"]:
        case "value_error":
            return str(error["msg"]).removeprefix("Value error, ")
        case "missing":
            return "It is needed and was not given."
        case "enum" | "literal_error":
            choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            return f"“{shown}” is not one of: {choices}."
        case "int_parsing" | "int_type" | "int_parsing_size":
            return f"“{shown}” is not a whole number."
        case "uuid_parsing" | "uuid_type":
            return f"“{shown}” is not an identifier such as those in the answers here."
        case "greater_than_equal":
            return f"It must be {context.get('ge')} or more."
        case "less_than_equal":
            return f"It must be {context.get('le')} or less."
        case "extra_forbidden":
            return "There is no such field. Leave it out or correct its name."
        case "json_invalid":
            return f"The body is not JSON: {context.get('error', 'it cannot be read')}."
        case "string_too_long":
            return f"It is longer than {context.get('max_length')} characters."
        case "string_type":
            return "It must be text."
        case _:
            return f"{error['msg']}."


def answer_problem(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as an answer; never kept, because the next try may go well."""
    return Response(
        orjson.dumps(problem.model_dump()),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
