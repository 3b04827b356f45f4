from datetime import date

import pytest

from app.clean.dates import choose_day, find_dateline
from app.errors import BadInput
from app.records import DateBasis

TODAY = date(2024, 3, 1)
GIVEN = date(2024, 2, 27)
FOUND = date(2024, 2, 26)


@pytest.mark.parametrize(
    ("given", "found", "day", "basis"),
    [
        (GIVEN, FOUND, GIVEN, DateBasis.GIVEN),
        (None, FOUND, FOUND, DateBasis.FOUND),
        (None, None, TODAY, DateBasis.RETRIEVED),
        (None, date(2031, 1, 1), TODAY, DateBasis.RETRIEVED),
        (None, date(1601, 1, 1), TODAY, DateBasis.RETRIEVED),
        (date(2024, 3, 2), None, date(2024, 3, 2), DateBasis.GIVEN),
    ],
)
def test_given_wins_over_found_and_found_over_today(
    given: date | None, found: date | None, day: date, basis: DateBasis
) -> None:
    assert choose_day(given, found, today=TODAY) == (day, basis)


@pytest.mark.parametrize("given", [date(2024, 3, 3), date(1899, 12, 31)])
def test_a_given_day_that_cannot_be_is_refused(given: date) -> None:
    with pytest.raises(BadInput) as refusal:
        choose_day(given, FOUND, today=TODAY)
    assert refusal.value.field == "published"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("27 February 2024", GIVEN),
        ("February 27, 2024", GIVEN),
        ("Feb. 27th, 2024", GIVEN),
        ("27.2.2024", GIVEN),
        ("2024-02-27", GIVEN),
        ("2024-02-27T10:15:00Z", GIVEN),
        ("Published: Tue, 27 Feb 2024 10:00 GMT", GIVEN),
        ("Updated at 9:05 pm on Tuesday 27 February 2024", GIVEN),
        ("Harbour City, 27 February 2024", GIVEN),
        ("On 24 February 2022 Russia invaded.", None),
        ("The treaty of 27 February 2024 stands.", None),
        ("30 February 2024", None),
        ("27/02/2024", None),
        ("1234567890", None),
        ("", None),
    ],
)
def test_only_a_line_that_holds_little_but_a_day_is_a_dateline(line: str, day: date | None) -> None:
    assert find_dateline(f"A heading\n\n{line}\n\nSome text follows.") == day


def test_the_earlier_of_two_datelines_is_when_it_was_published() -> None:
    assert find_dateline("Published 27 February 2024\nUpdated 1 March 2024\nText.") == GIVEN


def test_a_dateline_far_down_belongs_to_something_else() -> None:
    assert find_dateline("A line.\n" * 20 + "27 February 2024") is None
