"""Which rows the matrix has, what stands in them, and what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.positions import shape_matrix
from app.records import Matrix, MatrixFilters, Membership, Position, Question, Stance, Tally, Tenure
from app.registers import Registry
from tests.unit.positions.strategies import make_registry, position_of

ON = date(2024, 5, 15)
TROOPS = Question("troops", "Send troops", "Troops are sent.")
TAURUS = Question("taurus", "Send Taurus", "Taurus is sent.")

REGISTRY = make_registry(
    Tenure("chancellor", "de-chancellor", date(2021, 12, 8), None),
    Tenure("minister", "de-foreign", date(2021, 12, 8), None),
    Tenure("party-leader", "de-party", None, None),
    Tenure("macron", "fr-president", date(2017, 5, 14), None),
    Tenure("secretary-general", "nato-sg", None, date(2024, 10, 1)),
    memberships=(
        Membership("nato", "DE", None, None),
        Membership("nato", "FR", None, None),
        Membership("nato", "NO", None, None),
        Membership("eu", "DE", None, None),
        Membership("eu", "AT", None, None),
    ),
)
SCHOLZ = position_of("chancellor", "rejects")
GERMANY = position_of("germany", "rejects", holder="chancellor")
STOLTENBERG = position_of("secretary-general", "rejects")
KREMLIN = position_of("kremlin", "rejects")


def shape(
    *positions: Position,
    earlier: tuple[Position, ...] = (),
    questions: tuple[Question, ...] = (TROOPS,),
    registry: Registry = REGISTRY,
    **filters: object,
) -> Matrix:
    asked = replace(MatrixFilters(as_of=ON), **filters)  # type: ignore[arg-type]
    return shape_matrix(asked, questions, positions, earlier, registry)


def groups(matrix: Matrix) -> dict[str, list[str]]:
    return {group.name: [row.actor.slug for row in group.rows] for group in matrix.groups}


def rows(matrix: Matrix) -> list[str]:
    return [row.actor.slug for row in matrix.rows]


def test_rows_stand_under_their_alliance_by_country_and_rank() -> None:
    matrix = shape(position_of("minister", "backs"), SCHOLZ, GERMANY, STOLTENBERG, KREMLIN)
    assert groups(matrix) == {
        "NATO members": ["macron", "chancellor", "minister"],
        "EU members outside NATO": ["austria"],
        "Alliances and institutions": ["secretary-general", "kremlin"],
    }


def test_a_member_nobody_speaks_for_stands_with_its_highest_office_holder() -> None:
    matrix = shape()
    silent = {row.actor.slug: row for row in matrix.rows}
    assert set(silent) == {"chancellor", "macron", "austria"}
    assert silent["chancellor"].office == "Chancellor"
    assert all(cell.stance is None for row in matrix.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        pytest.param(position_of("minister", "backs"), ["minister"], id="a minister speaks for the state"),
        pytest.param(
            position_of("party-leader", "backs"),
            ["chancellor", "party-leader"],
            id="a party leader does not, so the chancellor is shown silent",
        ),
        pytest.param(position_of("germany", "backs"), ["germany"], id="the state itself"),
        pytest.param(
            position_of("germany", "backs", holder="chancellor"),
            ["chancellor"],
            id="a state's row does not repeat its office-holder's",
        ),
    ],
)
def test_which_rows_a_state_has(position: Position, expected: list[str]) -> None:
    assert rows(shape(position, countries=("DE",))) == expected


def test_former_leaders_keep_their_row_and_the_state_is_silent_beside_them() -> None:
    registry = replace(REGISTRY, tenures=(Tenure("minister", "de-chancellor", date(2024, 5, 14), None),))
    assert rows(shape(SCHOLZ, registry=registry, countries=("DE",))) == ["minister", "chancellor"]
    assert shape(SCHOLZ, registry=registry, alliances=("nato",)).tallies == (Tally(silent=3),)


def test_an_alliance_leader_stands_under_the_own_country_after_leaving() -> None:
    matrix = shape(STOLTENBERG, as_of=date(2024, 10, 1))
    assert "secretary-general" in groups(matrix)["NATO members"]


def test_an_alliance_is_counted_by_states_and_the_rest_by_rows() -> None:
    matrix = shape(position_of("minister", "backs"), SCHOLZ, GERMANY, STOLTENBERG, KREMLIN)
    tallies = {group.slug: group.tallies[0] for group in matrix.groups}
    assert tallies == {
        "nato": Tally(rejects=1, silent=2),
        "eu": Tally(silent=1),
        "alliances": Tally(rejects=2),
    }
    assert matrix.tallies == (Tally(backs=1, rejects=3, silent=2),)


def test_one_alliance_narrows_to_its_members_and_those_who_speak_for_it() -> None:
    matrix = shape(SCHOLZ, GERMANY, STOLTENBERG, KREMLIN, alliances=("nato",))
    assert groups(matrix) == {
        "NATO members": ["macron", "chancellor"],
        "Alliances and institutions": ["secretary-general"],
    }
    assert matrix.tallies == (Tally(rejects=1, silent=2),)


def test_several_alliances_count_each_state_once() -> None:
    matrix = shape(SCHOLZ, GERMANY, alliances=("eu", "nato"))
    assert list(groups(matrix)) == ["EU members", "NATO members outside EU"]
    assert matrix.tallies[0].total == 4


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({"name": "MACRÓN"}, ["macron"], id="part of a name, whatever case and accents"),
        pytest.param({"name": "nobody"}, [], id="a name nobody has"),
        pytest.param({"actors": ("macron",)}, ["macron"], id="an actor asked for is shown even in silence"),
        pytest.param({"countries": ("FR",)}, ["macron"], id="a country"),
        pytest.param({"stance": "rejects"}, ["chancellor", "secretary-general"], id="a stance"),
        pytest.param({"stance": "silent"}, ["macron", "austria"], id="silence as a stance"),
        pytest.param({"silent": False}, ["chancellor", "secretary-general"], id="without the silent"),
        pytest.param({"since": date(2024, 5, 4), "changed": True}, ["chancellor"], id="only what changed"),
    ],
)
def test_filters_keep_rows(filters: dict[str, Any], expected: list[str]) -> None:
    earlier = (position_of("chancellor", "backs"), STOLTENBERG)
    assert rows(shape(SCHOLZ, GERMANY, STOLTENBERG, earlier=earlier, **filters)) == expected


def test_a_filter_on_stance_leaves_the_tally_of_an_alliance_as_it_is() -> None:
    every, kept = (shape(SCHOLZ, GERMANY, alliances=("nato",), stance=stance) for stance in (None, "rejects"))
    assert kept.tallies == every.tallies


def test_a_name_narrows_the_tally_to_the_states_it_leaves() -> None:
    assert shape(SCHOLZ, GERMANY, alliances=("nato",), name="chancellor").tallies == (Tally(rejects=1),)


@pytest.mark.parametrize(
    ("before", "was", "changed"),
    [
        pytest.param("backs", Stance.BACKS, True, id="another stance"),
        pytest.param("rejects", None, False, id="the same stance"),
        pytest.param(None, None, False, id="silent before: nobody moves out of silence"),
    ],
)
def test_what_changed_is_marked_with_what_it_was(
    before: str | None, was: Stance | None, changed: bool
) -> None:
    earlier = (position_of("chancellor", before),) if before else ()
    matrix = shape(SCHOLZ, earlier=earlier, since=date(2024, 5, 4), actors=("chancellor",))
    (cell,) = matrix.rows[0].cells
    assert (cell.was, cell.changed) == (was, changed)


def test_cells_stand_in_the_order_of_the_questions() -> None:
    taurus = position_of("chancellor", "backs", question="taurus", number=9)
    matrix = shape(SCHOLZ, taurus, questions=(TAURUS, TROOPS), actors=("chancellor",))
    assert [cell.stance for cell in matrix.rows[0].cells] == [Stance.BACKS, Stance.REJECTS]
    assert matrix.statements == 2


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("none", {"All": ["austria", "macron", "chancellor", "kremlin"]}),
        ("stance", {"Rejects": ["chancellor", "kremlin"], "Silent": ["austria", "macron"]}),
        (
            "country",
            {
                "Austria": ["austria"],
                "France": ["macron"],
                "Germany": ["chancellor"],
                "Alliances and institutions": ["kremlin"],
            },
        ),
    ],
)
def test_rows_can_stand_together_otherwise(group: str, expected: dict[str, list[str]]) -> None:
    assert groups(shape(SCHOLZ, KREMLIN, group=group)) == expected


def test_an_actor_no_register_knows_is_shown_all_the_same() -> None:
    matrix = shape(position_of("somebody-new", "backs"))
    assert "somebody-new" in groups(matrix)["Other states"]
