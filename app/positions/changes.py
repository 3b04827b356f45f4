"""Who moved, and when: two positions that follow each other and differ in stance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter

from app.records import Change, Position


def find_changes(positions: Iterable[Position]) -> tuple[Change, ...]:
    """The moves in these positions, of any number of cells, the oldest first.

    The statements are the last that decided before and the first that decided after. A first position
    is no change: nobody moves out of silence. A state whose position ended and came back otherwise has
    changed on the day it came back.

        backs 3 May, backs 9 May, rejects 12 May -> backs to rejects on 12 May, with the words of 9 and 12 May
    """
    cells: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in positions:
        cells[position.actor, position.question].append(position)
    changes = [
        Change(
            actor=after.actor,
            question=after.question,
            on=after.valid_from,
            before=before.stance,
            after=after.stance,
            statement_before=before.decided_by,
            statement_after=after.decided_by,
        )
        for rows in cells.values()
        for before, after in pairwise(sorted(rows, key=attrgetter("valid_from")))
        if before.stance is not after.stance
    ]
    return tuple(sorted(changes, key=attrgetter("on", "question", "actor")))
