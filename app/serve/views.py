"""What a page or a REST answer shows, as the loaders give it: typed, complete, ready to be put in words.

A view holds records and numbers, no words and no addresses: those are chosen where they are shown. Days
are inclusive where a field says `first` or `last`, and exclusive where it says `until`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.records import (
    Actor,
    Alliance,
    Change,
    Country,
    Evidence,
    Office,
    Position,
    Question,
    Row,
    Stance,
    StatementRecord,
    Tally,
    Tenure,
)


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody in an office, from when until when."""

    office: Office
    actor: Actor
    tenure: Tenure


@dataclass(frozen=True, slots=True)
class Leader:
    """Who holds an office on the day of the view."""

    office: Office
    actor: Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """Everybody with one stance on a question, the latest statement first; `stance` None is silent.

    Each row has one cell.
    """

    stance: Stance | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Where everybody stood at the end of `last`: a month's last day, or the day of the view."""

    last: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class GroupMonths:
    """The months of one group of the matrix; `total` is its number in the last of them."""

    slug: str
    name: str
    total: int
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change with its words. A statement is None only when it was removed since."""

    change: Change
    actor: Actor
    office: str | None  # held on the day of the change
    before: StatementRecord | None
    after: StatementRecord | None
    holder_before: Actor | None = None  # who spoke for a state, None when the position is the actor's own
    holder_after: Actor | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """A state on the map; `stance` None is silent. `actor` opens its quotes: whoever speaks for it."""

    country: Country
    stance: Stance | None
    since: date | None
    actor: Actor | None
    contested: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question: where everybody stands, how that moved, and on the map."""

    question: Question
    questions: tuple[Question, ...]  # all of them, in their order
    as_of: date
    revision: int
    standings: tuple[Standing, ...]  # always five: backs, open, rejects, unclear, silent
    tally: Tally
    months: tuple[Month, ...]
    groups: tuple[GroupMonths, ...]
    changes: tuple[ChangeView, ...]  # the latest first, at most so many
    moves: int  # all changes there are
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a band: one stance and, for a state, one person who speaks for it.

    `until` is the first day it no longer holds, None while it does. `statement` is the one that began it.
    """

    stance: Stance
    first: date
    until: date | None
    holder: Actor | None
    contested: bool
    confirmed: bool
    statement: StatementRecord | None


@dataclass(frozen=True, slots=True)
class Band:
    """One question over time: the segments one after another, and the statements as dots beneath."""

    question: Question
    segments: tuple[Segment, ...]
    dots: tuple[Evidence, ...]  # its statements, the oldest first
    now: Stance | None  # on the day of the view; None is silent


@dataclass(frozen=True, slots=True)
class Agreement:
    """Another actor, and on how many of the questions where both have a clear stance it is the same."""

    actor: Actor
    agreed: int
    shared: int


@dataclass(frozen=True, slots=True)
class ActorView:
    """One leader: offices, positions over time, every statement."""

    actor: Actor
    country: Country | None
    as_of: date
    revision: int
    office: Office | None  # the highest held on the day
    offices: tuple[Held, ...]  # the latest first
    alliances: tuple[Alliance, ...]  # of the actor's state on the day
    bands: tuple[Band, ...]  # of every question with a position
    statements: tuple[StatementRecord, ...]  # the latest first
    via: tuple[str, ...]  # who spoke on the actor's behalf
    closest: tuple[Agreement, ...]
    first: date | None  # the first day anything is known of


@dataclass(frozen=True, slots=True)
class CountryView:
    """One state: who spoke for it when, and how its position passed from one to the next."""

    country: Country
    state: Actor | None
    as_of: date
    revision: int
    alliances: tuple[Alliance, ...]
    leaders: tuple[Leader, ...]  # of the day, by rank
    held: tuple[Held, ...]  # everybody who spoke for it up to the day, by rank, the latest first
    bands: tuple[Band, ...]
    changes: tuple[ChangeView, ...]
    actors: tuple[Actor, ...]  # everybody of this country with a position
    first: date | None


@dataclass(frozen=True, slots=True)
class CellView:
    """One actor on one question: the quotes, the newest first."""

    actor: Actor
    country: Country | None
    office: Office | None
    question: Question
    as_of: date
    revision: int
    position: Position | None  # None: silent
    holder: Actor | None  # who speaks for a state
    statements: tuple[StatementRecord, ...]
    opposed: tuple[StatementRecord, ...]  # when contested: those of the deciding day that say the opposite
    documents: int  # that the statements come from
    searched: int  # documents held that are dated up to the day
    confirmed: int
