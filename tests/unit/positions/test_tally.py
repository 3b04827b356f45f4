"""Who is counted where, and when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from app.positions import find_changes, tally_members, tally_stances
from app.records import Change, Membership, Position, Stance, Tally
from tests.unit.positions.strategies import make_registry, position_of

MEMBERSHIPS = (
    Membership("nato", "DE", date(1955, 5, 6), None),
    Membership("nato", "FR", date(1949, 4, 4), date(2024, 5, 20)),
    Membership("nato", "AT", date(2024, 5, 10), None),
    Membership("nato", "NO", None, None),
)


@pytest.mark.parametrize(
    ("on", "tally"),
    [
        pytest.param(date(2024, 5, 9), Tally(backs=1, rejects=1, silent=1), id="the day before one joins"),
        pytest.param(date(2024, 5, 10), Tally(backs=1, open=1, rejects=1, silent=1), id="the day it joins"),
        pytest.param(date(2024, 5, 20), Tally(open=1, rejects=1, silent=1), id="the day another leaves"),
    ],
)
def test_an_alliance_counts_its_members_of_the_day_silent_ones_too(on: date, tally: Tally) -> None:
    standing = {
        "germany": position_of("germany", "rejects"),
        "france": position_of("france", "backs"),
        "austria": position_of("austria", "open"),
        "chancellor": position_of("chancellor", "backs"),
    }
    # Norway is in the alliance and has no actor for the state: silent, and still counted.
    assert tally_members("nato", standing, make_registry(memberships=MEMBERSHIPS), on=on) == tally


def test_every_stance_has_its_count_and_nobody_is_left_out() -> None:
    tally = tally_stances([Stance.REJECTS, None, Stance.REJECTS, Stance.UNCLEAR, Stance.OPEN, Stance.BACKS])
    assert tally == Tally(backs=1, open=1, rejects=2, unclear=1, silent=1)
    assert tally.total == 6


def row(stance: str, first: int, last: int | None, number: int) -> Position:
    return position_of("germany", stance, first=first, last=last, number=number)


@pytest.mark.parametrize(
    ("rows", "moves"),
    [
        pytest.param([row("backs", 3, None, 1)], [], id="a first position is no change"),
        pytest.param([row("backs", 3, 9, 1), row("backs", 9, None, 2)], [], id="a repetition is none"),
        pytest.param(
            [row("backs", 3, 9, 1), row("backs", 9, 12, 2), row("rejects", 12, None, 3)],
            [(12, "backs", "rejects", 2, 3)],
            id="the last words before and the first after",
        ),
        pytest.param(
            [row("backs", 3, 9, 1), row("rejects", 20, None, 2)],
            [(20, "backs", "rejects", 1, 2)],
            id="a position that ended and came back otherwise",
        ),
        pytest.param(
            [row("open", 9, None, 2), row("unclear", 3, 9, 1)],
            [(9, "unclear", "open", 1, 2)],
            id="rows in any order",
        ),
    ],
)
def test_a_change_is_two_positions_that_follow_each_other(
    rows: list[Position], moves: list[tuple[int, str, str, int, int]]
) -> None:
    assert find_changes(rows) == tuple(
        Change(
            actor="germany",
            question="troops",
            on=date(2024, 5, on),
            before=Stance(before),
            after=Stance(after),
            statement_before=UUID(int=first),
            statement_after=UUID(int=second),
        )
        for on, before, after, first, second in moves
    )
