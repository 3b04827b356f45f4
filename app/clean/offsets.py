"""Where the characters of a normalised text stood in the text as it was given.

Statements are found in the normalised text, while who sent the text in wants to mark them in his own.
Normalising takes characters out, evens out spaces and joins letters with their accents, but never changes
their order, so walking through both texts once, side by side, finds each character's place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.records import Span


@dataclass(frozen=True, slots=True)
class Places:
    """For each character of the normalised text, where it begins and ends in the one given."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Places:
        """Every character where it is: of a text that was not changed."""
        return cls(tuple(range(len(text))), tuple(range(1, len(text) + 1)))

    def map_back(self, span: Span) -> Span:
        """The span of the given text whose normalised form is this span; an empty span stays empty."""
        if not self.starts:
            return Span(0, 0)
        if span.start >= span.end:
            place = self.starts[span.start] if span.start < len(self.starts) else self.ends[-1]
            return Span(place, place)
        return Span(self.starts[span.start], self.ends[span.end - 1])


def find_places(given: str, normalised: str) -> Places | None:
    """Where each character of `normalised` stands in `given`; None when they are not the same text.

    "no\\u00a0  troops" -> "no troops": the space stands at 2 to 5, "t" at 5 to 6.
    """
    if given == normalised:
        return Places.of(given)
    starts = [-1] * len(normalised)
    ends = [-1] * len(normalised)
    pieces = _in_order(_take_apart(given))
    for letter, place in _in_order(_take_apart(normalised)):
        origin = next((where for found, where in pieces if found == letter), None)
        if origin is None:
            return None
        starts[place] = origin if starts[place] < 0 else min(starts[place], origin)
        ends[place] = max(ends[place], origin + 1)
    return Places(tuple(starts), tuple(_widen_spaces(given, normalised, starts, ends)))


def _take_apart(text: str) -> Iterator[tuple[str, int]]:
    """The letters and accents of a text, each with its place; every kind of space is one and the same.

    Half a surrogate pair counts as U+FFFD, which is what it is normalised to.
    """
    for place, char in enumerate(text):
        if char.isspace() or char == "\x85":
            yield " ", place
            if char == "\u2029":  # a paragraph's end becomes two line ends
                yield " ", place
        elif "\ud800" <= char <= "\udfff":
            yield "\ufffd", place
        else:
            for part in unicodedata.normalize("NFD", char):
                yield part, place


def _in_order(pieces: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The same, with the accents of one letter in Unicode's canonical order, whichever they came in."""
    accents: list[tuple[str, int]] = []
    for piece in pieces:
        if unicodedata.combining(piece[0]):
            accents.append(piece)
            continue
        yield from sorted(accents, key=_rank)
        accents = []
        yield piece
    yield from sorted(accents, key=_rank)


def _rank(piece: tuple[str, int]) -> int:
    return unicodedata.combining(piece[0])


def _widen_spaces(given: str, normalised: str, starts: list[int], ends: list[int]) -> Iterator[int]:
    """Ends, with each space reaching to where the next character begins: it stands for all between them."""
    for place, char in enumerate(normalised):
        following = starts[place + 1] if place + 1 < len(starts) else len(given)
        yield following if char.isspace() else ends[place]
