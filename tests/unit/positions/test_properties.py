"""What always holds of derived positions, against the slow and plain version of the rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.positions import (
    derive_all,
    derive_cells,
    derive_position,
    derive_positions,
    find_cells_to_derive,
    find_cells_to_read,
    find_changes,
)
from app.records import Evidence, Position
from app.registers import Registry
from tests.unit.positions.plain import look_up, stand_on, state_on
from tests.unit.positions.strategies import DAYS, QUESTIONS, drawn_evidence, drawn_registry

ALL_DAYS = (DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1))
THRESHOLDS = st.sampled_from([0.0, 0.5, 0.7])


def as_of(position: Position | None) -> Position | None:
    """What a row says, without how long it says so."""
    return replace(position, valid_from=ALL_DAYS[0], valid_to=None) if position is not None else None


@given(drawn_evidence(), THRESHOLDS)
@settings(deadline=None)
def test_a_timeline_says_on_each_day_what_the_plain_rule_says(
    evidence: list[Evidence], threshold: float
) -> None:
    rows = derive_positions(evidence, threshold=threshold)
    for day in ALL_DAYS:
        plain = as_of(stand_on(evidence, day, threshold))
        assert as_of(look_up(rows, day)) == plain
        assert as_of(derive_position(evidence, on=day, threshold=threshold)) == plain


@given(drawn_evidence(cells=True), drawn_registry())
@settings(max_examples=60, deadline=None)
def test_a_state_says_on_each_day_what_the_plain_rule_says(
    evidence: list[Evidence], registry: Registry
) -> None:
    rows = [row for row in derive_all(evidence, registry) if row.actor == "germany"]
    for question in QUESTIONS:
        on_question = [row for row in rows if row.question == question]
        for day in ALL_DAYS:
            plain = state_on("germany", question, evidence, registry, on=day, threshold=0.5)
            assert as_of(look_up(on_question, day)) == as_of(plain)


@given(drawn_evidence(cells=True), drawn_registry(), st.randoms(use_true_random=False))
def test_any_order_of_statements_gives_the_same_rows(
    evidence: list[Evidence], registry: Registry, random: Random
) -> None:
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert derive_all(shuffled, registry) == derive_all(evidence, registry)


@given(drawn_evidence(cells=True), drawn_registry())
def test_a_row_begins_only_where_something_new_is_true(evidence: list[Evidence], registry: Registry) -> None:
    rows = derive_all(evidence, registry)
    for before, after in pairwise(rows):
        if (before.actor, before.question) != (after.actor, after.question):
            continue
        assert before.valid_to is not None
        assert before.valid_from < before.valid_to <= after.valid_from
        if before.valid_to == after.valid_from:
            assert as_of(before) != as_of(after)
            assert (before.stance is after.stance) == (before.since == after.since)


@given(drawn_evidence(cells=True), drawn_evidence(cells=True), drawn_registry())
def test_deriving_the_touched_cells_alone_gives_what_deriving_everything_gives(
    old: list[Evidence], new: list[Evidence], registry: Registry
) -> None:
    taken = {one.id for one in old}
    new = [one for one in new if one.id not in taken]
    kept = derive_all(old, registry)
    touched = find_cells_to_derive({(one.actor, one.question) for one in new}, registry)
    needed = find_cells_to_read(touched, registry)
    read = [one for one in (*old, *new) if (one.actor, one.question) in needed]
    fresh = derive_cells(touched, read, registry)
    merged = [row for row in kept if (row.actor, row.question) not in touched] + list(fresh)
    assert sorted(merged, key=_key) == sorted(derive_all((*old, *new), registry), key=_key)


@given(drawn_evidence(cells=True), drawn_registry())
def test_changes_are_the_days_on_which_the_stance_is_another(
    evidence: list[Evidence], registry: Registry
) -> None:
    rows = derive_all(evidence, registry)
    for change in find_changes(rows):
        cell = [row for row in rows if (row.actor, row.question) == (change.actor, change.question)]
        after = look_up(cell, change.on)
        earlier = [row for row in cell if row.valid_from < change.on]
        assert after is not None
        assert (after.stance, after.decided_by) == (change.after, change.statement_after)
        assert (earlier[-1].stance, earlier[-1].decided_by) == (change.before, change.statement_before)


def _key(row: Position) -> tuple[str, str, object]:
    return row.question, row.actor, row.valid_from
