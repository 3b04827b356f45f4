"""How sure: the features speak of rules, never of a question or an actor. Texts are made up for the test."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from app.extract._pipeline import find_candidates, settle
from app.extract._weigh import (
    STANCES,
    WEIGHTS,
    Candidate,
    Layer,
    Weights,
    chances,
    common_features,
    propose,
    stance_features,
)
from app.records import Question, SourceText, Stance
from app.registers import Registry

TEXTS = (
    "Chancellor Olaf Scholz said Germany will not send ground troops to Ukraine.",
    "French President Emmanuel Macron refused to rule out sending Western troops to Ukraine.",
    "Prime Minister Viktor Orban said Hungary opposes NATO membership for Ukraine.",
    "Foreign Secretary David Cameron said Ukraine should be allowed to strike targets inside Russia.",
)


@pytest.fixture(scope="module")
def candidates(questions: tuple[Question, ...], registry: Registry) -> list[Candidate]:
    sources = [SourceText(str(n), t, published=date(2024, 2, 27)) for n, t in enumerate(TEXTS)]
    found = [c for cs in find_candidates(sources, questions, registry) for c in cs]
    assert len(found) >= len(TEXTS)
    return found


def words_of(names: set[str]) -> set[str]:
    return {w for name in names for w in re.findall(r"[a-z]+", name.casefold())}


def test_features_name_no_question_and_no_actor(
    candidates: list[Candidate], questions: tuple[Question, ...], registry: Registry
) -> None:
    trained = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    names = {n for name in ("first", "full") for part in trained[name].values() for n in part}
    names |= {n for c in candidates for n in common_features(c)}
    slugs = {q.slug for q in questions} | set(registry.actors)
    assert not slugs & {part for name in names for part in name.split(":")}
    own = {"olaf", "scholz", "macron", "orban", "cameron", "germany", "ukraine", "russia", "nato", "troops"}
    assert not words_of(names) & own


def test_every_feature_is_a_small_number(candidates: list[Candidate]) -> None:
    for candidate in candidates:
        for named in (common_features(candidate), *(stance_features(candidate, s) for s in STANCES)):
            assert all(-8 <= value <= 3 for value in named.values())


def test_chances_of_the_stances_leave_room_for_none(candidates: list[Candidate]) -> None:
    for candidate in candidates:
        found = chances(candidate)
        assert set(found) == set(STANCES)
        assert all(0 < chance < 1 for chance in found.values())
        assert sum(found.values()) < 1


def test_a_verdict_moves_the_chance_of_its_stance(candidates: list[Candidate]) -> None:
    layer = Layer({"verdict": 5.0}, {"reads": 1.0})
    weights = Weights(layer, layer)
    candidate = replace(candidates[0], verdict=(0.05, 0.8, 0.05, 0.05, 0.05))
    found = chances(candidate, weights)
    assert max(found, key=lambda s: found[s]) is Stance.BACKS
    doubted = chances(replace(candidate, verdict=(0.95, 0.0125, 0.0125, 0.0125, 0.0125)), weights)
    assert sum(doubted.values()) < sum(found.values())


def test_a_proposal_has_the_likeliest_stance(candidates: list[Candidate]) -> None:
    for candidate in candidates:
        found, proposal = chances(candidate), propose(candidate)
        assert 0 < proposal.confidence <= 0.99
        assert found[proposal.stance] == max(found.values())


def test_what_is_not_sure_enough_is_not_shown(candidates: list[Candidate]) -> None:
    assert settle([replace(propose(c), confidence=0.05) for c in candidates]) == ()


def test_of_two_proposals_for_one_passage_the_surest_stays(candidates: list[Candidate]) -> None:
    first = propose(candidates[0])
    less, more = replace(first, confidence=0.5), replace(first, confidence=0.7)
    assert settle([less, more]) == (more,)
