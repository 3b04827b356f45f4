"""Whose: the state, body or person that an office, a ministry or a spokesman belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.extract._actors._memory import Memory
from app.extract._actors._scene import Scene, Who
from app.extract._actors._words import NOT_THE_HOLDER, PRONOUNS
from app.extract._parse import Token
from app.extract._spelling import bare
from app.records import ActorKind

Resolve = Callable[[int, int], list[Who]]
BESIDE = frozenset({"poss", "compound", "amod", "nmod"})
# Between a title and the name that follows it: "minister of foreign affairs of the country Jan Novak".
BEFORE_A_NAME = frozenset({"PROPN", "NOUN", "ADJ", "ADP", "DET", "PART", "CCONJ"})
LINKS = frozenset("of for and to by with from in at on against or under".split())


class Owners:
    """Reads owners off a noun phrase: a possessive, an adjective, "of" and "for" after it."""

    def __init__(self, scene: Scene, memory: Memory, resolve: Resolve) -> None:
        self.scene = scene
        self.memory = memory
        self.resolve = resolve

    def of(self, tokens: Iterable[Token], depth: int, *, links: frozenset[str]) -> list[Who]:
        """The owners named beside any of the tokens of a title; several for "of Poland and Norway"."""
        listed = list(tokens)
        for token in listed:
            if found := self._beside(token):
                return found
        for token in listed:
            if found := self._after(token, depth, links):
                return found
        return self._just_before(listed[0])

    def _beside(self, token: Token) -> list[Who]:
        for child in self.scene.parse.children(token.i):
            if child.dep not in BESIDE:
                continue
            if bare(child.text) in PRONOUNS or bare(child.text) == "whose":
                if found := self.resolve(child.i, 1):
                    return found
                continue
            who = self.scene.attribute(child)
            if who is not None:
                return [who, *self._joined(child)]
            for inner in self.scene.parse.children(child.i):
                who = self.scene.attribute(inner) if inner.dep in BESIDE else None
                if who is not None:
                    return [who]
        return []

    def _joined(self, token: Token) -> list[Who]:
        """ "Norholm and Sundria's ministers"."""
        return [
            who
            for c in self.scene.parse.children(token.i)
            if c.dep == "conj" and (who := self.scene.attribute(c)) is not None
        ]

    def _after(self, token: Token, depth: int, links: frozenset[str]) -> list[Who]:
        if depth >= 4:
            return []
        for child in self.scene.parse.children(token.i):
            if child.dep != "prep" or child.lemma not in links:
                continue
            for inner in self.scene.parse.children(child.i):
                if inner.dep not in {"pobj", "pcomp"}:
                    continue
                if inner.lemma in {"country", "state"} and self._has(inner, {"this", "the", "that"}):
                    body = self.memory.last_body(inner, frozenset({ActorKind.STATE}))
                    return [body] if body is not None else []
                if found := self._named(inner) or self.resolve(inner.i, depth + 1):
                    return found
                if deeper := self._after(inner, depth + 1, links):
                    return deeper
        return []

    def _named(self, token: Token) -> list[Who]:
        """States and alliances of a list, also where one stands before a name: "of Russia Jan Novak"."""
        who = self.scene.attribute(token)
        if who is None or who.kind is ActorKind.PERSON:
            near = [self.scene.attribute(c) for c in self.scene.parse.children(token.i) if c.dep in BESIDE]
            who = next((w for w in near if w is not None and w.kind is not ActorKind.PERSON), who)
        if who is None:
            return []
        joined = [self._named(c) for c in self.scene.parse.children(token.i) if c.dep == "conj"]
        return [who, *(w for found in joined for w in found)]

    def _has(self, token: Token, words: set[str]) -> bool:
        return any(bare(c.text) in words for c in self.scene.parse.children(token.i))

    def _just_before(self, token: Token) -> list[Who]:
        """Up to three words before, of the same phrase: the parser hangs "French" on odd heads in titles."""
        for i in range(token.i - 1, max(-1, token.i - 4), -1):
            other = self.scene.parse.tokens[i]
            if other.sentence != token.sentence or other.pos not in {"ADJ", "PROPN", "NOUN", "PART"}:
                break
            who = self.scene.attribute(other)
            if who is not None and (other.dep in BESIDE or i >= token.i - 2):
                return [who]
        return []

    def named_after(self, token: Token) -> Who | None:
        """The person whose name ends the title: "the minister of defence of the country Jan Novak"."""
        tokens = self.scene.parse.tokens
        for i in range(token.i + 1, min(token.i + 11, len(tokens))):
            other = tokens[i]
            if other.sentence != token.sentence or other.pos not in BEFORE_A_NAME:
                return None
            mention = self.scene.mention_at(i)
            if (
                mention is None
                or mention.who.kind is not ActorKind.PERSON
                or mention.who.start != other.start
            ):
                continue
            after = tokens[mention.head + 1] if mention.head + 1 < len(tokens) else None
            if mention.outsider or tokens[i - 1].lemma in LINKS or (after is not None and after.tag == "POS"):
                return None
            return mention.who
        return None

    def once_or_under(self, first: Token) -> bool:
        """Whether "former", "deputy" or "ex-" stands before a title."""
        before = [bare(t.text) for t in self.scene.parse.tokens[max(0, first.i - 3) : first.i]]
        if before and before[-1] == "-":
            before = before[:-1]
        return any(w.removeprefix("ex-") in NOT_THE_HOLDER for w in before[-2:])
