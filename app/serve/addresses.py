"""The address of every view: the reverse of reading filters from the query.

A view is an address, so each link that changes one filter must keep the others. What equals its default
stays out, so that one view has one address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from urllib.parse import quote, urlencode
from uuid import UUID

from app.records import MatrixFilters, StatementFilters

Pair = tuple[str, str]


def query(pairs: Sequence[Pair]) -> str:
    """`?a=1&b=2`, or nothing when there is nothing to say."""
    return f"?{urlencode(pairs)}" if pairs else ""


def _one(name: str, value: object) -> Iterator[Pair]:
    if value is None or value == "" or value is False:
        return
    if isinstance(value, tuple):
        for part in value:
            yield from _one(name, part)
    elif value is True:
        yield name, "true"
    elif isinstance(value, Enum):
        yield name, str(value.value)
    else:
        yield name, value.isoformat() if isinstance(value, date) else str(value)


def matrix_pairs(filters: MatrixFilters) -> list[Pair]:
    """The filters of a matrix as query parameters; the as-of date always stands there."""
    pairs = [
        *_one("as_of", filters.as_of),
        *_one("since", filters.since),
        *_one("question", filters.questions),
        *_one("alliance", filters.alliances),
        *_one("country", filters.countries),
        *_one("actor", filters.actors),
        *_one("stance", filters.stance),
        *_one("attribution", filters.attribution),
        *_one("reviewed", filters.reviewed),
        *_one("min_confidence", filters.min_confidence),
        *_one("known_by", filters.known_by),
        *_one("name", filters.name),
        *_one("changed", filters.changed),
    ]
    if filters.group != "alliance":
        pairs += _one("group", filters.group)
    if not filters.silent:
        pairs.append(("silent", "false"))
    return pairs


def statement_pairs(filters: StatementFilters) -> list[Pair]:
    """The filters of a list of statements as query parameters."""
    return [
        *_one("q", filters.q),
        *_one("actor", filters.actor),
        *_one("question", filters.question),
        *_one("stance", filters.stance),
        *_one("attribution", filters.attribution),
        *_one("country", filters.country),
        *_one("alliance", filters.alliance),
        *_one("status", filters.status),
        *_one("document", filters.document),
        *_one("from", filters.since),
        *_one("until", filters.until),
        *_one("as_of", filters.as_of),
    ]


def matrix_address(filters: MatrixFilters, *, cell: str | None = None, base: str = "/") -> str:
    """The matrix of these filters; `cell` (actor.question) opens its quotes beside it."""
    pairs = matrix_pairs(filters)
    if cell:
        pairs.append(("cell", cell))
    return base + query(pairs)


def _as_of(day: date | None) -> str:
    return query([("as_of", day.isoformat())]) if day else ""


def cell_address(actor: str, question: str, *, as_of: date | None = None) -> str:
    return f"/cells/{quote(actor)}/{quote(question)}{_as_of(as_of)}"


def question_address(slug: str, *, as_of: date | None = None) -> str:
    return f"/questions/{quote(slug)}{_as_of(as_of)}"


def actor_address(slug: str, *, as_of: date | None = None) -> str:
    return f"/actors/{quote(slug)}{_as_of(as_of)}"


def country_address(iso2: str, *, as_of: date | None = None) -> str:
    return f"/countries/{quote(iso2)}{_as_of(as_of)}"


def statement_address(statement: UUID) -> str:
    return f"/statements/{statement}"


def document_address(document: UUID, *, statement: UUID | None = None) -> str:
    """A document; with `statement`, scrolled to its passage."""
    return f"/documents/{document}" + (f"#s-{statement}" if statement else "")
