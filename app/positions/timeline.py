"""Looking into timelines: who stood where on a day, and what a reader calls one position."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from operator import attrgetter

from app.records import Position

Cell = tuple[str, str]  # actor and question


def holds(position: Position, on: date) -> bool:
    """Whether a row holds on a day: `valid_from` is its first day, `valid_to` the day after its last."""
    return position.valid_from <= on and (position.valid_to is None or on < position.valid_to)


def pick_standing(positions: Iterable[Position], on: date) -> tuple[Position, ...]:
    """The rows that hold on a day, at most one a cell."""
    return tuple(position for position in positions if holds(position, on))


class Timelines:
    """Rows of many cells, to be asked of many days: sorted once, each answer a binary search."""

    def __init__(self, positions: Iterable[Position]) -> None:
        cells: dict[Cell, list[Position]] = defaultdict(list)
        for position in positions:
            cells[position.actor, position.question].append(position)
        self._rows = {cell: sorted(rows, key=attrgetter("valid_from")) for cell, rows in cells.items()}
        self._days = {cell: [row.valid_from for row in rows] for cell, rows in self._rows.items()}

    def rows(self, actor: str, question: str) -> tuple[Position, ...]:
        """Every row of a cell, the oldest first."""
        return tuple(self._rows.get((actor, question), ()))

    def at(self, actor: str, question: str, on: date) -> Position | None:
        """The row of a cell that holds on a day; None when silent."""
        index = bisect_right(self._days.get((actor, question), ()), on) - 1
        if index < 0:
            return None
        row = self._rows[actor, question][index]
        return row if holds(row, on) else None


def join_rows(rows: Iterable[Position]) -> tuple[tuple[Position, ...], ...]:
    """The rows of one cell, those together that are one position to a reader.

    Rows are one position while they follow each other without a gap, with the same stance and, for a
    state, the same office-holder.
    """
    joined: list[list[Position]] = []
    for row in sorted(rows, key=attrgetter("valid_from")):
        before = joined[-1][-1] if joined else None
        if (
            before is not None
            and before.valid_to == row.valid_from
            and (before.stance, before.holder) == (row.stance, row.holder)
        ):
            joined[-1].append(row)
        else:
            joined.append([row])
    return tuple(map(tuple, joined))


def cut_after(positions: Iterable[Position], on: date) -> tuple[Position, ...]:
    """The rows as they looked on a day: later ones are left out, and the row of the day has no end yet.

    Without the cut, a view as of June would tell by the end of a band what was said in July.
    """
    return tuple(
        replace(position, valid_to=None)
        if position.valid_to is not None and position.valid_to > on
        else position
        for position in positions
        if position.valid_from <= on
    )
