"""What travels between the stages: read this first.

Each stage takes records and returns records; none of them knows the database or the web. The words
are those of docs/glossary.md. All offsets count Unicode code points of the text they belong to, end
exclusive. Days are dates without a zone (a leader speaks on a day); moments carry UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


class Stance(StrEnum):
    """What a statement says of the proposal in its question."""

    BACKS = "backs"
    OPEN = "open"
    REJECTS = "rejects"
    UNCLEAR = "unclear"


class Attribution(StrEnum):
    """How the words reach us: quoted whole, quoted in part, or only reported."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class ActorKind(StrEnum):
    """What kind of thing holds a position."""

    PERSON = "person"
    STATE = "state"
    INSTITUTION = "institution"
    ALLIANCE = "alliance"


class Status(StrEnum):
    """How far a statement is from machine to person: its latest review decides."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """What a reviewer decides; `reopen` undoes the decisions before it."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    REJECT = "reject"
    REOPEN = "reopen"


class DateBasis(StrEnum):
    """Where a document's date comes from."""

    GIVEN = "given"
    FOUND = "found"
    RETRIEVED = "retrieved"


class OfficeKind(StrEnum):
    """What an office is, as far as finding its holder by title needs it."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    FOREIGN_MINISTER = "foreign_minister"
    DEFENCE_MINISTER = "defence_minister"
    SPOKESPERSON = "spokesperson"
    ALLIANCE_HEAD = "alliance_head"
    OTHER = "other"


# ---- the registry: who is who ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """Who can hold a position. `country` is ISO 3166-1 alpha-2, None for an alliance or an unknown one."""

    slug: str
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    gender: str | None = None  # "m" or "f", as the register has it; None when not a person
    description: str | None = None  # what a text says of somebody the register does not know
    proposed: bool = False  # met by extraction, not yet accepted by a person


@dataclass(frozen=True, slots=True)
class Office:
    """A post. `country` is a state's ISO code or an alliance's slug; rank 1 speaks first for its state."""

    slug: str
    title: str
    country: str
    kind: OfficeKind
    rank: int
    press_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held an office from when (inclusive) until when (exclusive; None: still, or unknown)."""

    actor: str
    office: str
    since: date | None
    until: date | None
    certainty: str = "memory"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A state as the press names it: demonyms ("German") and metonyms ("Berlin")."""

    iso2: str
    iso3: str
    name: str
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alliance:
    """An alliance of states; the actor of the same slug holds its own positions."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Which state belonged to an alliance from when (inclusive) until when (exclusive)."""

    alliance: str
    country: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Question:
    """A proposal on which actors take positions, stated affirmatively."""

    slug: str
    title: str
    proposal: str
    description: str = ""
    keywords: tuple[str, ...] = ()


# ---- a document on its way in ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes as they came, before anything is made of them."""

    body: bytes
    content_type: str  # media type without parameters, e.g. "text/html"
    charset: str | None = None
    address: str | None = None  # the final URL, after redirects
    name: str | None = None  # file name or another label to show in messages
    how: str = "paste"  # paste, file or url
    title: str | None = None  # what the one who brought it says of it; wins over what is found
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A document's text as it will be stored, and what is known about it."""

    text: str
    text_hash: str  # SHA-256 of the text, hexadecimal
    published: date
    date_basis: DateBasis
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    address: str | None = None
    language: str = "en"
    how: str = "paste"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What tells whether two texts are nearly the same, without the texts.

    Texts that share a band may be alike; how much, their signatures tell.
    """

    bands: tuple[int, ...]
    signature: bytes


# ---- what extraction finds ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attribution: who (source) marks (cue) what (content), each in pieces. The first two may lack."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text to extract from; `published` resolves titles and days."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement as the machine proposes it.

    `actor` is the registry's slug, or None for somebody it does not know; then `speaker`, `kind`,
    `country` and `description` say what the text tells of them. `confidence` is in 0..1.
    """

    speaker: str
    actor: str | None
    kind: ActorKind
    country: str | None
    question: str
    stance: Stance
    attribution: Attribution
    via: str | None
    start: int
    end: int
    confidence: float
    scope: str | None = None
    said_on: date | None = None
    description: str | None = None
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


# ---- what derivation reads and gives -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored statement as far as deriving positions needs it, reviews applied."""

    id: UUID
    actor: str
    question: str
    stance: Stance
    attribution: Attribution
    has_via: bool
    said_on: date
    confidence: float
    status: Status
    # Wire copy: statements of one story by one actor with one stance on one day count once.
    story: UUID | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands on a question from `valid_from` until `valid_to` (exclusive; None: on and on).

    A row lasts as long as everything in it stays true, so a new statement that repeats the stance
    starts a new row with the same `since`; rows that share `since` are one position to a reader.
    `holder` is the person whose position stands for a state, None when it is the actor's own.
    """

    actor: str
    question: str
    stance: Stance
    valid_from: date
    valid_to: date | None
    since: date
    statements: int  # counted up to valid_from, wire copies once
    confirmed: bool  # whether the deciding statement was confirmed or corrected by a person
    contested: bool
    decided_by: UUID
    latest_on: date  # day of the deciding statement
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Two positions that follow each other and differ in stance."""

    actor: str
    question: str
    on: date
    before: Stance
    after: Stance
    statement_before: UUID
    statement_after: UUID


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand where; silent are the members with no clear or unclear position at all."""

    backs: int = 0
    open: int = 0
    rejects: int = 0
    unclear: int = 0
    silent: int = 0

    @property
    def total(self) -> int:
        return self.backs + self.open + self.rejects + self.unclear + self.silent


# ---- the matrix ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MatrixFilters:
    """What a reader asked of the matrix; every field stands in the address."""

    as_of: date
    questions: tuple[str, ...] = ()
    alliances: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    group: str = "alliance"  # alliance, country, stance or none
    since: date | None = None  # mark what changed since this day
    stance: str | None = None  # a stance or "silent": keep rows that have it in some column
    attribution: Attribution | None = None
    reviewed: bool = False  # only what a person confirmed
    min_confidence: float | None = None  # None: the default threshold, which stored positions have
    known_by: date | None = None  # as Demarche knew it at the end of this day
    name: str = ""  # part of a leader's name
    changed: bool = False
    silent: bool = True  # show rows that are silent in every column


@dataclass(frozen=True, slots=True)
class Cell:
    """One leader on one question. `stance` None means silent."""

    actor: str
    question: str
    stance: Stance | None
    since: date | None = None
    statements: int = 0
    confirmed: bool = False
    contested: bool = False
    latest_statement: UUID | None = None
    latest_on: date | None = None
    was: Stance | None = None  # the stance on the day of `since` in the filters, when it differs
    changed: bool = False
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A leader's cells, in the order of the columns."""

    actor: Actor
    office: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading with a tally for each column."""

    slug: str
    name: str
    rows: tuple[Row, ...]
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The view that `filters` asks for."""

    filters: MatrixFilters
    questions: tuple[Question, ...]
    groups: tuple[Group, ...]
    tallies: tuple[Tally, ...]
    revision: int
    statements: int  # counted in the cells shown
    documents: int
    confirmed: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row once, in the order of first appearance: a leader may stand in several groups."""
        seen: dict[str, Row] = {}
        for group in self.groups:
            for row in group.rows:
                seen.setdefault(row.actor.slug, row)
        return tuple(seen.values())


# ---- what is read back ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A stored document; `text` is left empty in lists."""

    id: UUID
    number: int  # the n-th document stored, what people call it by
    title: str | None
    publisher: str | None
    author: str | None
    address: str | None
    published: date
    date_basis: DateBasis
    retrieved: datetime
    how: str
    language: str
    text_hash: str
    story: UUID | None
    extractor: str | None
    characters: int
    statements: int
    sample: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A stored statement with the names a page or a client needs beside the slugs."""

    id: UUID
    document: UUID
    document_number: int
    document_title: str | None
    publisher: str | None
    address: str | None
    published: date
    actor: str
    actor_name: str
    actor_kind: ActorKind
    country: str | None
    question: str
    question_title: str
    stance: Stance
    attribution: Attribution
    via: str | None
    scope: str | None
    start: int
    end: int
    evidence: str
    said_on: date
    known_since: datetime
    confidence: float
    status: Status
    extractor: str | None
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    withdrawn: datetime | None = None  # when a newer extraction no longer proposed it; None: it stands


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One judgement of a statement, with all that a judgement may change as it was before and after."""

    id: UUID
    statement: UUID
    verdict: Verdict
    reviewer: str
    reason: str | None
    at: datetime
    before: dict[str, object] = field(default_factory=dict)
    after: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """What is known of a token; its secret is shown once and not kept."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    created: datetime
    last_used: datetime | None
    revoked: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is held."""

    documents: int
    stories: int
    statements: int
    reviewed: int  # statements that a person confirmed, corrected or rejected
    actors: int  # with at least one position
    questions: int


@dataclass(frozen=True, slots=True)
class StatementFilters:
    """What a reader asked of the statements."""

    actor: tuple[str, ...] = ()
    question: tuple[str, ...] = ()
    stance: tuple[Stance, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    country: tuple[str, ...] = ()
    alliance: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    document: UUID | None = None
    since: date | None = None  # said on this day or later (`from` in the address)
    until: date | None = None  # said on this day or before
    q: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `next` is an opaque cursor, None on the last page."""

    items: tuple[T, ...]
    next: str | None = None
