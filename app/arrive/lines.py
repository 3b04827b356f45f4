"""JSON: a document an object, one a line (.jsonl, .ndjson) or one a file (.json, also as a list).

`text` must be there; `title`, `published`, `url` and `publisher` may be; other keys are passed over.
A line that cannot be read is a failure of its own and the lines after it are read.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from dateutil.parser import isoparse

from app.arrive.failure import Failure
from app.arrive.kinds import TEXT
from app.arrive.unpack import describe_limit
from app.config import Settings
from app.errors import BadInput, DemarcheError
from app.records import Arrival

_SURROGATES = re.compile("[\ud800-\udfff]")
_BOM = b"\xef\xbb\xbf"


def read_object(body: bytes, name: str) -> Arrival:
    """The one document of a JSON file."""
    objects = _parse(body)
    if isinstance(objects, list) and len(objects) == 1:
        objects = objects[0]
    return make_arrival(objects, name)


def read_objects(body: bytes, name: str) -> Iterator[Arrival | Failure]:
    """The documents of a JSON file that holds one object or a list of them."""
    try:
        objects = _parse(body)
    except DemarcheError as error:
        yield Failure(name, error.message)
        return
    if not isinstance(objects, list):
        yield _try_arrival(objects, name)
        return
    if not any(isinstance(item, dict) and "text" in item for item in objects):
        yield Failure(name, "This JSON holds no documents: none of its objects has the key “text”.")
        return
    for number, item in enumerate(objects, 1):
        yield _try_arrival(item, f"{name}, item {number}")


def read_lines(file: BinaryIO, name: str, settings: Settings) -> Iterator[Arrival | Failure]:
    """The documents of a file of JSON Lines, one at a time, however long the file is."""
    for number, line in enumerate(_split_lines(file, settings.max_bytes), 1):
        label = f"{name}, line {number}"
        if len(line) > settings.max_bytes:
            yield Failure(label, describe_limit(settings.max_bytes))
        elif line.strip():
            yield _try_line(line, label)


def make_arrival(item: object, label: str) -> Arrival:
    """A JSON object as a document on its way in; BadInput says which key is wrong."""
    if not isinstance(item, dict):
        raise BadInput('A document is a JSON object such as {"text": "…", "published": "2024-02-27"}.')
    text = _read_string(item, "text")
    if text is None or not text.strip():
        raise BadInput("The key “text” is missing or empty. It must hold the document's text.")
    return Arrival(
        encode_text(text),
        TEXT,
        "utf-8",
        _read_string(item, "url"),
        name=label,
        how="file",
        title=_read_string(item, "title"),
        publisher=_read_string(item, "publisher"),
        published=_read_day(item),
    )


def encode_text(text: str) -> bytes:
    """UTF-8, with U+FFFD for half a surrogate pair, which JSON and Python allow and no encoding does."""
    return _SURROGATES.sub("\ufffd", text).encode()


def looks_like_lines(start: bytes) -> bool:
    """Whether a stream without a name holds JSON Lines: its first line is an object with a text."""
    first = start.removeprefix(_BOM).lstrip().partition(b"\n")[0].rstrip()
    if not first.startswith(b"{"):
        return False
    try:
        return "text" in json.loads(first)
    except ValueError:
        return False


def _split_lines(file: BinaryIO, limit: int) -> Iterable[bytes]:
    """Lines, with what passes `limit` cut off and passed over up to the next line's end."""
    while line := file.readline(limit + 1):
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = file.readline(limit + 1)


def _try_line(line: bytes, label: str) -> Arrival | Failure:
    try:
        return make_arrival(_parse(line), label)
    except DemarcheError as error:
        return Failure(label, error.message)


def _try_arrival(item: object, label: str) -> Arrival | Failure:
    try:
        return make_arrival(item, label)
    except DemarcheError as error:
        return Failure(label, error.message)


def _parse(body: bytes) -> object:
    try:
        parsed: object = json.loads(body.removeprefix(_BOM))
    except UnicodeDecodeError as error:
        raise BadInput("JSON is read in UTF-8 only. Save it in that encoding.") from error
    except json.JSONDecodeError as error:
        where = (
            f" (line {error.lineno}, column {error.colno})"
            if error.lineno > 1
            else f" (column {error.colno})"
        )
        raise BadInput(f"This is not JSON{where}: {error.msg}. Each document is one JSON object.") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, ten thousand brackets
        raise BadInput("This JSON cannot be read. Each document is one flat JSON object.") from error
    return parsed


def _read_string(item: dict[str, object], key: str) -> str | None:
    value = item.get(key)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"The key “{key}” must hold a text in quotation marks.")
    return value or None


def _read_day(item: dict[str, object]) -> date | None:
    value = _read_string(item, "published")
    if value is None:
        return None
    try:
        return isoparse(value.strip()).date()
    except ValueError as error:
        raise BadInput(f"“published” is “{value[:40]}”; write the day as 2024-02-27.") from error
