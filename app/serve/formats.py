"""The forms an answer can take: JSON for programs, CSV for spreadsheets, one object a line for pipes.

`?format=` decides, else the Accept header. CSV and NDJSON carry the rows alone, written while they are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

import orjson
from fastapi import Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, BeforeValidator, WithJsonSchema

from app.errors import NotOffered
from app.serve.etags import cache_headers
from app.serve.filters import read_text

Shown = TypeVar("Shown", bound=BaseModel)


class Form(StrEnum):
    """How an answer is written."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"


MEDIA_TYPES = {
    Form.JSON: "application/json",
    Form.CSV: "text/csv; charset=utf-8; header=present",
    Form.NDJSON: "application/x-ndjson",
}
# What clients write for each form; `application/*` and `*/*` ask for the first.
ACCEPTED = {
    "application/json": Form.JSON,
    "application/*": Form.JSON,
    "*/*": Form.JSON,
    "text/csv": Form.CSV,
    "text/*": Form.CSV,
    "application/x-ndjson": Form.NDJSON,
    "application/ndjson": Form.NDJSON,
    "application/jsonl": Form.NDJSON,
    "application/x-jsonlines": Form.NDJSON,
}


def choose_form(
    request: Request,
    format: Annotated[  # noqa: A002  the address calls it so
        str,
        BeforeValidator(read_text),
        WithJsonSchema({"type": "string", "enum": [form.value for form in Form], "default": "json"}),
        Query(description="The form of the answer. Goes before the Accept header."),
    ] = "",
) -> Form:
    """The form asked for, or an error that lists those there are."""
    if not format:
        return negotiate(request.headers.get("accept", "*/*"))
    try:
        return Form(format.lower())
    except ValueError as error:
        raise NotOffered(f"There is no form “{format[:30]}”. {offers()}", field="format") from error


def offers() -> str:
    names = ", ".join(f"{form.value} ({MEDIA_TYPES[form].split(';')[0]})" for form in Form)
    return f"Choose one of: {names}."


def negotiate(accept: str) -> Form:
    """The offered form that the Accept header likes best; of equals the one it names first."""
    best: tuple[float, Form] | None = None
    for part in accept.split(","):
        name, *parameters = [piece.strip().lower() for piece in part.split(";")]
        form = ACCEPTED.get(name)
        weight = weigh(parameters)
        if form is not None and weight > 0 and (best is None or weight > best[0]):
            best = (weight, form)
    if best is None:
        raise NotOffered(f"None of “{accept[:100]}” is offered. {offers()}", field="Accept")
    return best[1]


def weigh(parameters: Sequence[str]) -> float:
    """The q of a part of an Accept header; one that cannot be read counts as 1."""
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 1.0
    return 1.0


WantedForm = Annotated[Form, Depends(choose_form)]


def answer_json(request: Request, body: BaseModel, *, headers: dict[str, str] | None = None) -> Response:
    """A typed answer as JSON."""
    return Response(
        body.model_dump_json(by_alias=True),
        media_type=MEDIA_TYPES[Form.JSON],
        headers={**cache_headers(request), **(headers or {})},
    )


def answer_item(request: Request, form: Form, name: str, shown: BaseModel) -> Response:
    """One thing: an object, or a table of one row."""
    if form is Form.JSON:
        return answer_json(request, shown)
    return answer_rows(request, form, name, type(shown), [shown])


def answer_rows(
    request: Request,
    form: Form,
    name: str,
    row: type[Shown],
    rows: Iterable[Shown],
    *,
    headers: dict[str, str] | None = None,
) -> Response:
    """Rows as CSV or NDJSON, sent while they are read."""
    written = write_csv(row, rows) if form is Form.CSV else write_lines(rows)
    return StreamingResponse(
        _in_batches(written),
        media_type=MEDIA_TYPES[form],
        headers={
            **cache_headers(request),
            "Content-Disposition": f'attachment; filename="demarche-{name}.{form.value}"',
            **(headers or {}),
        },
    )


def _in_batches(parts: Iterable[str], size: int = 64_000) -> Iterator[bytes]:
    """Fewer, larger pieces: each is a trip through a thread and a system call."""
    held: list[str] = []
    length = 0
    for part in parts:
        held.append(part)
        length += len(part)
        if length >= size:
            yield "".join(held).encode()
            held, length = [], 0
    if held:
        yield "".join(held).encode()


def write_lines(rows: Iterable[BaseModel]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield row.model_dump_json(by_alias=True) + "\n"


def write_csv(row: type[BaseModel], rows: Iterable[BaseModel]) -> Iterator[str]:
    """A head line and a line a row (RFC 4180). The head stands there even when there is no row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([field.serialization_alias or name for name, field in row.model_fields.items()])
    yield _emptied(buffer)
    for item in rows:
        writer.writerow([write_cell(value) for value in item.model_dump(mode="json").values()])
        yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def write_cell(value: object) -> str:
    """A value as a CSV cell. Numbers keep every digit; plain lists are parted by |, deeper things are JSON.

    A text that a spreadsheet would take for a formula gets an apostrophe before it: a headline may begin
    with = or +, and what a stranger wrote must not be run on an analyst's machine.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return guard(value)
        case list() if all(isinstance(part, (str, int, float)) for part in value):
            return guard("|".join(map(str, value)))
        case _:
            return guard(orjson.dumps(value).decode())


def guard(text: str) -> str:
    """`text`, so that no spreadsheet reads it as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
