"""Positions are replaced whole, read by day, and shown as readers count them; changes like the plain rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import BadRequest
from app.positions import derive_all, find_changes
from app.queries.positions import (
    list_changes,
    list_positions,
    positions_as_of,
    positions_of,
    replace_all_positions,
    replace_positions,
)
from app.queries.statements import load_evidence
from app.records import Position, Stance
from app.registers import Registry
from tests.database.conftest import TROOPS, Say

CELL = ("olaf-scholz", TROOPS)


@pytest.fixture
def derived(session: Session, say: Say, registry: Registry) -> tuple[Position, ...]:
    """Scholz: rejects, repeated, then open. Kristersson: backs after Sweden joined. Biden: rejects."""
    say("No troops.", on=date(2024, 2, 27))
    say("Still none.", on=date(2024, 3, 10))
    say("Perhaps.", on=date(2024, 5, 1), stance=Stance.OPEN)
    say("Not ours.", actor="ulf-kristersson", on=date(2024, 2, 28))
    say("Ours too.", actor="ulf-kristersson", on=date(2024, 4, 1), stance=Stance.BACKS)
    say("No boots.", actor="joe-biden", on=date(2024, 2, 28))
    rows = derive_all(load_evidence(session), registry)
    assert replace_all_positions(session, rows) == len(rows)
    return rows


def sort(positions: Iterable[Position]) -> list[Position]:
    return sorted(positions, key=lambda p: (p.question, p.actor, p.valid_from))


def test_positions_come_back_as_they_were_derived(session: Session, derived: tuple[Position, ...]) -> None:
    assert sort(positions_of(session)) == sort(derived)


def test_a_state_stands_with_its_holder(session: Session, derived: tuple[Position, ...]) -> None:
    (germany,) = positions_as_of(session, as_of=date(2024, 3, 1), actors=["germany"])
    assert (germany.holder, germany.stance) == ("olaf-scholz", Stance.REJECTS)


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 26),
        date(2024, 2, 27),
        date(2024, 3, 10),
        date(2024, 4, 30),
        date(2024, 5, 1),
        date(2030, 1, 1),
    ],
)
def test_the_rows_of_a_day_are_those_that_hold_on_it(
    session: Session, derived: tuple[Position, ...], day: date
) -> None:
    held = [p for p in derived if p.valid_from <= day and (p.valid_to is None or day < p.valid_to)]
    assert sort(positions_as_of(session, as_of=day)) == sort(held)
    some = positions_as_of(session, as_of=day, questions=[TROOPS], actors=["olaf-scholz", "joe-biden"])
    assert sort(some) == sort(p for p in held if p.actor in ("olaf-scholz", "joe-biden"))
    assert positions_as_of(session, as_of=day, questions=["ukraine-nato"]) == ()


def test_replacing_cells_leaves_the_others(session: Session, derived: tuple[Position, ...]) -> None:
    replace_positions(session, [CELL], derived[:0])
    assert sort(positions_of(session)) == sort(p for p in derived if (p.actor, p.question) != CELL)
    replace_positions(session, [CELL], [p for p in derived if (p.actor, p.question) == CELL])
    assert sort(positions_of(session)) == sort(derived)
    replace_positions(session, [], [])
    assert len(positions_of(session)) == len(derived)


def test_rows_that_share_since_are_one_position_to_a_reader(
    session: Session, derived: tuple[Position, ...]
) -> None:
    page = list_positions(session, actor=["olaf-scholz"])
    shown = [(p.stance, p.valid_from, p.valid_to, p.statements) for p in page.items]
    assert shown == [
        (Stance.REJECTS, date(2024, 2, 27), date(2024, 5, 1), 2),
        (Stance.OPEN, date(2024, 5, 1), None, 3),
    ]


def test_the_position_of_a_day_counts_what_was_said_by_then(
    session: Session, derived: tuple[Position, ...]
) -> None:
    def show(day: date) -> list[tuple[Any, ...]]:
        page = list_positions(session, actor=["olaf-scholz"], as_of=day)
        return [(p.stance, p.valid_from, p.valid_to, p.statements) for p in page.items]

    whole = (date(2024, 2, 27), date(2024, 5, 1))
    assert show(date(2024, 2, 26)) == []
    assert show(date(2024, 3, 9)) == [(Stance.REJECTS, *whole, 1)]
    assert show(date(2024, 3, 10)) == [(Stance.REJECTS, *whole, 2)]
    assert show(date(2024, 5, 1)) == [(Stance.OPEN, date(2024, 5, 1), None, 3)]


@pytest.mark.parametrize(
    ("filters", "actors"),
    [
        ({"country": ["SE"]}, {"sweden", "ulf-kristersson"}),
        (
            {"alliance": ["nato"], "as_of": date(2024, 3, 6)},
            {"germany", "olaf-scholz", "joe-biden", "united-states"},
        ),
        (
            {"alliance": ["eu"], "as_of": date(2024, 3, 7)},
            {"germany", "olaf-scholz", "sweden", "ulf-kristersson"},
        ),
        ({"question": ["ukraine-nato"]}, set()),
    ],
)
def test_positions_are_filtered_by_country_and_alliance_of_the_day(
    session: Session, derived: tuple[Position, ...], filters: dict[str, Any], actors: set[str]
) -> None:
    assert {p.actor for p in list_positions(session, **filters).items} == actors


def test_pages_of_positions_hold_each_once(session: Session, derived: tuple[Position, ...]) -> None:
    whole = list_positions(session, limit=1000).items
    seen: list[Position] = []
    cursor = None
    while True:
        page = list_positions(session, cursor=cursor, limit=2)
        seen += page.items
        cursor = page.next
        if cursor is None:
            break
    assert tuple(seen) == whole


def test_changes_are_those_of_the_plain_rule(session: Session, derived: tuple[Position, ...]) -> None:
    plain = sorted(find_changes(derived), key=lambda c: (-c.on.toordinal(), c.actor, c.question))
    assert list(list_changes(session).items) == plain
    assert {(c.actor, c.on) for c in plain} == {
        ("olaf-scholz", date(2024, 5, 1)),
        ("germany", date(2024, 5, 1)),
        ("ulf-kristersson", date(2024, 4, 1)),
        ("sweden", date(2024, 4, 1)),
    }


@pytest.mark.parametrize(
    ("filters", "actors"),
    [
        ({"since": date(2024, 5, 1)}, ["germany", "olaf-scholz"]),
        ({"until": date(2024, 4, 1)}, ["sweden", "ulf-kristersson"]),
        ({"country": ["SE"]}, ["sweden", "ulf-kristersson"]),
        ({"alliance": ["g7"]}, ["germany", "olaf-scholz"]),
        ({"actor": ["olaf-scholz"], "question": [TROOPS]}, ["olaf-scholz"]),
        ({"question": ["ukraine-nato"]}, []),
    ],
)
def test_changes_are_filtered(
    session: Session, derived: tuple[Position, ...], filters: dict[str, Any], actors: list[str]
) -> None:
    assert [change.actor for change in list_changes(session, **filters).items] == actors


def test_pages_of_changes_hold_each_once(session: Session, derived: tuple[Position, ...]) -> None:
    first = list_changes(session, limit=3)
    second = list_changes(session, limit=3, cursor=first.next)
    assert (*first.items, *second.items) == list_changes(session).items
    assert second.next is None


def test_a_cursor_of_another_list_is_refused(session: Session, derived: tuple[Position, ...]) -> None:
    cursor = list_changes(session, limit=1).next
    with pytest.raises(BadRequest):
        list_positions(session, cursor=cursor)
