"""Cursors: where a page ended, so that the next one begins there.

A cursor holds the sort key of the last item. It stays right while rows are added before it, which a
page number would not. To its holder it is opaque; it is checked like any input.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from app.errors import BadRequest
from app.records import Page

T = TypeVar("T")
Key = str | int | date | UUID

# What a page holds at most, whoever asks.
MOST = 1000


def cap_limit(limit: int) -> int:
    return max(1, min(limit, MOST))


def encode_cursor(key: Sequence[Key]) -> str:
    text = json.dumps([str(part) for part in key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: Callable[[str], Key]) -> tuple[Key, ...]:
    """The sort key in a cursor; `kinds` read its parts (`date.fromisoformat`, `UUID`, `int`, `str`)."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = json.loads(raw)
        if not isinstance(parts, list) or len(parts) != len(kinds):
            raise ValueError(parts)
        key = tuple(kind(part) for kind, part in zip(kinds, map(_as_text, parts), strict=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise BadRequest(
            "This cursor is not one that a list of this kind gave. Ask without it for the first page.",
            field="cursor",
        ) from error
    return key


def make_page(items: Sequence[T], limit: int, key: Callable[[T], Sequence[Key]]) -> Page[T]:
    """A page from one item more than was asked for: the item too many says that there is a next page."""
    if len(items) <= limit:
        return Page(tuple(items))
    kept = tuple(items[:limit])
    return Page(kept, encode_cursor(key(kept[-1])))


def _as_text(part: object) -> str:
    # PostgreSQL takes no NUL in a text, and no number beyond 64 bits.
    if not isinstance(part, str) or "\0" in part or len(part) > 200:
        raise ValueError(part)
    return part


def read_number(part: str) -> int:
    """A part that is a bigint."""
    number = int(part)
    if not -(2**63) <= number < 2**63:
        raise ValueError(part)
    return number
