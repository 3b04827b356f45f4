"""What a question looks like in a text, read off its five fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.extract._gazetteer import bare
from app.extract._questions._words import ACTS, PALE, STOP, canonical, singular, stem, stems_of, words_of
from app.records import Question


@dataclass(frozen=True, slots=True)
class Phrase:
    """A set of stems that must stand near each other; `weight` says how much that shows."""

    stems: frozenset[str]
    weight: float
    order: tuple[str, ...] = ()  # when only the order tells ("Ukraine in NATO"), the words as they stand


@dataclass(frozen=True, slots=True)
class Profile:
    """What a question looks like in a text."""

    question: Question
    exact: frozenset[str]  # stems of single-word keywords, taken as they are
    phrases: tuple[Phrase, ...]
    nots: tuple[Phrase, ...]
    places: frozenset[str]
    core: frozenset[str]  # canonical stems of the proposal that are not pale
    western: bool  # the proposal is about what the West does: "Russian troops" are others
    objects: dict[
        str, float
    ]  # what the proposal handles ("troop"), canonical, with its share of the keywords
    later: tuple[frozenset[str], ...]  # what must have happened first ("after a ceasefire"), canonical
    seeds: frozenset[str]  # stems one of which must occur anywhere in a text


@lru_cache(maxsize=512)
def profile_of(question: Question, places: frozenset[str]) -> Profile:
    """Read a question's five fields. `places` are the words (bare) that name states or alliances."""
    exact: set[str] = set()
    seeds: set[str] = set()
    place_stems = {stem(p) for p in places}
    phrases: list[Phrase] = []
    for keyword in question.keywords:
        stems = frozenset(stems_of(keyword))
        if not stems:
            continue
        if len(stems) == 1:
            word = next(w for w in words_of(keyword) if stem(w) in stems)
            if stem(word) not in {stem(p) for p in PALE}:
                exact.add(singular(word))
                seeds.add(stem(word))
        elif all(s in place_stems for s in stems):
            phrases.append(Phrase(stems, 1.0, tuple(stem(w) for w in words_of(keyword))))
        else:
            phrases.append(Phrase(stems, 1.0))
    _, _, unwanted = question.description.partition("Not:")
    # A single word ("weapons") or a whole clause would speak against too much.
    parts = [frozenset(stems_of(part)) for part in re.split(r"[,;.]| or ", unwanted)]
    nots = [Phrase(stems, 1.0) for stems in parts if 2 <= len(stems) <= 3]
    title = [canonical(w) for w in words_of(f"{question.title} {question.proposal}") if bare(w) not in STOP]
    pale = {canonical(p) for p in PALE} | {stem(p) for p in places}
    core = frozenset(w for w in title if w not in pale)
    own_places = frozenset(
        stem(w)
        for w in words_of(f"{question.title} {question.proposal}")
        if bare(w) in places and w[0].isupper()
    )
    for phrase in phrases:
        strong = [s for s in phrase.stems if s not in pale and s not in {stem(p) for p in PALE}]
        seeds.update(strong or phrase.stems)
    objects = _objects_of(question, pale)
    return Profile(
        question,
        frozenset(exact),
        tuple(phrases),
        tuple(nots),
        own_places,
        core,
        _is_western(question),
        objects,
        _after(question),
        frozenset(seeds),
    )


def _after(question: Question) -> tuple[frozenset[str], ...]:
    """What a proposal comes after ("after a ceasefire or peace deal"): without it, another question is meant."""
    found: dict[frozenset[str], None] = {}
    for field in (question.title, question.proposal):
        _, joint, rest = f" {field} ".partition(" after ")
        for part in re.split(r",| or ", rest) if joint else ():
            words = frozenset(canonical(w) for w in words_of(part) if bare(w) not in STOP)
            if words:
                found[words] = None
    return tuple(found)


def _is_western(question: Question) -> bool:
    words = {w.casefold() for w in words_of(f"{question.title} {question.proposal}")}
    return bool(words & {"western", "west", "nato", "european", "eu", "allied"})


def _objects_of(question: Question, pale: set[str]) -> dict[str, float]:
    """The canonical stems that keywords and title come back to, without acts: troops, not sending."""
    counts: dict[str, int] = {}
    for field in (question.title, question.proposal, *question.keywords):
        for c in {canonical(w) for w in words_of(field) if bare(w) not in STOP and len(w) > 1}:
            counts[c] = counts.get(c, 0) + 1
    acts = {canonical(a) for a in ACTS}
    things = {c: n for c, n in counts.items() if n >= 2 and c not in pale and c not in acts and c.isalpha()}
    # What a proposal mentions by the way ("troops" that are trained) does not tell it from others.
    fields = 2 + len(question.keywords)
    return {c: n / fields for c, n in things.items() if 2 * n >= max(things.values())}
