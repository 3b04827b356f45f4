"""Looking up days in timelines, and joining rows to what a reader calls one position."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.positions import Timelines, cut_after, join_rows, pick_standing
from app.records import Position
from tests.unit.positions.strategies import position_of

ROWS = (
    position_of("germany", "backs", first=3, last=9, number=1, holder="minister"),
    position_of("germany", "backs", first=9, last=12, number=2, holder="chancellor"),
    position_of("germany", "rejects", first=20, number=3),
)


@pytest.mark.parametrize(("day", "number"), [(2, None), (3, 1), (8, 1), (9, 2), (12, None), (20, 3), (31, 3)])
def test_a_day_has_the_row_that_holds_on_it(day: int, number: int | None) -> None:
    on = date(2024, 5, day)
    found = Timelines(reversed(ROWS)).at("germany", "troops", on)
    assert (found.decided_by.int if found else None) == number
    assert pick_standing(ROWS, on) == ((found,) if found else ())
    assert Timelines(ROWS).at("france", "troops", on) is None


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        pytest.param(ROWS, [[1], [2], [3]], id="another office-holder, then a gap"),
        pytest.param(
            (
                position_of("a", "backs", first=9, number=2),
                position_of("a", "backs", first=3, last=9, number=1),
            ),
            [[1, 2]],
            id="a repetition is the same position",
        ),
        pytest.param(
            (
                position_of("a", "backs", first=3, last=5, number=1),
                position_of("a", "backs", first=9, number=2),
            ),
            [[1], [2]],
            id="after a gap it is another",
        ),
        pytest.param((), [], id="nothing"),
    ],
)
def test_rows_are_joined_while_they_say_the_same(
    rows: tuple[Position, ...], numbers: list[list[int]]
) -> None:
    assert [[row.decided_by.int for row in part] for part in join_rows(rows)] == numbers


def test_a_view_of_a_day_does_not_know_what_ends_later() -> None:
    first, second, _ = ROWS
    assert cut_after(ROWS, date(2024, 5, 10)) == (first, replace(second, valid_to=None))
    assert cut_after(ROWS, date(2024, 5, 12)) == (first, second)
    assert cut_after(ROWS, date(2024, 5, 2)) == ()
