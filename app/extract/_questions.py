"""Which question a passage is about, from the question's own five fields.

An analyst types a title, a proposal, a description and keywords; nothing else is known of a question, and
nothing here knows any question by name. Three signals are read off those fields:

  phrases   the keywords, and the noun and verb phrases of the title and the proposal, as sets of stems;
  nots      what follows "Not:" in the description: these phrases speak against the question;
  places    states and alliances that the proposal is about ("Ukraine", "Finland and Sweden"): a passage
            about NATO membership is about the question whose candidate stands nearest.

A cheap look at a text for any phrase comes before all models: most texts of an archive are about nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.extract._gazetteer import WORD, bare
from app.records import Question

STOP = frozenset(
    "a an the of to in on for with and or by at from into as is are be been being that this these those it its "
    "their his her not no nor but such other any all some more most than then there here will would should could "
    "can may might must shall has have had do does did against inside within outside after before during while "
    "under over between about towards toward via per who which what when where how many much particular e g "
    "etc similar new".split()
)
# Words that proposals share, whatever they are about: they show nothing by themselves.
PALE = frozenset(
    "western west country state nation allow give make take use general government european international military "
    "member question proposal measure other soil territory".split()
)

# Words that mean the same act or thing in proposals of any field. The first stands for all.
SAME = [
    "send deploy dispatch station post put despatch deployment dispatch sending",
    "troop soldier force boot men gi contingent army serviceman servicemen battalion brigade peacekeeper unit",
    "supply deliver provide donate ship hand transfer delivery supplying shipment provision give",
    "join accede accession membership enter admission admit entry joining admitting",
    "weapon arm arms weaponry munition ammunition",
    "missile rocket",
    "tank armour armor",
    "trainer instructor",
    "train training",
    "invite invitation",
    "strike hit attack target",
    "ban prohibit prohibition outlaw forbid",
    "permission permit allow authorise authorize authorisation authorization let clearance",
    "restriction limit curb",
    "ceasefire truce armistice",
    "deal agreement settlement accord treaty",
    "tax levy duty tariff",
    "increase raise rise hike",
    "cut reduce reduction lower",
    "sanction embargo",
    "recognise recognize recognition",
    "withdraw withdrawal pull leave quit exit",
    "fund finance funding pay money",
    "immigration migration migrant refugee asylum",
    "vote referendum election",
    "nuclear atomic",
    "law bill legislation act",
]


# What is done in proposals of any field: without what it is done to, an act shows nothing.
ACTS = (
    "send supply allow permit give strike ban increase cut withdraw fund support lift use need given".split()
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem: enough to join "deployments" with "deploy", and equal on both sides of a comparison."""
    w = bare(word)
    if w.endswith(("ies", "ied")) and len(w) > 5:
        return w[:-2]
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "er",
        "es",
        "ed",
        "s",
        "e",
    ):
        if w.endswith(ending) and len(w) - len(ending) >= 4:
            w = w[: -len(ending)]
            break
    return _undouble(w)


def _undouble(w: str) -> str:
    if len(w) > 4 and w[-1] == w[-2] and w[-1] not in "lse":
        return w[:-1]
    return w[:-1] + "i" if w.endswith("y") and len(w) > 3 else w


_SAME_STEM = {stem(w): stem(line.split()[0]) for line in SAME for w in line.split()}


def singular(word: str) -> str:
    """A word without case, accents and plural: "trainers" is a trainer, training is not."""
    w = bare(word)
    return w[:-1] if w.endswith("s") and not w.endswith("ss") and len(w) > 3 else w


def canonical(word: str) -> str:
    """The stem that stands for a word and its synonyms."""
    s = stem(word)
    return _SAME_STEM.get(s, s)


# The score of a passage that only names what a proposal handles: enough where the text is about it anyway.
WEAK = 0.4
# The same with the proposal's place beside it.
MIDDLE = 0.6
ALLIANCES = frozenset({"nato", "eu"})


def canonical_stem(s: str) -> str:
    """The stem that stands for a stem and its synonyms."""
    return _SAME_STEM.get(s, s)


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


def _words(text: str) -> list[str]:
    return [m.group() for m in WORD.finditer(text)]


def _stems(text: str) -> list[str]:
    return [stem(w) for w in _words(text) if bare(w) not in STOP and len(w) > 1]


@lru_cache(maxsize=512)
def profile_of(question: Question, places: frozenset[str]) -> Profile:
    """Read a question's five fields. `places` are the words (bare) that name states or alliances."""
    exact: set[str] = set()
    seeds: set[str] = set()
    place_stems = {stem(p) for p in places}
    phrases: list[Phrase] = []
    for keyword in question.keywords:
        stems = frozenset(_stems(keyword))
        if not stems:
            continue
        if len(stems) == 1:
            word = next(w for w in _words(keyword) if stem(w) in stems)
            if stem(word) not in {stem(p) for p in PALE}:
                exact.add(singular(word))
                seeds.add(stem(word))
        elif all(s in place_stems for s in stems):
            phrases.append(Phrase(stems, 1.0, tuple(stem(w) for w in _words(keyword))))
        else:
            phrases.append(Phrase(stems, 1.0))
    _, _, unwanted = question.description.partition("Not:")
    # A single word ("weapons") or a whole clause would speak against too much.
    parts = [frozenset(_stems(part)) for part in re.split(r"[,;.]| or ", unwanted)]
    nots = [Phrase(stems, 1.0) for stems in parts if 2 <= len(stems) <= 3]
    title = [canonical(w) for w in _words(f"{question.title} {question.proposal}") if bare(w) not in STOP]
    pale = {canonical(p) for p in PALE} | {stem(p) for p in places}
    core = frozenset(w for w in title if w not in pale)
    own_places = frozenset(
        stem(w)
        for w in _words(f"{question.title} {question.proposal}")
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
            words = frozenset(canonical(w) for w in _words(part) if bare(w) not in STOP)
            if words:
                found[words] = None
    return tuple(found)


def _is_western(question: Question) -> bool:
    words = {w.casefold() for w in _words(f"{question.title} {question.proposal}")}
    return bool(words & {"western", "west", "nato", "european", "eu", "allied"})


def _objects_of(question: Question, pale: set[str]) -> dict[str, float]:
    """The canonical stems that keywords and title come back to, without acts: troops, not sending."""
    counts: dict[str, int] = {}
    for field in (question.title, question.proposal, *question.keywords):
        for c in {canonical(w) for w in _words(field) if bare(w) not in STOP and len(w) > 1}:
            counts[c] = counts.get(c, 0) + 1
    acts = {canonical(a) for a in ACTS}
    things = {c: n for c, n in counts.items() if n >= 2 and c not in pale and c not in acts and c.isalpha()}
    # What a proposal mentions by the way ("troops" that are trained) does not tell it from others.
    fields = 2 + len(question.keywords)
    return {c: n / fields for c, n in things.items() if 2 * n >= max(things.values())}


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
        return len({_SAME_STEM.get(s, s) for s in stems} & self._seed_canon) >= 2

    def match(self, words: Sequence[str]) -> list[Hit]:
        """The questions a run of words speaks of, best first. Scores are in 0..1."""
        stems = [stem(w) for w in words]
        singulars = [singular(w) for w in words]
        canon = [_SAME_STEM.get(s, s) for s in stems]
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
        wanted = frozenset(_SAME_STEM.get(s, s) for s in phrase.stems)
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
