"""Positions over time for a leader's or a state's page: the bands, their axis, their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from app.serve import charts
from app.serve.addresses import cell_address
from app.serve.views import Band
from app.serve.words import StanceWord, is_decided, say_day, word_of

# A band of a few days would be all rounding; this much time is shown at least.
LEAST_SHOWN = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class BandRow:
    href: str
    label: str
    now: StanceWord
    proposed: bool
    band: Markup


@dataclass(frozen=True, slots=True)
class BandLine:
    """A segment as a line of the table."""

    question: str
    word: StanceWord
    first: str
    last: str
    holder: str


@dataclass(frozen=True, slots=True)
class BandChart:
    rows: tuple[BandRow, ...]
    axis: Markup
    lines: tuple[BandLine, ...]
    has_holders: bool


def make_chart(bands: Sequence[Band], actor: str, *, first: date | None, as_of: date) -> BandChart | None:
    """All bands on one scale of days, up to the day of the view; None where there is nothing to draw."""
    if not bands or first is None:
        return None
    begin = min(first, as_of - LEAST_SHOWN).replace(day=1)
    rows = tuple(
        BandRow(
            href=cell_address(actor, band.question.slug, as_of=as_of),
            label=band.question.title,
            now=word_of(band.now),
            proposed=band.now is not None and not band.segments[-1].confirmed,
            band=charts.draw_band(_draw(band, as_of), first=begin, last=as_of),
        )
        for band in bands
    )
    lines = tuple(line for band in bands for line in _list_lines(band))
    has_holders = any(line.holder for line in lines)
    return BandChart(rows, charts.draw_axis(first=begin, last=as_of), lines, has_holders)


def _draw(band: Band, as_of: date) -> charts.Band:
    segments = tuple(
        charts.Segment(
            word_of(segment.stance),
            segment.first,
            min(segment.until - timedelta(days=1), as_of) if segment.until else as_of,
            segment.holder.name if segment.holder else None,
        )
        for segment in band.segments
    )
    dots = tuple(charts.Dot(dot.said_on, is_decided(dot.status)) for dot in band.dots)
    return charts.Band(segments, dots)


def _list_lines(band: Band) -> list[BandLine]:
    return [
        BandLine(
            question=band.question.title,
            word=word_of(segment.stance),
            first=say_day(segment.first),
            last=say_day(segment.until - timedelta(days=1)) if segment.until else "",
            holder=segment.holder.name if segment.holder else "",
        )
        for segment in band.segments
    ]
