"""Pasted texts and single files, as bytes with a name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.arrive.kinds import HTML, JSON, JSON_LINES, PDF, TEXT, XHTML, choose_kind, guess_from_name
from app.arrive.lines import encode_text, read_object
from app.arrive.unpack import describe_limit
from app.config import Settings
from app.errors import BadInput, TooLarge
from app.records import Arrival

# What a browser may honestly claim for an upload; anything else is left to the name and the bytes.
_BELIEVED = frozenset({HTML, XHTML, PDF})


def read_text(
    text: str,
    settings: Settings,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: date | None = None,
    address: str | None = None,
) -> Arrival:
    """A text as somebody pasted it; a page's source is told from its beginning."""
    body = encode_text(text)
    _check_size(len(body), settings)
    return Arrival(
        body, choose_kind(body, TEXT), "utf-8", address, title=title, publisher=publisher, published=published
    )


def read_file(body: bytes, name: str, settings: Settings, *, claimed: str | None = None) -> Arrival:
    """An upload or a file's content, by its name, its claimed content type and its first bytes."""
    _check_size(len(body), settings)
    if not body.strip():
        raise BadInput(f"“{name}” is empty. Choose a file that holds a text.", field="file")
    kind = guess_from_name(name)
    if kind in {JSON, JSON_LINES}:
        return read_object(body, name)
    if kind is None and claimed in _BELIEVED:
        kind = claimed
    return Arrival(body, choose_kind(body, kind), name=name, how="file")


def read_path(path: Path, settings: Settings) -> Arrival:
    """One file with one document in it."""
    return replace(read_file(read_bytes(path, settings), path.name, settings), name=str(path))


def read_bytes(path: Path, settings: Settings) -> bytes:
    """A file's content, refused before it is read when it is too large or no ordinary file."""
    if not path.exists():
        hint = " A web address begins with http:// or https://." if str(path).startswith("www.") else ""
        raise BadInput(f"There is no file “{path}”.{hint}")
    if not path.is_file():
        raise BadInput(f"“{path}” is not an ordinary file.")
    try:
        _check_size(path.stat().st_size, settings)
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"“{path}” cannot be read ({error.strerror}). Check its permissions.") from error


def _check_size(size: int, settings: Settings) -> None:
    if size > settings.max_bytes:
        raise TooLarge(describe_limit(settings.max_bytes))
