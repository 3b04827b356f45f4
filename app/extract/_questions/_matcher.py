"""Which questions a run of words speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.extract._gazetteer import WORD
from app.extract._questions._profile import Profile, profile_of
from app.extract._questions._words import canonical_stem, singular, stem
from app.records import Question

# The score of a passage that only names what a proposal handles: enough where the text is about it anyway.
WEAK = 0.4
# The same with the proposal's place beside it.
MIDDLE = 0.6
ALLIANCES = frozenset({"nato", "eu"})


@dataclass(frozen=True, slots=True)
class Hit:
    """How well a passage fits a question, and the tokens that show it (indexes into the words given)."""

    slug: str
    score: float
    words: tuple[int, ...]
    strict: int = 0  # keywords found word for word
    loose: int = 0  # keywords found through synonyms
    covered: float = 0.0  # part of the proposal's own words that is found
    nots: int = 0  # phrases found that the question excludes


class Matcher:
    """All questions asked at once."""

    def __init__(
        self, questions: Sequence[Question], places: Iterable[str], outsiders: Iterable[str] = ()
    ) -> None:
        """`places` and `outsiders` are bare words: names and adjectives of states; those not of the West."""
        self._outsiders = frozenset(stem(w) for w in outsiders)
        known = frozenset(places)
        self.profiles = tuple(profile_of(q, known) for q in questions)
        self._places = frozenset(stem(p) for p in known)
        self._later = {p.question.slug: p.later for p in self.profiles}
        self._own_places = {p.question.slug: p.places for p in self.profiles}
        self._seeds = frozenset(s for p in self.profiles for s in p.seeds)
        self._seed_canon = frozenset(c for p in self.profiles for c in p.core)

    def may_concern(self, text: str) -> bool:
        """Whether a text can be about any question at all; costs microseconds a line, errs towards yes."""
        words = {m.group().casefold() for m in WORD.finditer(text)}
        stems = {stem(w) for w in words if len(w) > 2}
        if stems & self._seeds:
            return True
        return len({canonical_stem(s) for s in stems} & self._seed_canon) >= 2

    def match(self, words: Sequence[str]) -> list[Hit]:
        """The questions a run of words speaks of, best first. Scores are in 0..1."""
        stems = [stem(w) for w in words]
        singulars = [singular(w) for w in words]
        canon = [canonical_stem(s) for s in stems]
        sentence = _Sentence(stems, canon, singulars, _places_of(stems), _places_of(canon))
        hits = []
        for profile in self.profiles:
            hit = _score(profile, sentence, self._outsiders)
            if hit is not None:
                hits.append(hit)
        return sorted(hits, key=lambda h: (-h.score, h.slug))

    def later_than(self, slug: str) -> tuple[frozenset[str], ...]:
        """Canonical stems of what a question's proposal comes after; empty for most."""
        return self._later[slug]

    def places_of(self, slug: str) -> frozenset[str]:
        """Stems of the states and alliances that a question's title and proposal name."""
        return self._own_places[slug]


def _places_of(stems: Sequence[str]) -> dict[str, list[int]]:
    """Where each stem stands."""
    places: dict[str, list[int]] = {}
    for i, s in enumerate(stems):
        places.setdefault(s, []).append(i)
    return places


def _near(places: Mapping[str, list[int]], wanted: frozenset[str], reach: int) -> tuple[int, ...] | None:
    """The smallest run of at most `reach` words that has all wanted stems, as their indexes."""
    if not wanted <= places.keys():
        return None
    best: tuple[int, ...] | None = None
    for anchor in min((places[w] for w in wanted), key=len):
        chosen = tuple(sorted(min(places[w], key=lambda i: abs(i - anchor)) for w in wanted))
        if chosen[-1] - chosen[0] < reach and (best is None or chosen[-1] - chosen[0] < best[-1] - best[0]):
            best = chosen
    return best


def _in_order(stems: Sequence[str], order: tuple[str, ...]) -> tuple[int, ...] | None:
    """The words of a phrase one after the other, as their indexes."""
    for i in range(len(stems) - len(order) + 1):
        if tuple(stems[i : i + len(order)]) == order:
            return tuple(range(i, i + len(order)))
    return None


def _is_place(word: str, places: frozenset[str]) -> bool:
    """Whether a stem is one of the proposal's states or its adjective; alliances stand in every proposal."""
    return any(word == p or (len(p) > 4 and word.startswith(p[:5])) for p in places - ALLIANCES)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence in the three forms that are compared, and where each stands."""

    stems: Sequence[str]
    canon: Sequence[str]
    singulars: Sequence[str]
    places: Mapping[str, list[int]]
    canon_places: Mapping[str, list[int]]


def _score(profile: Profile, sentence: _Sentence, outsiders: frozenset[str]) -> Hit | None:
    stems, canon, singulars = sentence.stems, sentence.canon, sentence.singulars
    score, at, strict, loose = 0.0, set(), 0, 0
    for i, s in enumerate(singulars):
        if s in profile.exact:
            score, strict = max(score, 0.9), strict + 1
            at.add(i)
    for phrase in profile.phrases:
        if phrase.order:
            found = _in_order(stems, phrase.order)
        else:
            found = _near(sentence.places, phrase.stems, 3 + 2 * len(phrase.stems))
        if found is not None:
            # "NATO members" alone is nobody's accession.
            bare_alliance = len(phrase.stems) == 2 and phrase.stems & ALLIANCES and profile.places - ALLIANCES
            here = not bare_alliance or any(_is_place(s, profile.places) for s in stems)
            score, strict = max(score, 1.0 if here else MIDDLE), strict + 1
            at.update(found)
            continue
        if phrase.order:
            continue
        wanted = frozenset(canonical_stem(s) for s in phrase.stems)
        found = _near(sentence.canon_places, wanted, 3 + 3 * len(wanted)) if len(wanted) > 1 else None
        if found is not None:
            score, loose = max(score, 0.7), loose + 1
            at.update(found)
    inside = {c for c in canon if c in profile.core}
    covered = len(inside) / len(profile.core) if profile.core else 0.0
    if inside & profile.objects.keys() and inside - profile.objects.keys():
        score = max(score, min(0.75, 0.35 + 0.5 * covered))
        at.update(i for i, c in enumerate(canon) if c in inside)
    if score == 0:
        things = [
            i
            for i, c in enumerate(canon)
            if c in profile.objects and not (profile.western and i and stems[i - 1] in outsiders)
        ]
        if not things:
            return None
        own = [s for s in stems if _is_place(s, profile.places)]
        share = max(profile.objects[canon[i]] for i in things)
        score = (MIDDLE if own and share >= 0.5 else WEAK) * (0.7 + 0.3 * share)
        at.update(things)
    nots = sum(_near(sentence.places, p.stems, 3 + 2 * len(p.stems)) is not None for p in profile.nots)
    score *= 0.7**nots
    return Hit(profile.question.slug, score, tuple(sorted(at)), strict, loose, covered, nots)
