"""How Demarche puts things in words: stances, counts, days.

Pages, titles and citations say the same thing in the same way because they all ask here. The order of
stances is always backs, open, rejects, unclear, silent. Silent is not a position, so it has no verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.records import Attribution, Stance, Status, Tally


@dataclass(frozen=True, slots=True)
class StanceWord:
    """A stance as a reader meets it: slug for glyph and colour, label, verb, plural, meaning."""

    slug: str
    label: str
    verb: str
    plural: str
    meaning: str
    says: str  # between a name and a proposal's title: "Olaf Scholz rejects: …"


_MEANINGS = {
    "backs": "says it should be done, will be done, or that they are ready to do it",
    "open": "does not rule it out, wants it discussed, keeps it ambiguous, or sets a condition not met yet",
    "rejects": "says it should not be done, will not be done, is not planned, or warns against it",
    "unclear": "speaks about it but takes no position, or the text does not show which",
    "silent": "no statement found in the documents held",
}


def _stance(slug: str, *, plural: str, says: str) -> StanceWord:
    return StanceWord(slug, slug.capitalize(), slug, plural, _MEANINGS[slug], says)


STANCES = (
    _stance("backs", plural="back", says="backs"),
    _stance("open", plural="open", says="is open on"),
    _stance("rejects", plural="reject", says="rejects"),
    _stance("unclear", plural="unclear", says="is unclear on"),
    _stance("silent", plural="silent", says="is silent on"),
)
WORDS = {word.slug: word for word in STANCES}
SILENT = WORDS["silent"]

ATTRIBUTIONS = {
    Attribution.DIRECT: "Quoted",
    Attribution.MIXED: "Partly quoted",
    Attribution.INDIRECT: "Reported, not quoted",
}
STATUSES = {
    Status.PROPOSED: "Proposed by the machine, not yet confirmed",
    Status.CONFIRMED: "Confirmed by a person",
    Status.CORRECTED: "Corrected by a person",
    Status.REJECTED: "Rejected by a person",
}

_SPELLED = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def word_of(stance: Stance | None) -> StanceWord:
    """The words for a stance; None means silent."""
    return SILENT if stance is None else WORDS[stance.value]


def is_decided(status: Status) -> bool:
    """Whether a person stands behind a statement: solid lines instead of dotted ones."""
    return status in (Status.CONFIRMED, Status.CORRECTED)


# ---- days ------------------------------------------------------------------------------------------


def say_day(day: date) -> str:
    """27 Feb 2024"""
    return f"{day.day} {day:%b} {day.year}"


def say_long_day(day: date) -> str:
    """27 February 2024"""
    return f"{day.day} {day:%B} {day.year}"


def say_moment(moment: datetime) -> str:
    """22 Nov 2026, 07:08 UTC"""
    return f"{say_day(moment.date())}, {moment:%H:%M} UTC"


def say_month(day: date) -> str:
    """Feb 2024"""
    return f"{day:%b} {day.year}"


def say_short_day(day: date, *, beside: date) -> str:
    """As short as a matrix cell allows: day and month within a year of `beside`, else month and year.

    6 Jun beside 30 Jun 2024; Nov ’22 beside the same day.
    """
    if abs((beside - day).days) < 365:
        return f"{day.day} {day:%b}"
    return f"{day:%b} ’{day:%y}"


def say_day_beside(day: date, *, beside: date) -> str:
    """A day within running words: without its year when that is the year of `beside`."""
    return f"{day.day} {day:%b}" if day.year == beside.year else say_day(day)


def say_span(first: date, last: date) -> str:
    """From the first day to the last: "on 27 Feb 2024", "from 27 Feb to 6 Jun 2024"."""
    if first == last:
        return f"on {say_day(first)}"
    return f"from {say_day_beside(first, beside=last)} to {say_day(last)}"


# ---- counts ----------------------------------------------------------------------------------------


def say_number(number: int) -> str:
    """Thousands with a comma: 12,500."""
    return f"{number:,}"


def spell(number: int) -> str:
    """Words up to twelve, figures above."""
    return _SPELLED[number] if 0 <= number < len(_SPELLED) else say_number(number)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """1 statement, 2 statements; `plural` for what takes no s: 2 countries."""
    return f"{say_number(number)} {noun if number == 1 else plural or noun + 's'}"


def join(parts: Sequence[str], *, last: str = "and") -> str:
    """a; a and b; a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def tally_parts(tally: Tally) -> tuple[tuple[StanceWord, int], ...]:
    """Stances that occur, in their fixed order, with how many stand there."""
    counts = (tally.backs, tally.open, tally.rejects, tally.unclear, tally.silent)
    return tuple((word, number) for word, number in zip(STANCES, counts, strict=True) if number)


def agree(word: StanceWord, number: int) -> str:
    """The verb for that many: 1 rejects, 21 reject."""
    return word.verb if number == 1 else word.plural


def say_tally(tally: Tally) -> str:
    """1 backs, 4 open, 21 reject, 6 silent"""
    return ", ".join(f"{number} {agree(word, number)}" for word, number in tally_parts(tally)) or "nobody"


def quote_within(text: str) -> str:
    """Text to stand between quotation marks: its own become single ones."""
    return text.replace("“", "‘").replace("”", "’")
