"""One view has one address, and the address gives the view back."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.records import Attribution, MatrixFilters, Stance, StatementFilters
from app.serve.addresses import cell_address, matrix_address, query, statement_pairs
from app.serve.filters import matrix_filters

DAY = date(2024, 6, 30)


@pytest.mark.parametrize(
    "filters",
    [
        MatrixFilters(DAY),
        MatrixFilters(DAY, since=date(2024, 5, 1), group="stance", changed=True, silent=False),
        MatrixFilters(DAY, questions=("a", "b"), alliances=("nato",), countries=("DE", "FR"), actors=("x",)),
        MatrixFilters(
            DAY,
            stance="silent",
            attribution=Attribution.MIXED,
            reviewed=True,
            min_confidence=0.8,
            known_by=date(2024, 12, 31),
            name="Siliņa & co",
        ),
    ],
)
def test_the_filters_in_an_address_read_back_as_they_were(filters: MatrixFilters) -> None:
    given: dict[str, object] = {}
    for name, value in parse_qsl(urlsplit(matrix_address(filters)).query):
        if name in {"question", "alliance", "country", "actor"}:
            given[name] = (*given.get(name, ()), value)  # type: ignore[misc]
        else:
            given[name] = value
    assert read(given) == filters


def read(given: dict[str, object]) -> MatrixFilters:
    """As the framework does: text becomes days, flags and choices."""
    from fastapi import Depends, FastAPI
    from fastapi.testclient import TestClient

    seen: list[MatrixFilters] = []
    app = FastAPI()

    @app.get("/")
    def note(filters: MatrixFilters = Depends(matrix_filters)) -> None:  # noqa: B008
        seen.append(filters)

    assert TestClient(app).get("/", params=given).status_code == 200  # type: ignore[arg-type]
    return seen[0]


def test_what_equals_its_default_stays_out() -> None:
    assert matrix_address(MatrixFilters(DAY)) == "/?as_of=2024-06-30"
    assert query(statement_pairs(StatementFilters())) == ""
    pairs = statement_pairs(StatementFilters(stance=(Stance.OPEN,), since=DAY, q="ground troops"))
    assert query(pairs) == "?q=ground+troops&stance=open&from=2024-06-30"


def test_names_are_quoted() -> None:
    assert cell_address("a/b", "q?", as_of=DAY) == "/cells/a/b/q%3F?as_of=2024-06-30"
