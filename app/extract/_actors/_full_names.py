"""Persons by full name whom no registered name covers, and what the text tells of them.

A first name and a surname, in capitals, are somebody, and what stands beside the name says who: a public
role ("the Kenyan opposition leader"), another one ("a professor"), or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.extract._actors._scene import Scene
from app.extract._actors._words import (
    BODIES,
    HONORIFICS,
    OUTSIDE_ROLES,
    PARTICLES,
    PORTFOLIOS,
    PUBLIC_ROLES,
    SENTENCE_STARTERS,
)
from app.extract._gazetteer import WORD, Name, NameKind
from app.extract._spelling import bare
from app.records import Actor, ActorKind

BEFORE, AFTER = 70, 90  # characters beside a name that may tell a role
MOST_WORDS = 4
SPOKESPERSONS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
OF_A_PARTY = re.compile(r"\s+(?:of|from) (?:the )?[A-Z]")
IN_BRACKETS = re.compile(r"\s*\([A-Z][^)]{1,40}\)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by full name, with what the text tells of them."""

    name: str
    surname: str
    start: int
    end: int
    actor: Actor | None
    public: bool
    outsider: bool
    gender: str | None
    country: str | None
    description: str
    principal: Name | None = None  # whose spokesperson they are


class FullNames:
    """Finds and describes the persons whom a text names in full and the gazetteer's letters miss."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.text = scene.parse.text
        self._taken = [(n.start, n.end) for n in scene.names if not self._may_be_a_surname(n)]
        self._owners = [
            n
            for n in scene.names
            if n.kind in {NameKind.DEMONYM, NameKind.METONYM}
            or (n.kind is NameKind.ACTOR and self._is_state(n))
        ]

    def find(self) -> list[Person]:
        return self._merge(list(self._full_names()))

    def _is_state(self, name: Name) -> bool:
        actors = [self.scene.registry.actors.get(r) for r in name.refs]
        return any(a is not None and a.kind is ActorKind.STATE for a in actors)

    def _may_be_a_surname(self, name: Name) -> bool:
        """A registered surname, or a first name that is one: another first name makes it another person."""
        actors = [self.scene.registry.actors.get(r) for r in name.refs]
        return (
            name.kind is NameKind.ACTOR
            and not WORD.sub("", name.text, count=1)
            and all(a is not None and a.kind is ActorKind.PERSON for a in actors)
        )

    # ---- full names ------------------------------------------------------------------------------

    def _full_names(self) -> Iterator[Person]:
        surnames = {n.start: n for n in self.scene.names if self._may_be_a_surname(n)}
        for run in self._runs():
            words = self._trim(run)
            if not 2 <= len(words) <= MOST_WORDS or not self._is_person(words):
                continue
            named = [surnames[w.start] for w in words if w.start in surnames]
            person = self._describe(words)
            if not named:
                yield person
            elif self._another(words, named, told=person.public):
                yield replace(person, actor=None)
            elif (bearer := self._bearer(words, named[-1])) is not None:
                yield replace(person, actor=bearer)

    def _own_words(self, actor: Actor) -> set[str]:
        return {bare(w) for alias in (actor.name, *actor.aliases) for w in WORD.findall(alias)}

    def _another(self, words: Sequence[Word], named: Sequence[Name], *, told: bool) -> bool:
        """Whether a registered surname has a first name here that no registered bearer has."""
        first = bare(words[0].text)
        if first not in self.scene.gazetteer.first_names and not told:
            return False
        bearers = [self.scene.registry.actors[r] for n in named for r in n.refs]
        return all(first not in self._own_words(a) for a in bearers)

    def _bearer(self, words: Sequence[Word], named: Name) -> Actor | None:
        """The one bearer of a registered surname whose name has the first word too: "Charles Q. Brown"."""
        first = bare(words[0].text)
        bearers = [self.scene.registry.actors[r] for r in named.refs]
        fitting = [a for a in bearers if first in self._own_words(a)]
        return fitting[0] if len(fitting) == 1 and named.start > words[0].start else None

    def _runs(self) -> Iterator[list[Word]]:
        """Words with capitals that follow each other and belong to no registered name or title."""
        run: list[Word] = []
        covered = iter(sorted(self._taken))
        name = next(covered, None)
        for m in WORD.finditer(self.text):
            while name is not None and name[1] <= m.start():
                name = next(covered, None)
            taken = name is not None and name[0] <= m.start() < name[1]
            word = Word(m.group(), m.start(), m.end())
            if taken or not self._goes_on(run, word):
                yield run
                run = []
            if not taken and (run or word.text[0].isupper()) and self._name_like(word, run):
                run.append(word)
            elif run:
                yield run
                run = []
        yield run

    def _goes_on(self, run: list[Word], word: Word) -> bool:
        if not run:
            return True
        between = self.text[run[-1].end : word.start]
        if between == ". ":
            return len(run[-1].text) == 1
        return between in {" ", "-", "'", "’", "\u00a0", "  "}

    @staticmethod
    def _name_like(word: Word, run: list[Word]) -> bool:
        if bare(word.text) in PUBLIC_ROLES | OUTSIDE_ROLES or bare(word.text) in HONORIFICS:
            return False
        if word.text[0].isupper():
            return len(word.text) < 3 or not word.text.isupper()
        return bool(run) and (bare(word.text) in PARTICLES)

    def _trim(self, run: list[Word]) -> list[Word]:
        """Without what only opens the sentence, and from the first name on."""
        while run and not run[-1].text[0].isupper():
            run = run[:-1]
        while run and bare(run[0].text) in SENTENCE_STARTERS:
            run = run[1:]
        while len(run) > 2 and bare(run[0].text) in PORTFOLIOS:
            run = run[1:]
        while len(run) > 2 and (t := self._token(run[0])) is not None and t != "PROPN":
            run = run[1:]
        first_names = self.scene.gazetteer.first_names
        if run and bare(run[0].text) not in first_names:
            for n in range(1, len(run) - 1):
                if bare(run[n].text) in first_names:
                    return run[n:]
        return run

    def _token(self, word: Word) -> str | None:
        i = self.scene.token_at(word.start)
        return None if i is None else self.scene.parse.tokens[i].pos

    def _is_person(self, words: Sequence[Word]) -> bool:
        if bare(words[-1].text) in BODIES or any(len(w.text) < 2 for w in words[-1:]):
            return False
        if any(bare(w.text) in BODIES for w in words):
            return False
        first = bare(words[0].text)
        if first in self.scene.gazetteer.first_names:
            return True
        tokens = self.scene.parse.tokens_in(words[0].start, words[-1].end)
        parsed = [t for t in tokens if t.start >= words[0].start]
        if parsed:
            return any(t.person for t in parsed) and all(
                t.pos == "PROPN" for t in parsed if t.text[0].isupper()
            )
        before = WORD.findall(self.text[max(0, words[0].start - 30) : words[0].start])
        return bool(before) and (bare(before[-1]) in PUBLIC_ROLES or bare(before[-1]) in HONORIFICS)

    # ---- what the text tells of them ---------------------------------------------------------------

    def _describe(self, words: Sequence[Word]) -> Person:
        start, end = words[0].start, words[-1].end
        surname = self.text[words[-1].start : end]
        if len(words) > 2 and self.text[words[-2].end : words[-1].start] == "-":
            surname = self.text[words[-2].start : end]
        left, right = self._beside(start, end)
        role = self._role(left, right)
        given = [w for w in words[:-1] if w.text[0].isupper()]
        actor = self.scene.gazetteer.spelled(words[0].text, words[-1].text)
        gender = self.scene.gazetteer.first_names.get(bare(given[0].text)) if given else None
        return Person(
            name=self.text[start:end],
            surname=bare(surname),
            start=start,
            end=end,
            actor=actor if actor is not None and self._agrees(actor, left, right) else None,
            public=role is True,
            outsider=role is False,
            gender=self._honorific(start) or gender,
            country=self._country(start - len(left), end + len(right), start),
            principal=self._principal(left, right, start, end),
            description=" ".join((left.lstrip(" ,;–—-") + self.text[start:end] + right).split()),
        )

    def _beside(self, start: int, end: int) -> tuple[str, str]:
        """The words of the same phrase before a name, and the apposition after it."""
        left = self.text[max(0, start - BEFORE) : start]
        left = re.split(r"[.!?:;\n“”\"„(]\s*", re.sub(r"\b([A-Z][a-z]{0,3})\.", r"\1 ", left))[-1]
        if left.rstrip().endswith(","):
            left = re.split(r",\s", left.rstrip().removesuffix(","))[-1] + ", "
        elif "," in left:
            left = left.rsplit(",", 1)[1]
        left = self.text[start - min(len(left), start) : start]
        after = self.text[end : end + AFTER]
        right = ""
        if (
            after.startswith((",", " ("))
            or OF_A_PARTY.match(after)
            or IN_BRACKETS.match(after)
            or re.match(r" (?:–|—|-) ", after)
        ):
            right = re.split(r"[.!?;:\n“”\"„]", after)[0]
        return left, right

    def _role(self, left: str, right: str) -> bool | None:
        """Whether somebody has a public role (True) or another one (False); None when nothing is told."""
        for word in reversed(re.findall(r"[\w-]+", left)[-8:]):
            if (told := _told(word)) is not None:
                return told
        if IN_BRACKETS.match(right) or OF_A_PARTY.match(right):
            told_after = [t for w in re.findall(r"[\w-]+", right)[:6] if (t := _told(w)) is not None]
            return told_after[0] if told_after else True
        for word in re.findall(r"[\w-]+", right)[:12]:
            if (told := _told(word)) is not None:
                return told
        return None

    def _country(self, start: int, end: int, name: int) -> str | None:
        """The state named nearest to the name, when only one of its kind is meant."""
        near = [n for n in self._owners if start <= n.start and n.end <= end and len(n.refs) == 1]
        if not near:
            return None
        owner = min(near, key=lambda n: abs(n.start - name))
        if owner.kind is NameKind.ACTOR:
            return self.scene.registry.actors[owner.refs[0]].country
        return owner.refs[0]

    def _principal(self, left: str, right: str, start: int, end: int) -> Name | None:
        """Whom a spokesperson speaks for, when it is named beside: a person, a body, a state."""
        told = {bare(w) for w in WORD.findall(f"{left} {right}")}
        if not told & SPOKESPERSONS:
            return None
        near = [
            n
            for n in self.scene.names
            if start - len(left) <= n.start
            and n.end <= end + len(right)
            and n.kind in {NameKind.ACTOR, NameKind.METONYM, NameKind.DEMONYM}
            and len(n.refs) == 1
        ]
        bodies = [n for n in near if n.kind is NameKind.ACTOR]
        return min(bodies or near, key=lambda n: abs(n.start - start), default=None)

    def _honorific(self, start: int) -> str | None:
        before = WORD.findall(self.text[max(0, start - 8) : start])
        return HONORIFICS.get(bare(before[-1])) if before else None

    def _agrees(self, actor: Actor, left: str, right: str) -> bool:
        """Whether nothing beside the name speaks against the registered person."""
        countries = {
            code
            for n in self.scene.names
            if n.kind is NameKind.DEMONYM and n.text in f"{left} {right}".split()
            for code in n.refs
        }
        return not countries or actor.country is None or actor.country in countries

    @staticmethod
    def _merge(found: list[Person]) -> list[Person]:
        """What one place tells of somebody holds for all places of the same name."""
        merged = []
        for person in found:
            same = [p for p in found if p.name == person.name]
            told = next((p for p in same if p.public), None) or next((p for p in same if p.outsider), person)
            merged.append(
                replace(
                    person,
                    public=told.public,
                    outsider=told.outsider and not told.public,
                    gender=next((p.gender for p in same if p.gender), None),
                    country=told.country or person.country,
                    description=told.description,
                    principal=next((p.principal for p in same if p.principal), None),
                    actor=next((p.actor for p in same if p.actor), None),
                )
            )
        return merged


def _told(word: str) -> bool | None:
    plain = bare(word)
    parts = {plain, plain.removesuffix("s"), *plain.split("-")}
    if parts & OUTSIDE_ROLES:
        return False
    return True if parts & PUBLIC_ROLES else None
