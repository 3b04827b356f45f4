"""An address read into filters, field by field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from app.errors import BadRequest
from app.serve.filters import (
    check_order,
    matrix_filters,
    read_choice,
    read_countries,
    read_day,
    read_flag,
    read_id,
    read_share,
    read_slugs,
    read_text,
    today,
)


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (read_day, "2024-02-29", date(2024, 2, 29)),
        (read_day, " 2024-02-27 ", date(2024, 2, 27)),
        (read_day, "", None),
        (read_slugs, ["NATO", "eu,g7", "", "nato"], ["nato", "eu", "g7"]),
        (read_countries, ["de", "FR,gb"], ["DE", "FR", "GB"]),
        (read_choice, " Rejects ", "rejects"),
        (read_choice, "", None),
        (read_flag, "on", True),
        (read_flag, "1", True),
        (read_flag, "no", False),
        (read_flag, "", False),
        (read_share, "0.8", 0.8),
        (read_share, "", None),
        (read_text, "  Macron ", "Macron"),
        (read_id, "", None),
        (read_id, "01a20c7f-9b63-7e10-b60d-aefd1f79d52d", UUID("01a20c7f-9b63-7e10-b60d-aefd1f79d52d")),
    ],
)
def test_what_people_and_forms_write_is_read(
    read: Callable[[object], object], written: object, value: object
) -> None:
    assert read(written) == value


@pytest.mark.parametrize(
    ("read", "written", "words"),
    [
        (read_day, "27.2.2024", "Write year-month-day"),
        (read_day, "2024-2-7", "is not a day"),
        (read_day, "２０２４-02-27", "is not a day"),
        (read_day, "2023-02-29", "no such day"),
        (read_day, "1899-12-31", "out of range"),
        (read_day, "9999-12-31", "out of range"),
        (read_countries, ["DEU"], "two letters"),
        (read_countries, ["D1"], "two letters"),
        (read_flag, "maybe", "neither yes nor no"),
        (read_share, "80%", "is not a number"),
        (read_share, "1.01", "from 0 to 1"),
        (read_share, "nan", "from 0 to 1"),
        (read_share, "inf", "from 0 to 1"),
        (read_text, "a\x00", "zero character"),
        (read_text, "a" * 201, "longer than 200"),
        (read_slugs, [str(number) for number in range(101)], "At most 100"),
        (read_id, "17", "is not an identifier"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(
    read: Callable[[object], object], written: object, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        read(written)


def test_a_span_of_days_that_ends_before_it_begins_is_refused() -> None:
    check_order(date(2024, 2, 1), date(2024, 2, 1))
    check_order(None, date(2024, 2, 1))
    with pytest.raises(BadRequest, match="Swap them"):
        check_order(date(2024, 3, 1), date(2024, 2, 1))


def test_the_matrix_is_of_today_by_alliance_unless_asked_otherwise() -> None:
    filters = matrix_filters()
    assert (filters.as_of, filters.group, filters.silent) == (today(), "alliance", True)
