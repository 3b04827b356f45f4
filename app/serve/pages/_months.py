"""Month by month: the columns of a chart, their table, and the same by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.serve import charts
from app.serve.pages._parts import ChartTable, tabulate_tallies
from app.serve.views import GroupMonths, Month
from app.serve.words import say_month, say_tally


@dataclass(frozen=True, slots=True)
class Multiple:
    """One group's small chart and how it ends, in words."""

    name: str
    total: int
    chart: Markup
    words: str


def trim_months(months: Sequence[Month]) -> Sequence[Month]:
    """Without the silent months at the beginning but for the last of them, where the view starts."""
    for index, month in enumerate(months):
        if month.tally.silent < month.tally.total:
            return months[max(index - 1, 0) :]
    return months[-1:]


def stack_months(months: Sequence[Month]) -> list[charts.Column]:
    return [charts.Column(month.last, month.tally) for month in trim_months(months)]


def tabulate_months(months: Sequence[Month]) -> ChartTable:
    kept = trim_months(months)
    return tabulate_tallies(
        "Leaders by stance at the end of each month",
        [say_month(month.last) for month in kept],
        [month.tally for month in kept],
    )


def say_moved(months: Sequence[Month]) -> str:
    kept = trim_months(months)
    if not kept:
        return ""
    return (
        f"Number of leaders by their latest stance at the end of each month, {say_month(kept[0].last)} to "
        f"{say_month(kept[-1].last)}. A leader stays where the last statement left them."
    )


def make_multiples(groups: Sequence[GroupMonths]) -> tuple[Multiple, ...]:
    """Groups that have somebody, in months they share, so that the small charts line up."""
    filled = [group for group in groups if group.total]
    first = min((len(group.months) - len(trim_months(group.months)) for group in filled), default=0)
    multiples = []
    for index, group in enumerate(filled):
        months = group.months[first:]
        columns = [charts.Column(month.last, month.tally) for month in months]
        chart = charts.draw_small_stack(columns, title=group.name, name=f"group-{index}")
        multiples.append(Multiple(group.name, group.total, chart, say_tally(months[-1].tally)))
    return tuple(multiples)
