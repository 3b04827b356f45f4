"""How things are put in words."""

from datetime import date

import pytest

from app.records import Tally
from app.serve.words import count, join, say_short_day, say_span, say_tally, spell


def test_a_tally_names_what_occurs_in_the_fixed_order() -> None:
    assert say_tally(Tally(silent=6, rejects=21, open=4, backs=1)) == "1 backs, 4 open, 21 reject, 6 silent"
    assert say_tally(Tally()) == "nobody"


@pytest.mark.parametrize(
    ("day", "beside", "words"),
    [
        (date(2024, 6, 6), date(2024, 6, 30), "6 Jun"),
        (date(2023, 7, 2), date(2024, 6, 30), "2 Jul"),
        (date(2023, 6, 30), date(2024, 6, 30), "Jun ’23"),
        (date(2022, 11, 4), date(2024, 6, 30), "Nov ’22"),
    ],
)
def test_a_day_is_as_short_as_a_cell_allows(day: date, beside: date, words: str) -> None:
    assert say_short_day(day, beside=beside) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 2, 27), date(2024, 2, 27), "on 27 Feb 2024"),
        (date(2024, 2, 27), date(2024, 6, 6), "from 27 Feb to 6 Jun 2024"),
        (date(2023, 2, 27), date(2024, 6, 6), "from 27 Feb 2023 to 6 Jun 2024"),
    ],
)
def test_a_span_says_each_year_once(first: date, last: date, words: str) -> None:
    assert say_span(first, last) == words


def test_numbers_agree_with_their_nouns() -> None:
    assert [count(n, "statement") for n in (0, 1, 2, 1200)] == [
        "0 statements",
        "1 statement",
        "2 statements",
        "1,200 statements",
    ]
    assert count(2, "country", "countries") == "2 countries"
    assert [spell(n) for n in (0, 5, 12, 13)] == ["no", "five", "twelve", "13"]
    assert [join(list(parts)) for parts in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
