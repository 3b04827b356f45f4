"""How the stances moved: one stacked column a month, each to the same total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from app.records import Tally
from app.serve.charts._svg import SECOND, describe, label_month, num, pct
from app.serve.words import agree, say_month, say_tally, tally_parts

HEIGHT = 228
RIGHT = 15.0  # per cent kept for the words beside the last column
LEAST_FOR_A_NUMBER = 15  # pixels a segment needs to hold its number
MOST_WITH_NUMBERS = 16  # columns; narrower ones have room for none
MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A tally as of a day of its month."""

    day: date
    tally: Tally


def draw_stack(columns: Sequence[Column], *, title: str, name: str) -> Markup:
    """The columns with their numbers, and the last month in words at its right."""
    if not columns:
        return Markup("")
    step = (100 - RIGHT) / len(columns)
    width = step * 0.86
    numbers = len(columns) <= MOST_WITH_NUMBERS
    parts = [
        _column(column.tally, index * step, width, HEIGHT, numbers=numbers)
        for index, column in enumerate(columns)
    ]
    parts.extend(_labels(columns, step, width))
    parts.append(_ends(columns[-1].tally))
    return _frame(parts, columns, title, name, height=HEIGHT + 24)


def _labels(columns: Sequence[Column], step: float, width: float) -> Iterator[str]:
    """Months below, as many as have room, the last one always; the year wherever it is a new one.

    A narrow screen shows every other of them, so the year has to be new among those too.
    """
    every = -(-len(columns) // MOST_LABELS)
    year = loud_year = 0
    for index in range((len(columns) - 1) % every, len(columns), every):
        day = columns[index].day
        loud = (len(columns) - 1 - index) // every % 2 == 0
        with_year = day.year != year or (loud and day.year != loud_year)
        x = index * step
        # The first label would reach out of the picture were it in the middle of its column.
        place = f'x="{pct(x)}"' if x < 3 else f'x="{pct(x + width / 2)}" text-anchor="middle"'
        quiet = "" if loud else SECOND
        yield f'<text {place} y="{HEIGHT + 18}"{quiet}>{label_month(day, with_year=with_year)}</text>'
        year, loud_year = day.year, day.year if loud else loud_year


def draw_small_stack(columns: Sequence[Column], *, title: str, name: str) -> Markup:
    """The same without numbers, for one group among others; a sentence below says how it ends."""
    if not columns:
        return Markup("")
    step = 100 / len(columns)
    parts = [
        _column(column.tally, index * step, step * 0.86, 52, numbers=False)
        for index, column in enumerate(columns)
    ]
    parts.append(f'<text x="0" y="70">{say_month(columns[0].day)}</text>')
    if len(columns) > 1:
        parts.append(f'<text x="100%" y="70" text-anchor="end">{say_month(columns[-1].day)}</text>')
    return _frame(parts, columns, title, name, height=72)


def _frame(parts: list[str], columns: Sequence[Column], title: str, name: str, *, height: int) -> Markup:
    first, last = columns[0], columns[-1]
    said = (
        f"{say_month(first.day)}: {say_tally(first.tally)}. {say_month(last.day)}: {say_tally(last.tally)}."
    )
    head, inner = describe(title, said, name)
    svg = f'<svg class="chart stack" height="{height}" {head}>{inner}{"".join(parts)}</svg>'
    return Markup(svg)


def _column(tally: Tally, x: float, width: float, height: float, *, numbers: bool) -> str:
    if not tally.total:
        return ""
    parts, y = [], 0.0
    for word, number in tally_parts(tally):
        tall = height * number / tally.total
        text = ""
        if numbers and tall >= LEAST_FOR_A_NUMBER:
            text = f'<text class="num" x="{pct(x + width / 2)}" y="{num(y + tall / 2 + 4.5)}">{number}</text>'
        parts.append(
            f'<g class="{word.slug}"><rect class="f" x="{pct(x)}" y="{num(y)}" width="{pct(width)}" '
            f'height="{num(tall)}"/>{text}</g>'
        )
        y += tall
    return "".join(parts)


def _ends(tally: Tally) -> str:
    """The last column in words, each beside its segment and no two on one line."""
    places, y = [], 0.0
    for word, number in tally_parts(tally):
        tall = HEIGHT * number / tally.total
        places.append((word, number, y + tall / 2 + 4.5))
        y += tall
    parts = []
    for (word, number, _), line in zip(places, spread([place[2] for place in places]), strict=True):
        words = f"{number} {agree(word, number)}"
        x = pct(100 - RIGHT + 0.6)
        parts.append(f'<g class="{word.slug}"><text class="end" x="{x}" y="{num(line)}">{words}</text></g>')
    return "".join(parts)


def spread(lines: list[float], *, gap: float = 17, last: float = HEIGHT) -> list[float]:
    """Move labels apart so that no two overlap and the last one stays inside.

    [4, 8, 200] -> [13, 30, 200]
    """
    down: list[float] = []
    for line in lines:
        down.append(max(line, 13.0, down[-1] + gap if down else 0.0))
    limit = last
    for index in range(len(down) - 1, -1, -1):
        down[index] = min(down[index], limit)
        limit = down[index] - gap
    return down
