"""Statements per week as a row of bars, each a link to the matrix at the end of its week.

Weeks up to four years; above that a bar is a month, or it would be thinner than a finger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from app.serve.charts._svg import SECOND, Days, num, pct
from app.serve.words import count, say_day, say_day_beside

HEIGHT = 40
MOST_WEEKS = 208
# The view may be as of any day, and a day far from every statement would squeeze the bars to nothing.
MARGIN = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Bar:
    """Statements said from `first` to `last`, both included."""

    first: date
    last: date
    statements: int


def gather_bars(weeks: Sequence[tuple[date, int]]) -> tuple[Bar, ...]:
    """Bars from the counts of weeks (each by its Monday), in order; empty weeks are left out."""
    if not weeks:
        return ()
    span = (weeks[-1][0] - weeks[0][0]).days // 7
    if span <= MOST_WEEKS:
        return tuple(Bar(day, day + timedelta(days=6), number) for day, number in weeks if number)
    months: dict[date, int] = {}
    for day, number in weeks:
        first = day.replace(day=1)
        months[first] = months.get(first, 0) + number
    return tuple(Bar(day, _end_of_month(day), number) for day, number in months.items() if number)


def _end_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def count_after(bars: Sequence[Bar], as_of: date) -> int:
    """Statements in bars that begin after the as-of date."""
    return sum(bar.statements for bar in bars if bar.first > as_of)


def draw_timeline(
    bars: Sequence[Bar], *, as_of: date, since: date | None, link: Callable[[date], str]
) -> Markup:
    """The chart; nothing when there are no statements. `link` gives the address of the view on a day."""
    if not bars:
        return Markup("")
    days = _scale(bars, as_of)
    parts = [f'<line class="base" x1="0" x2="100%" y1="{HEIGHT}.5" y2="{HEIGHT}.5"/>']
    most = max(bar.statements for bar in bars)
    parts.extend(_bar(bar, days, most, as_of, link) for bar in bars)
    parts.extend(
        f'<text x="{pct(days.at(day))}" y="55"{SECOND if index % 2 else ""}>{label}</text>'
        for index, (day, label) in enumerate(days.ticks(9))
        if days.at(day) < 96
    )
    if since is not None and since < as_of:
        parts.append(_since(since, days, as_of))
    parts.append(_now(bars, days, as_of))
    return Markup(f'<svg class="timeline" aria-hidden="true" focusable="false">{"".join(parts)}</svg>')


def _scale(bars: Sequence[Bar], as_of: date) -> Days:
    first, last = bars[0].first, bars[-1].last
    return Days(
        min(first, max(as_of, first - MARGIN)), max(last, min(as_of, last + MARGIN)) + timedelta(days=1)
    )


def _bar(bar: Bar, days: Days, most: int, as_of: date, link: Callable[[date], str]) -> str:
    x = days.at(bar.first)
    width = max(days.at(bar.last + timedelta(days=1)) - x, 0.3)
    height = max(36 * bar.statements / most, 1.5)
    later = ' class="later"' if bar.first > as_of else ""
    span = f"{say_day_beside(bar.first, beside=bar.last)} to {say_day(bar.last)}"
    return (
        f'<a href="{escape(link(bar.last))}" tabindex="-1"{later}>'
        f"<title>{count(bar.statements, 'statement')}, {span}</title>"
        f'<rect class="hit" x="{pct(x)}" y="0" width="{pct(width)}" height="{HEIGHT}"/>'
        f'<rect class="w" x="{pct(x)}" y="{num(HEIGHT - height)}" '
        f'width="{pct(width * 0.76)}" height="{num(height)}"/></a>'
    )


def _since(since: date, days: Days, as_of: date) -> str:
    x = days.at(since)
    label = f"changes since {say_day_beside(since, beside=as_of)}"
    # Beside a line near the left edge the words would leave the picture.
    side = 'dx="-5" text-anchor="end"' if x > 24 else 'dx="5"'
    return (
        f'<line class="since" x1="{pct(x)}" x2="{pct(x)}" y1="0" y2="41"/>'
        f'<text class="wide-only halo" x="{pct(x)}" y="9" {side}>{label}</text>'
    )


def _now(bars: Sequence[Bar], days: Days, as_of: date) -> str:
    x = days.at(as_of + timedelta(days=1))
    later = count_after(bars, as_of)
    side = 'dx="-6" text-anchor="end"' if x > 76 else 'dx="6"'
    text = f'<text class="strong halo" x="{pct(x)}" y="9" {side}>as of {say_day(as_of)}</text>'
    if later:
        text += (
            f'<text class="wide-only halo" x="{pct(x)}" y="24" {side}>{count(later, "statement")} later, '
            "not counted</text>"
        )
    return f'<line class="now" x1="{pct(x)}" x2="{pct(x)}" y1="0" y2="46"/>{text}'
