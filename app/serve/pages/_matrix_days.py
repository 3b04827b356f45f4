"""The timeline above the matrix in words, as a table, and the steps to the days beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.records import MatrixFilters
from app.serve.addresses import matrix_address
from app.serve.charts import Bar, count_after
from app.serve.pages._parts import ChartTable, Link, TableRow
from app.serve.words import count, say_day, say_day_beside, say_long_day, say_number


def address_on(filters: MatrixFilters, day: date) -> str:
    """The same view on another day; changes are marked only since an earlier one."""
    since = filters.since if filters.since and filters.since < day else None
    return matrix_address(replace(filters, as_of=day, since=since))


def make_steps(filters: MatrixFilters, bars: Sequence[Bar]) -> tuple[Link, ...]:
    """To the end of the week with statements before this day, and of the one after it."""
    before = [bar.last for bar in bars if bar.last < filters.as_of]
    after = [bar.last for bar in bars if bar.last > filters.as_of]
    steps = []
    if before:
        steps.append(Link(address_on(filters, before[-1]), f"‹ {_short(before[-1], filters.as_of)}"))
    if after:
        steps.append(Link(address_on(filters, after[0]), f"{_short(after[0], filters.as_of)} ›"))
    return tuple(steps)


def _short(day: date, as_of: date) -> str:
    return say_day_beside(day, beside=as_of)


def is_monthly(bars: Sequence[Bar]) -> bool:
    """Whether a bar is a month: weeks begin on a Monday and last seven days."""
    return any((bar.last - bar.first).days > 6 for bar in bars)


def say_timeline(bars: Sequence[Bar], as_of: date) -> str:
    if not bars:
        return "There are no statements yet."
    unit = "month" if is_monthly(bars) else "week"
    most = max(bars, key=lambda bar: bar.statements)
    words = (
        f"Statements per {unit} from {say_long_day(bars[0].first)} to {say_long_day(bars[-1].last)}. "
        f"Most, {say_number(most.statements)}, were made in the {unit} of {say_long_day(most.first)}."
    )
    later = count_after(bars, as_of)
    if later:
        verb = "was" if later == 1 else "were"
        noun = "is" if later == 1 else "are"
        words += f" {count(later, 'statement')} {verb} made after the as-of date and {noun} not counted."
    return words


def tabulate_timeline(bars: Sequence[Bar]) -> ChartTable:
    unit = "Month" if is_monthly(bars) else "Week"
    rows = tuple(
        TableRow(
            f"{say_day_beside(bar.first, beside=bar.last)} to {say_day(bar.last)}",
            (say_number(bar.statements),),
        )
        for bar in reversed(bars)
    )
    return ChartTable(f"Statements per {unit.lower()}, the latest first", (unit, "Statements"), rows)
