"""What the charts share: numbers as text, a scale of days, ticks, and the bar of a tally."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from app.records import Tally
from app.serve.words import tally_parts

SECOND = ' class="wide-only"'  # labels that a narrow screen leaves out


def num(value: float) -> str:
    """A coordinate with as many digits as a screen can show: 12.3, 40, 0."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def pct(value: float) -> str:
    return num(value) + "%"


def describe(title: str, description: str, name: str) -> tuple[str, str]:
    """Attributes and first children that name a chart for those who do not see it."""
    head = f'role="img" aria-labelledby="{name}-t {name}-d"'
    return (
        head,
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>',
    )


@dataclass(frozen=True, slots=True)
class Days:
    """A scale from days to per cent; both ends are within it."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where the day begins, held within the ends."""
        span = max((self.last - self.first).days + 1, 1)
        return max(0.0, min(100.0, 100.0 * (day - self.first).days / span))

    def ticks(self, most: int) -> tuple[tuple[date, str], ...]:
        """First days of months, quarters or years, at most so many, with their labels.

        The first day is one of them where it has room. The year stands wherever it is a new one:
        Nov 2023, Dec, Jan 2024, Feb.
        """
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60) if months / s <= most), 120)
        days = [day for day in self._months(months) if (day.year * 12 + day.month - 1) % step == 0]
        if step < 12 and (not days or self.at(days[0]) > 7):
            days.insert(0, self.first)
        years = [None, *(day.year for day in days)]
        return tuple(
            (day, str(day.year) if step >= 12 else label_month(day, with_year=day.year != before))
            for day, before in zip(days, years, strict=False)
        )

    def _months(self, number: int) -> list[date]:
        """The first days of months within the scale."""
        start = self.first.year * 12 + self.first.month - 1
        days = [date(at // 12, at % 12 + 1, 1) for at in range(start, start + number + 1)]
        return [day for day in days if self.first <= day <= self.last]


def label_month(day: date, *, with_year: bool) -> str:
    """Feb, or Feb 2024."""
    return f"{day:%b} {day.year}" if with_year else f"{day:%b}"


def draw_bar(tally: Tally) -> Markup:
    """A tally as one thin bar. Its numbers stand beside it, so it is hidden from screen readers."""
    parts, x = [], 0.0
    for word, number in tally_parts(tally):
        width = 100 * number / tally.total
        parts.append(f'<rect class="{word.slug} f" x="{pct(x)}" y="0" width="{pct(width)}" height="8"/>')
        x += width
    svg = f'<svg class="bar" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    return Markup(svg)
