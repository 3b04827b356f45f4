"""A text cut where its marks begin and end, so that passages may overlap in any way.

HTML cannot hold crossing elements. So the text is cut at every edge of a passage, and neighbouring pieces
covered by the same passages form one run; within a run the speaker and the cue are bits of their own.

    "Scholz said no, Sunak too."  with passages 0-14 and 7-25
    runs: 0-7 {1}, 7-14 {1, 2}, 14-25 {2}, 25-26 {}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from app.records import Span, StatementRecord, Status
from app.serve.words import StanceWord, is_decided, word_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be marked: its number in the document, and what the mark must show."""

    id: UUID
    number: int
    span: Span
    word: StanceWord
    decided: bool
    speaker: str
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Bit:
    """Text within a run; bold when it names the speaker, wavy when it is the cue."""

    text: str
    speaker: bool
    cue: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Text covered by the same marks. `first` begin here, `last` end here."""

    bits: tuple[Bit, ...]
    marks: tuple[Mark, ...]
    first: tuple[Mark, ...]
    last: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's runs, and the marks that begin in it."""

    number: int
    runs: tuple[Run, ...]
    begins: tuple[Mark, ...]


def make_marks(statements: Sequence[StatementRecord]) -> tuple[Mark, ...]:
    """Marks numbered in the order in which the passages stand."""
    ordered = sorted(statements, key=lambda s: (s.start, s.end, s.id))
    return tuple(
        Mark(
            id=s.id,
            number=number,
            span=Span(s.start, s.end),
            word=word_of(s.stance),
            decided=is_decided(s.status),
            speaker=s.actor_name,
            rejected=s.status is Status.REJECTED,
        )
        for number, s in enumerate(ordered, start=1)
    )


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """The spans of the lines that have something on them."""
    return tuple(Span(m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", text))


def cut_text(
    text: str,
    marks: Sequence[Mark],
    *,
    speakers: Sequence[Span] = (),
    cues: Sequence[Span] = (),
    within: Sequence[Span] | None = None,
) -> tuple[Paragraph, ...]:
    """Paragraphs of runs; `within` picks some paragraphs, else all."""
    paragraphs = []
    for number, span in enumerate(split_paragraphs(text), start=1):
        if within is not None and span not in within:
            continue
        near = [mark for mark in marks if _overlap(mark.span, span)]
        runs = tuple(_cut_runs(text, span, near, speakers, cues))
        begins = tuple(mark for mark in near if span.start <= mark.span.start)
        paragraphs.append(Paragraph(number, runs, begins))
    return tuple(paragraphs)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cover(spans: Sequence[Span], start: int) -> bool:
    return any(span.start <= start < span.end for span in spans)


def _edges(spans: Sequence[Span], within: Span) -> list[int]:
    """Where spans begin or end inside `within`, its own ends included, in order."""
    inside = {edge for span in spans for edge in (span.start, span.end) if within.start < edge < within.end}
    return sorted({within.start, within.end, *inside})


def _cut_runs(
    text: str, paragraph: Span, marks: Sequence[Mark], speakers: Sequence[Span], cues: Sequence[Span]
) -> Iterator[Run]:
    edges = _edges([mark.span for mark in marks], paragraph)
    for start, end in pairwise(edges):
        covering = tuple(mark for mark in marks if mark.span.start <= start < mark.span.end)
        yield Run(
            bits=tuple(_cut_bits(text, Span(start, end), speakers, cues)),
            marks=covering,
            first=tuple(mark for mark in covering if start == mark.span.start),
            # A passage may end in the blank between paragraphs: then its last run is the one before.
            last=tuple(mark for mark in covering if not text[end : mark.span.end].strip()),
        )


def _cut_bits(text: str, run: Span, speakers: Sequence[Span], cues: Sequence[Span]) -> Iterator[Bit]:
    edges = _edges([*speakers, *cues], run)
    for start, end in pairwise(edges):
        yield Bit(text[start:end], _cover(speakers, start), _cover(cues, start))
