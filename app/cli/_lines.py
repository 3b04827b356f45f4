"""JSON Lines in and out, for the commands that need no database.

A line that cannot be read is told with its number and the rest goes on. The output appears under its name
only when it is whole: it is written beside it and renamed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

import orjson
from dateutil.parser import parse

from app.cli._console import complain, warn
from app.errors import BadInput
from app.records import SourceText

STDIO = "-"
_MONTH = re.compile(r"[A-Za-z]{3}")
_DEFAULTS = (datetime(2001, 1, 1, tzinfo=UTC), datetime(2003, 2, 2, tzinfo=UTC))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")


@dataclass(frozen=True, slots=True)
class Given:
    """A text as a line gave it. `id` is answered as it came, whether a string or a number."""

    line: int
    id: str | int
    source: SourceText


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be read, and why."""

    line: int
    message: str


def read_lines(file: BinaryIO, advance: Callable[[int], None]) -> Iterator[Given | BadLine]:
    """Each line that is not blank, read or refused; `advance` is told the bytes of each."""
    for number, line in enumerate(file, 1):
        advance(len(line))
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            yield parse_line(line, number)
        except BadInput as error:
            yield BadLine(number, error.message)


def parse_line(line: bytes, number: int) -> Given:
    """`{"id", "text", "title"?, "published"?, "url"?}`; other keys are passed over."""
    try:
        item = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise BadInput(f"This is not JSON: {error.msg} at character {error.colno}.") from error
    if not isinstance(item, dict):
        raise BadInput('This is not an object such as {"id": "a1", "text": "…"}.')
    name, text = item.get("id"), item.get("text")
    if not isinstance(name, (str, int)) or isinstance(name, bool):
        raise BadInput("“id” is missing, or is neither text nor a number.")
    if not isinstance(text, str):
        raise BadInput("“text” is missing, or is not text.")
    title = item.get("title")
    if title is not None and not isinstance(title, str):
        raise BadInput("“title” is not text.")
    return Given(number, name, SourceText(str(name), text, title, parse_day(item.get("published"))))


def parse_day(value: object) -> date | None:
    """The day of `published`: 2024-02-27, a moment of that day, or a date with its month in letters.

    None where none is given. 02/03/24 is refused: it is one day here and another there.
    """
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str):
            found = _DAY.match(value)
            return date.fromisoformat(found[0]) if found else parse_words(value)
    except (ValueError, OverflowError):
        pass
    raise BadInput(f"“published” is not a day such as 2024-02-27: {str(value)[:40]}.")


def parse_words(text: str) -> date:
    """`27 February 2024`, `Tue, 27 Feb 2024 10:00:00 GMT`; ValueError for what is not one whole date."""
    if not _MONTH.search(text):
        raise ValueError(text)
    # What the text does not say comes from the default: if that matters, the text says too little.
    days = {parse(text, ignoretz=True, default=default).date() for default in _DEFAULTS}
    if len(days) != 1:
        raise ValueError(text)
    return days.pop()


@contextmanager
def open_input(name: str) -> Iterator[tuple[BinaryIO, int | None]]:
    """The file, or standard input for `-`, with its size where it has one."""
    if name == STDIO:
        yield sys.stdin.buffer, None
        return
    path = Path(name)
    try:
        file = path.open("rb")
    except OSError as error:
        raise BadInput(f"{name} cannot be read: {(error.strerror or 'unknown').lower()}.") from error
    with file:
        yield file, path.stat().st_size if path.is_file() else None


@contextmanager
def open_output(name: str) -> Iterator[BinaryIO]:
    """A file that appears whole when the block ends well, else not at all; `-` is standard output."""
    if name == STDIO:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if path.exists() and not path.is_file():  # /dev/null, a pipe: nothing to rename to
        with path.open("wb") as device:
            yield device
        return
    try:
        file = NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise BadInput(f"{name} cannot be written: {(error.strerror or 'unknown').lower()}.") from error
    try:
        with file:
            os.fchmod(file.fileno(), 0o666 & ~_umask())
            yield cast(BinaryIO, file.file)
        Path(file.name).replace(path)
    finally:
        Path(file.name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def batches(items: Iterable[Given | BadLine], size: int) -> Iterator[tuple[list[Given], list[BadLine]]]:
    """Lines in lots of `size`: the models read several texts faster than one after another."""
    good: list[Given] = []
    bad: list[BadLine] = []
    for item in items:
        if isinstance(item, BadLine):
            bad.append(item)
            continue
        good.append(item)
        if len(good) == size:
            yield good, bad
            good, bad = [], []
    if good or bad:
        yield good, bad


def report(failures: int, written: int, name: str) -> int:
    """The exit status, after saying how many lines were left out."""
    if failures:
        complain(f"{failures} of {failures + written} lines of {name} could not be read and were left out.")
    return 1 if failures else 0


def tell(bad: BadLine, name: str) -> None:
    warn(f"{name}, line {bad.line}: {bad.message}")
