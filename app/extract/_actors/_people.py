"""Persons the registry lacks, or knows under another spelling, found by the shape of their names.

A first name and a surname, in capitals, that no registered name covers: somebody, and what stands beside
the name says who. With a public role ("the Kenyan opposition leader") they may take positions; a journalist,
an expert or somebody of whom nothing is told may not, but later "he" can still mean them. After the full
name the surname alone is enough.

    Raila Odinga, the Kenyan opposition leader ... Odinga said   -> Raila Odinga, Kenya
    Minister Sergei Ławrow                                      -> sergey-lavrov, another spelling
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.extract._actors._full_names import FullNames, Person
from app.extract._actors._scene import Mention, Scene, Who
from app.extract._actors._words import SENTENCE_STARTERS
from app.extract._gazetteer import Name, NameKind
from app.extract._parse import Token
from app.extract._spelling import bare
from app.records import Actor, ActorKind


class People:
    """Finds the mentions of persons that the gazetteer's letters miss."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.full = FullNames(scene).find()

    def strangers(self) -> list[Person]:
        """The persons by full name whom the registry lacks."""
        return [p for p in self.full if p.actor is None]

    def mentions(self, known: Sequence[Mention]) -> list[Mention]:
        """Full names, then surnames alone; `known` are the registered persons already found."""
        taken = [(m.who.start, m.who.end) for m in known]
        found = [m for p in self.full if (m := self._mention(p, p.start, p.end, 0.7))]
        tokens_in = self.scene.parse.tokens_in
        by_surname: dict[str, Person] = {}
        for person in self.full:
            by_surname.setdefault(person.surname, person)
        slugs = {m.who.actor for m in [*known, *found] if m.who.kind is ActorKind.PERSON}
        named = [self.scene.registry.actors[s] for s in sorted(s for s in slugs if s is not None)]
        spans = [*taken, *((p.start, p.end) for p in self.full)]
        covered = {t.i for a, b in spans for t in tokens_in(a, b)}
        titled = {t.i for n in self.scene.names for t in tokens_in(n.start, n.end)}
        for token in self.scene.parse.tokens:
            if token.pos != "PROPN" and not token.person:
                continue
            if not token.text[:1].isupper() or token.i in covered:
                continue
            stranger = by_surname.get(bare(token.text))
            if stranger is not None:
                mention = self._mention(stranger, token.start, token.end, 0.65)
            else:
                mention = None if token.i in titled else self._misspelt(token, named)
            if mention is not None:
                found.append(mention)
        return found

    def _mention(self, person: Person, start: int, end: int, sure: float) -> Mention | None:
        tokens = self.scene.parse.tokens_in(start, end)
        if not tokens or tokens[0].end <= start:
            return None
        if person.actor is not None:
            who = self.scene.as_who(person.actor, start, end, sure=0.9)
            return Mention(who, tokens[-1].i, gender=person.actor.gender)
        if person.principal is not None:
            whose = self._whose(person.principal, start, end, person.name)
            if whose is not None:
                return Mention(whose, tokens[-1].i, gender=person.gender, person=True)
        who = Who(
            None,
            person.name,
            ActorKind.PERSON,
            person.country,
            start,
            end,
            None,
            sure,
            person.description,
        )
        return Mention(who, tokens[-1].i, outsider=not person.public, gender=person.gender)

    def _whose(self, name: Name, start: int, end: int, via: str) -> Who | None:
        if name.kind is not NameKind.ACTOR:
            state = self.scene.state(name.refs, start, end)
            return None if state is None else replace(state, via=via)
        actor = self.scene.registry.actors.get(name.refs[0])
        return None if actor is None else self.scene.as_who(actor, start, end, via=via, sure=0.8)

    def _misspelt(self, token: Token, named: Sequence[Actor]) -> Mention | None:
        """A surname by its sound: of somebody the text names, or of the one in office who is called so."""
        word = token.text
        if len(word) < 5 or bare(word) in SENTENCE_STARTERS or token.dep == "compound":
            return None
        gazetteer, registry = self.scene.gazetteer, self.scene.registry
        near = gazetteer.nearly_sounding(word, named)
        if len(near) != 1 and len(word) >= 6:
            near = [a for a in gazetteer.sounding(word) if registry.offices_of(a.slug, self.scene.on)]
        if len(near) != 1:
            return None
        who = self.scene.as_who(near[0], token.start, token.end, sure=0.8)
        return Mention(who, token.i, gender=near[0].gender)
