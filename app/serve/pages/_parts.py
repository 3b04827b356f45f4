"""What templates show on several pages: small records with every word, number and address worked out.

A template only walks them. So what a page says can be tested without HTML, and a template cannot go wrong
on a missing key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.records import DocumentRecord, StatementRecord, Status, Tally
from app.serve.addresses import (
    actor_address,
    document_address,
    question_address,
    statement_address,
)
from app.serve.words import (
    ATTRIBUTIONS,
    STANCES,
    STATUSES,
    StanceWord,
    agree,
    is_decided,
    say_day,
    tally_parts,
    word_of,
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address and its words; `current` marks the page the reader is on."""

    href: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same view in another form, for the head of the page."""

    type: str
    href: str


@dataclass(frozen=True, slots=True)
class TakeAway:
    """This view, or cell, or document, as data."""

    what: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TallyPart:
    """One stance of a tally: "3 back"; `href` leads to those who do."""

    word: StanceWord
    number: int
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where nothing matches: what was asked, and what to do."""

    heading: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a record: "Published: 27 Feb 2024"."""

    label: str
    value: str
    href: str = ""
    mono: bool = False
    word: StanceWord | None = None  # a stance instead of words


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A select in a form."""

    id: str
    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers behind a chart."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the next page of a list is, and the first one when this is another."""

    first: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement as it stands in a list."""

    word: StanceWord
    decided: bool
    rejected: bool
    scope: str
    iso: str
    day: str
    evidence: str
    href: str
    how: str
    document: str
    document_href: str
    publisher: str
    status: str
    actor: str
    actor_href: str
    question: str
    question_href: str


def show_quote(statement: StatementRecord, *, as_of: date | None = None) -> Quote:
    how = ATTRIBUTIONS[statement.attribution]
    return Quote(
        word=word_of(statement.stance),
        decided=is_decided(statement.status),
        rejected=statement.status is Status.REJECTED,
        scope=f"on {statement.scope}" if statement.scope else "",
        iso=statement.said_on.isoformat(),
        day=say_day(statement.said_on),
        evidence=statement.evidence,
        href=statement_address(statement.id),
        how=f"{how}, via {statement.via}" if statement.via else how,
        document=f"document {statement.document_number}",
        document_href=document_address(statement.document, statement=statement.id),
        publisher=statement.publisher or "",
        status=STATUSES[statement.status],
        actor=statement.actor_name,
        actor_href=actor_address(statement.actor, as_of=as_of),
        question=statement.question_title,
        question_href=question_address(statement.question, as_of=as_of),
    )


def show_tally(tally: Tally, hrefs: Mapping[str, str] | None = None) -> tuple[TallyPart, ...]:
    """The stances that occur; `hrefs` by stance."""
    links = hrefs or {}
    return tuple(
        TallyPart(word, number, agree(word, number), links.get(word.slug, ""))
        for word, number in tally_parts(tally)
    )


def tabulate_tallies(caption: str, labels: Sequence[str], tallies: Sequence[Tally]) -> ChartTable:
    """Stances down, columns across, with the noughts that a chart leaves out."""
    rows = tuple(
        TableRow(word.label, tuple(str(getattr(tally, word.slug)) for tally in tallies)) for word in STANCES
    )
    return ChartTable(caption, ("Stance", *labels), rows)


def choose(field: str, name: str, label: str, pairs: Sequence[tuple[str, str]], chosen: str) -> Choice:
    """A select from pairs of value and words."""
    return Choice(field, name, label, tuple(Option(value, words, value == chosen) for value, words in pairs))


def title_of(document: DocumentRecord) -> str:
    """A document's title; one without is called by how its text begins."""
    if document.title:
        return document.title
    words = document.text.split()
    if not words:
        return f"Document {document.number}"
    return f"“{' '.join(words[:8])}…”"


def take_away(what: str, api: str, *, permanent: str, csv: bool = True) -> TakeAway:
    """JSON, CSV, citation and permanent link of a view; `api` has its filters and takes a format."""
    joint = "&" if "?" in api else "?"
    links = [Link(f"{api}{joint}format=json", "JSON")]
    if csv:
        links.append(Link(f"{api}{joint}format=csv", "CSV"))
    links += [Link("#cite", "Citation"), Link(permanent, "Permanent link")]
    return TakeAway(what, tuple(links))


def alternates_of(take: TakeAway) -> tuple[Alternate, ...]:
    types = {"JSON": "application/json", "CSV": "text/csv", "W3C annotations": "application/ld+json"}
    return tuple(Alternate(types[link.label], link.href) for link in take.links if link.label in types)
