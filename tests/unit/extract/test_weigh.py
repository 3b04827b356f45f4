"""How sure: the features speak of rules, never of a question or an actor. Texts are made up for the test."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from app.extract._pipeline import find_candidates, settle
from app.extract._weigh import WEIGHTS, Candidate, features_of, weigh
from app.records import Question, SourceText
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


# Words of the features themselves that are also somebody's name or part of one.
PLAIN = words_of({"known long open back backs say will may might should word words alliance state person"})


def test_features_name_no_question_and_no_actor(
    candidates: list[Candidate], questions: tuple[Question, ...], registry: Registry
) -> None:
    trained = set(json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"])
    names = trained.union(*(features_of(c) for c in candidates))
    slugs = {q.slug for q in questions} | set(registry.actors)
    assert not slugs & {part for name in names for part in name.split(":")}
    own = {"olaf", "scholz", "macron", "orban", "cameron", "germany", "ukraine", "russia", "nato", "troops"}
    assert not words_of(names) & own


def test_every_feature_is_a_number_about_nought_to_one(candidates: list[Candidate]) -> None:
    for candidate in candidates:
        assert all(0 <= value <= 3 for value in features_of(candidate).values())


def test_a_weight_is_a_chance(candidates: list[Candidate]) -> None:
    assert all(0 < weigh(c) < 1 for c in candidates)


def test_what_is_not_sure_enough_is_not_shown(candidates: list[Candidate]) -> None:
    assert settle([c.propose(0.05) for c in candidates]) == ()


def test_of_two_proposals_for_one_passage_the_surest_stays(candidates: list[Candidate]) -> None:
    first = candidates[0]
    assert settle([first.propose(0.5), first.propose(0.7)]) == (first.propose(0.7),)
