"""A position over time: one band a question, a dot for each statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from app.serve.charts._svg import SECOND, Days, pct
from app.serve.words import StanceWord, say_day

LEAST_FOR_A_WORD = {"backs": 14, "open": 14, "rejects": 17, "unclear": 17, "silent": 14}  # per cent
LEAST_FOR_A_GLYPH = 2.5
HOLLOW = ' class="machine"'


@dataclass(frozen=True, slots=True)
class Segment:
    """A stance from one day to another, the last included; `holder` is who stood for a state."""

    word: StanceWord
    first: date
    last: date
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A statement: hollow until a person confirmed it."""

    day: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Band:
    """What is known of one actor on one question."""

    segments: tuple[Segment, ...]
    dots: tuple[Dot, ...]


def draw_band(band: Band, *, first: date, last: date) -> Markup:
    """The band from `first` to `last`. Its words stand beside it and in the table below."""
    days = Days(first, last)
    parts = ['<line x1="0" x2="100%" y1="34.5" y2="34.5"/>']
    parts.extend(_segment(segment, days) for segment in band.segments if segment.last >= first)
    parts.extend(
        f'<circle cx="{pct(days.at(dot.day))}" cy="34.5" r="3.5"{"" if dot.confirmed else HOLLOW}/>'
        for dot in band.dots
        if first <= dot.day <= last
    )
    svg = f'<svg class="band" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    return Markup(svg)


def _segment(segment: Segment, days: Days) -> str:
    x = days.at(segment.first)
    width = days.at(segment.last + timedelta(days=1)) - x
    slug = segment.word.slug
    said = f"{segment.word.label}, {say_day(max(segment.first, days.first))} to {say_day(segment.last)}"
    if segment.holder:
        said += f", {segment.holder}"
    return (
        f'<g class="{slug}"><title>{escape(said)}</title>'
        f'<rect class="f" x="{pct(x)}" y="3" width="{pct(width)}" height="22"/>'
        f"{_inside(segment, x, width)}</g>"
    )


def _inside(segment: Segment, x: float, width: float) -> str:
    """The word where it fits, else the sign, else nothing: the table has both."""
    slug, label = segment.word.slug, segment.word.label
    if width > LEAST_FOR_A_WORD[slug]:
        return f'<text x="{pct(x)}" dx="8" y="18.5">{label}</text>'
    if width > LEAST_FOR_A_GLYPH:
        return (
            f'<g transform="translate(6 8.5)"><svg x="{pct(x)}" width="11" height="11" viewBox="0 0 12 12">'
            f'<use href="#g-{slug}"/></svg></g>'
        )
    return ""


def draw_axis(*, first: date, last: date) -> Markup:
    """The days under the bands."""
    days = Days(first, last)
    ticks: Sequence[tuple[date, str]] = days.ticks(9) or ((first, say_day(first)),)
    parts = [
        f'<text x="{pct(days.at(day))}" y="14"{SECOND if index % 2 else ""}>{label}</text>'
        for index, (day, label) in enumerate(ticks)
        if days.at(day) < 95
    ]
    svg = f'<svg class="band" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    return Markup(svg)
