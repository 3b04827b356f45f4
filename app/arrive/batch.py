"""Many sources one after another. One that fails is told and the rest goes on."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from app.arrive.failure import Failure
from app.arrive.fetch import fetch_url
from app.arrive.files import read_bytes, read_file, read_path
from app.arrive.kinds import JSON, JSON_LINES, belongs_in_batch, guess_from_name
from app.arrive.lines import looks_like_lines, read_lines, read_objects
from app.arrive.unpack import describe_limit
from app.arrive.urls import looks_like_url
from app.config import Settings
from app.errors import DemarcheError
from app.records import Arrival

STDIN = "-"
_STDIN_NAME = "standard input"


def read_all(
    sources: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[Arrival | Failure]:
    """Every document of the sources: files, folders, addresses, JSON Lines; `-` is standard input.

    Nothing is read before it is asked for, so a batch may be larger than memory.
    """
    for source in sources:
        if source == STDIN:
            yield from _read_stdin(stdin or sys.stdin.buffer, settings)
        elif looks_like_url(source):
            yield _try_url(source, settings)
        elif Path(source).is_dir():
            yield from _read_folder(Path(source), settings)
        else:
            yield from _read_one(Path(source), settings)


def read_upload(
    body: bytes, name: str, settings: Settings, *, claimed: str | None = None
) -> Iterator[Arrival | Failure]:
    """Every document of one uploaded file: several when it is JSON, else one."""
    kind = guess_from_name(name)
    if len(body) > settings.max_bytes:
        yield Failure(name, describe_limit(settings.max_bytes))
    elif kind == JSON_LINES and body.strip():
        yield from read_lines(io.BytesIO(body), name, settings)
    elif kind == JSON and body.strip():
        yield from read_objects(body, name)
    else:
        try:
            yield read_file(body, name, settings, claimed=claimed)
        except DemarcheError as error:
            yield Failure(name, error.message)


def _read_one(path: Path, settings: Settings) -> Iterator[Arrival | Failure]:
    kind = guess_from_name(path.name)
    try:
        if kind == JSON_LINES:
            yield from _read_lines_file(path, settings)
        elif kind == JSON:
            yield from read_objects(read_bytes(path, settings), str(path))
        else:
            yield read_path(path, settings)
    except DemarcheError as error:
        yield Failure(str(path), error.message)


def _read_lines_file(path: Path, settings: Settings) -> Iterator[Arrival | Failure]:
    """The size limit counts for each line: an archive in one file may be as large as it likes."""
    if not path.is_file():
        read_bytes(path, settings)  # says what is wrong with it
    try:
        file = path.open("rb")
    except OSError as error:
        yield Failure(str(path), f"The file cannot be read ({error.strerror}). Check its permissions.")
        return
    with file:
        yield from read_lines(file, str(path), settings)


def _read_folder(folder: Path, settings: Settings) -> Iterator[Arrival | Failure]:
    """The folder's documents and those of its subfolders, by name; hidden files are passed over."""
    found = False
    for place, subfolders, names in os.walk(folder):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(filter(belongs_in_batch, names)):
            found = True
            yield from _read_one(Path(place) / name, settings)
    if not found:
        yield Failure(
            str(folder), "This folder holds no document that is read (.txt, .html, .pdf, .json, .jsonl)."
        )


def _try_url(url: str, settings: Settings) -> Arrival | Failure:
    try:
        return fetch_url(url, settings)
    except DemarcheError as error:
        return Failure(url, error.message)


def _read_stdin(stream: BinaryIO, settings: Settings) -> Iterator[Arrival | Failure]:
    """JSON Lines when the first line is such an object, else one document."""
    start = stream.readline(settings.max_bytes + 1)
    if looks_like_lines(start):
        yield from read_lines(_Rejoined(start, stream), _STDIN_NAME, settings)
        return
    body = start + stream.read(max(settings.max_bytes + 1 - len(start), 0))
    if body.lstrip()[:1] in {b"{", b"["} and b'"text"' in body:
        yield from read_objects(body, _STDIN_NAME)
        return
    try:
        yield replace(read_file(body, _STDIN_NAME, settings), how="paste")
    except DemarcheError as error:
        yield Failure(_STDIN_NAME, error.message)


class _Rejoined(io.BytesIO):
    """A stream whose first line was read already: the line again, then the rest."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        super().__init__(start)
        self._rest = rest

    def readline(self, size: int | None = -1, /) -> bytes:
        return super().readline(size) or self._rest.readline(-1 if size is None else size)
