"""The rule of positions by its cases: each clause of it has a row here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from app.positions import derive_all, derive_position, derive_positions, derive_state_positions
from app.records import Attribution, Evidence, Stance, Status, Tenure
from tests.unit.positions.strategies import make_registry, number, said

INDIRECT, MIXED, DIRECT = Attribution.INDIRECT, Attribution.MIXED, Attribution.DIRECT
END_OF_MAY = date(2024, 5, 31)


@pytest.mark.parametrize(
    ("evidence", "stance", "since", "contested"),
    [
        pytest.param([said("backs", 3)], "backs", 3, False, id="one statement"),
        pytest.param([said("backs", 3), said("rejects", 9)], "rejects", 9, False, id="the latest day wins"),
        pytest.param([said("backs", 3), said("backs", 9)], "backs", 3, False, id="a repetition keeps since"),
        pytest.param(
            [said("backs", 3), said("unclear", 9)], "backs", 3, False, id="unclear never displaces later"
        ),
        pytest.param(
            [
                said("backs", 3, attribution=INDIRECT, has_via=True),
                said("unclear", 3, status=Status.CONFIRMED),
            ],
            "backs",
            3,
            False,
            id="nor within a day",
        ),
        pytest.param([said("unclear", 3)], "unclear", 3, False, id="unclear stands alone"),
        pytest.param([said("unclear", 3), said("open", 9)], "open", 9, False, id="clear displaces unclear"),
        pytest.param(
            [said("backs", 3), said("rejects", 5), said("backs", 9)],
            "backs",
            9,
            False,
            id="back is new",
        ),
        pytest.param(
            [said("backs", 3), said("rejects", 9, confidence=0.49)],
            "backs",
            3,
            False,
            id="too unsure",
        ),
        pytest.param(
            [said("rejects", 9, confidence=0.5)], "rejects", 9, False, id="the threshold itself is enough"
        ),
        pytest.param(
            [said("rejects", 9, confidence=0.1, status=Status.CONFIRMED)],
            "rejects",
            9,
            False,
            id="a person's word needs no confidence",
        ),
        pytest.param(
            [said("rejects", 9, confidence=0.1, status=Status.CORRECTED)],
            "rejects",
            9,
            False,
            id="a correction is a person's word too",
        ),
        pytest.param(
            [said("backs", 3), said("rejects", 9, status=Status.REJECTED)],
            "backs",
            3,
            False,
            id="refused",
        ),
        pytest.param(
            [said("backs", 3), said("rejects", 3, attribution=INDIRECT, status=Status.CONFIRMED)],
            "rejects",
            3,
            False,
            id="confirmed before proposed",
        ),
        pytest.param(
            [said("backs", 3, attribution=MIXED), said("rejects", 3, confidence=0.6)],
            "rejects",
            3,
            False,
            id="direct before mixed",
        ),
        pytest.param(
            [said("backs", 3, attribution=INDIRECT), said("rejects", 3, attribution=MIXED, has_via=True)],
            "rejects",
            3,
            False,
            id="mixed before indirect, even via somebody",
        ),
        pytest.param(
            [said("backs", 3, has_via=True), said("rejects", 3, confidence=0.6)],
            "rejects",
            3,
            False,
            id="own words before via",
        ),
        pytest.param(
            [said("open", 3, confidence=0.7), said("rejects", 3, confidence=0.8)],
            "rejects",
            3,
            False,
            id="then confidence, and open opposes nobody",
        ),
        pytest.param(
            [said("backs", 3, confidence=0.9), said("rejects", 3, confidence=0.8)],
            "backs",
            3,
            True,
            id="opposites of equal rank are contested",
        ),
        pytest.param(
            [said("backs", 3), said("rejects", 3, attribution=INDIRECT)],
            "backs",
            3,
            False,
            id="opposites of unequal rank are not contested",
        ),
        pytest.param(
            [said("backs", 3), said("rejects", 3), said("rejects", 9)],
            "rejects",
            9,
            False,
            id="a later day settles it",
        ),
        pytest.param(
            [said("backs", 3, confidence=0.8), said("rejects", 3), said("rejects", 9)],
            "rejects",
            3,
            False,
            id="since reaches into the contested day",
        ),
    ],
)
def test_the_rule(evidence: list[Evidence], stance: str, since: int, contested: bool) -> None:
    position = derive_position(number(evidence), on=END_OF_MAY)
    assert position is not None
    assert (position.stance, position.since, position.contested) == (
        Stance(stance),
        date(2024, 5, since),
        contested,
    )


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param([], id="nothing was said"),
        pytest.param([said("backs", 3, confidence=0.4)], id="nothing is confident enough"),
        pytest.param([said("backs", 3, status=Status.REJECTED)], id="all was rejected"),
    ],
)
def test_silence_is_no_position(evidence: list[Evidence]) -> None:
    assert derive_position(evidence, on=END_OF_MAY) is None
    assert derive_positions(evidence) == ()


def test_level_in_everything_the_smaller_id_decides() -> None:
    position = derive_position([said("rejects", 3, number=2), said("backs", 3, number=1)], on=END_OF_MAY)
    assert position is not None
    assert (position.stance, position.decided_by, position.contested) == (Stance.BACKS, UUID(int=1), True)


def test_what_is_said_later_does_not_count() -> None:
    evidence = [said("backs", 3, number=1), said("rejects", 9, number=2)]
    before, same_day = (derive_position(evidence, on=date(2024, 5, day)) for day in (8, 9))
    assert before is not None
    assert before.stance is Stance.BACKS
    assert same_day is not None
    assert same_day.stance is Stance.REJECTS
    assert derive_position(evidence, on=date(2024, 5, 2)) is None


def test_another_threshold_lets_less_confident_statements_count() -> None:
    assert derive_position([said("backs", 3, confidence=0.3)], on=END_OF_MAY, threshold=0.3) is not None


def test_a_repetition_begins_a_row_with_the_same_since() -> None:
    first, second = derive_positions([said("backs", 9, number=2), said("backs", 3, number=1)])
    assert (first.valid_from, first.valid_to, first.statements) == (date(2024, 5, 3), date(2024, 5, 9), 1)
    assert (second.valid_from, second.valid_to, second.statements) == (date(2024, 5, 9), None, 2)
    assert second.since == first.since
    assert (second.decided_by, second.latest_on) == (UUID(int=2), date(2024, 5, 9))


def test_an_unclear_statement_counts_but_decides_nothing() -> None:
    _, second = derive_positions([said("backs", 3, number=1), said("unclear", 9, number=2)])
    assert (second.decided_by, second.latest_on, second.statements) == (UUID(int=1), date(2024, 5, 3), 2)


def test_wire_copies_count_once() -> None:
    copies = [said("backs", 3, number=number, story=7) for number in (1, 2, 3)]
    other_stance = said("open", 3, number=4, story=7, attribution=INDIRECT)
    other_day = said("backs", 4, number=5, story=7)
    other_story = said("backs", 4, number=6, story=8)
    first, second = derive_positions([*copies, other_stance, other_day, other_story])
    assert (first.statements, second.statements) == (2, 4)


def test_only_a_person_makes_a_position_confirmed() -> None:
    proposed, confirmed = derive_positions(
        [said("backs", 3, number=1), said("backs", 9, number=2, status=Status.CONFIRMED)]
    )
    assert not proposed.confirmed
    assert confirmed.confirmed


# ---- states ------------------------------------------------------------------------------------------

CHANCELLOR = Tenure("chancellor", "de-chancellor", date(2021, 12, 8), date(2024, 5, 20))
SUCCESSOR = Tenure("party-leader", "de-chancellor", date(2024, 5, 20), None)
MINISTER = Tenure("minister", "de-foreign", date(2021, 12, 8), None)
OPPOSITION = Tenure("party-leader", "de-party", None, date(2024, 5, 20))

Band = tuple[int, int | None, str, int, str | None]  # from, to, stance, since (days of May) and holder


@pytest.mark.parametrize(
    ("evidence", "bands"),
    [
        pytest.param(
            [said("rejects", 3)],
            [(3, 20, "rejects", 3, "chancellor")],
            id="the position ends with the office when nobody else has one",
        ),
        pytest.param(
            [said("backs", 2, actor="minister"), said("rejects", 9)],
            [
                (2, 9, "backs", 2, "minister"),
                (9, 20, "rejects", 9, "chancellor"),
                (20, None, "backs", 20, "minister"),
            ],
            id="a silent successor leaves it to the next in rank",
        ),
        pytest.param(
            [said("rejects", 3), said("rejects", 4, actor="germany")],
            [(3, 20, "rejects", 3, "chancellor"), (20, None, "rejects", 3, None)],
            id="else the state's own statements, and since stays with the stance",
        ),
        pytest.param(
            [said("open", 4, actor="germany")], [(4, None, "open", 4, None)], id="only the state itself spoke"
        ),
        pytest.param(
            [said("rejects", 3), said("backs", 5, actor="party-leader")],
            [(3, 20, "rejects", 3, "chancellor"), (20, None, "backs", 20, "party-leader")],
            id="a position comes into office with its holder",
        ),
        pytest.param(
            [said("backs", 5, actor="party-leader")],
            [(20, None, "backs", 20, "party-leader")],
            id="a leader of the opposition does not speak for the state",
        ),
        pytest.param(
            [said("rejects", 3), said("rejects", 25, actor="party-leader")],
            [(3, 20, "rejects", 3, "chancellor"), (25, None, "rejects", 25, "party-leader")],
            id="after a gap the same stance is held anew",
        ),
    ],
)
def test_a_state_stands_with_its_highest_office_holder(evidence: list[Evidence], bands: list[Band]) -> None:
    registry = make_registry(CHANCELLOR, SUCCESSOR, MINISTER, OPPOSITION)
    rows = [row for row in derive_all(number(evidence), registry) if row.actor == "germany"]
    assert [
        (
            row.valid_from.day,
            row.valid_to.day if row.valid_to else None,
            str(row.stance),
            row.since.day,
            row.holder,
        )
        for row in rows
    ] == bands


def test_a_position_of_years_before_counts_from_the_first_day_in_office() -> None:
    rows = derive_state_positions(
        "germany",
        "troops",
        [],
        {"party-leader": derive_positions([said("backs", 5, actor="party-leader")])},
        make_registry(SUCCESSOR),
    )
    assert [(row.valid_from, row.since, row.latest_on) for row in rows] == [
        (date(2024, 5, 20), date(2024, 5, 20), date(2024, 5, 5))
    ]
