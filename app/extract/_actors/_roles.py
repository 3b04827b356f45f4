"""Persons by what they are: "the Slovak prime minister", "its president", "the general", "the Estonian".

With a country beside it a title means its holder on the day; with none, whoever the text has been about
and the title fits. A headline may say "PM" before the text names anybody: then the first who fits after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.extract._actors._memory import Memory, at
from app.extract._actors._offices import Offices
from app.extract._actors._owners import Owners
from app.extract._actors._scene import Scene, Who
from app.extract._actors._words import ANYBODY, PEERS, PERSON_NOUNS
from app.extract._gazetteer import WORD, Name, NameKind
from app.extract._parse import Token
from app.extract._spelling import bare
from app.records import ActorKind, OfficeKind

OF = frozenset({"of", "for"})
# What a head can be the head of without ceasing to be the leader.
WHOLE = frozenset("country state nation government alliance bloc".split())
FIELDS = {
    "foreign": OfficeKind.FOREIGN_MINISTER,
    "diplomacy": OfficeKind.FOREIGN_MINISTER,
    "defence": OfficeKind.DEFENCE_MINISTER,
    "defense": OfficeKind.DEFENCE_MINISTER,
}
TITLED = frozenset({NameKind.ROLE, NameKind.POST, NameKind.TITLE})
# A headline and the lines under it name people before they are introduced.
HEADLINES = 2


class Roles:
    """Finds the person a title or a person noun stands for."""

    def __init__(self, scene: Scene, offices: Offices, memory: Memory, owners: Owners) -> None:
        self.scene = scene
        self.offices = offices
        self.memory = memory
        self.owners = owners

    def is_role(self, token: Token) -> bool:
        name = self.scene.name_at(token.i)
        if name is not None and name.kind in TITLED:
            return True
        return token.pos in {"NOUN", "PROPN"} and token.lemma in PERSON_NOUNS | PEERS

    def resolve(self, token: Token, depth: int) -> list[Who]:
        """The person meant, or the state whose unnamed office-holder speaks."""
        name = self.scene.name_at(token.i)
        titled = name if name is not None and name.kind in TITLED else None
        first = self.scene.token_at(titled.start) if titled is not None else None
        heads = [token] if first is None or first == token.i else [token, self.scene.parse.tokens[first]]
        named = self.owners.named_after(token)
        if named is not None:
            return [named]
        places = self.owners.of(heads, depth, links=OF)
        if token.lemma in PEERS:
            return self._peer(token, places)
        once = self.owners.once_or_under(heads[-1])
        refs = self._refs(token, titled)
        if token.tag in {"NNS", "NNPS"} and token.lemma in PERSON_NOUNS and len(places) < 2:
            return self._plural(token, places)
        if places:
            found = [
                w for p in places if (w := self._at_place(token, titled, refs, p, once=once)) is not None
            ]
            return found if len(places) > 1 or token.tag not in {"NNS", "NNPS"} else []
        return self._without_place(token, titled, refs, once=once)

    def _plural(self, token: Token, places: Sequence[Who]) -> list[Who]:
        """ "EU leaders" are the EU; "some leaders" nobody."""
        counted = any(
            c.dep in {"nummod", "amod", "det"} and bare(c.text) in _COUNTED
            for c in self.scene.parse.children(token.i)
        )
        if token.lemma != "leader" or counted or not places or places[0].kind is not ActorKind.ALLIANCE:
            return []
        return [replace(places[0], start=places[0].start, sure=0.7)]

    # ---- with a country ----------------------------------------------------------------------------

    def _refs(self, token: Token, titled: Name | None) -> tuple[str, ...]:
        """The offices a title can mean. The head of a ministry is a minister, of a committee nobody we know."""
        refs = titled.refs if titled is not None else ()
        if refs != ("leader",):
            return refs
        for child in self.scene.parse.children(token.i):
            if child.dep != "prep" or child.lemma not in OF:
                continue
            for body in self.scene.parse.children(child.i):
                words = {bare(t.text) for t in self.scene.parse.subtree(body.i)}
                if body.lemma in {"ministry", "department", "office", "diplomacy"}:
                    kinds = [kind for word, kind in FIELDS.items() if word in words]
                    return (kinds[0],) if kinds else ()
                if body.pos == "NOUN" and body.lemma not in WHOLE and self.scene.attribute(body) is None:
                    return ()
        return refs

    def _at_place(
        self, token: Token, titled: Name | None, refs: Sequence[str], place: Who, *, once: bool
    ) -> Who | None:
        start = titled.start if titled is not None else token.start
        key = place.actor if place.kind is ActorKind.ALLIANCE else place.country
        beside = self._words_beside(token)
        if key and not once:
            title = WORD.findall(titled.text) if titled is not None else [*beside, token.lemma]
            holder = self.offices.holder_of_any(key, refs) or self.offices.titled(key, title)
            if holder is not None:
                return self.scene.as_who(holder, start, token.end, sure=0.9)
        if place.kind in {ActorKind.ALLIANCE, ActorKind.INSTITUTION} and not once:
            head = self.offices.head_of(WORD.findall(place.name), bare(token.lemma))
            if head is not None:
                return self.scene.as_who(head, start, token.end, sure=0.85)
        described = self.described(token, place, beside)
        if described is not None:
            return described
        if place.kind is not ActorKind.STATE or token.lemma in ANYBODY - {"official"} or once:
            return None
        phrase = self.scene.parse.text[min(place.start, start) : token.end]
        return replace(place, via=phrase if len(phrase) < 90 else token.text, sure=0.6)

    def described(self, token: Token, place: Who, beside: Sequence[str] = ()) -> Who | None:
        """Somebody of that country whom the text names and the title fits, before or after."""
        fitting = [
            m
            for m in self.scene.mentions
            if m.who.kind is ActorKind.PERSON
            and not m.outsider
            and m.who.country is not None
            and m.who.country == place.country
            and self.offices.fits(m.who, bare(token.lemma), beside)
        ]
        if not fitting:
            return None
        before = [m for m in fitting if m.head < token.i]
        nearest = before[-1] if before else fitting[0]
        return at(token, nearest.who, 0.7)

    def _words_beside(self, token: Token) -> list[str]:
        return [
            bare(c.text)
            for c in self.scene.parse.children(token.i)
            if c.dep in {"compound", "amod", "nmod"} and self.scene.attribute(c) is None
        ]

    def _peer(self, token: Token, places: Sequence[Who]) -> list[Who]:
        """ "His Polish colleague": who holds in Poland the office of the one spoken of."""
        states = [p for p in places if p.kind is ActorKind.STATE]
        demonyms = [
            who
            for c in self.scene.parse.children(token.i)
            if c.dep in {"amod", "compound", "nmod"} and (who := self.scene.attribute(c)) is not None
        ]
        state = next((p for p in [*demonyms, *states] if p.kind is ActorKind.STATE), None)
        found = self.memory.last_person(token)
        if state is None or state.country is None or found is None or found[0].who.actor is None:
            return []
        for office in self.offices.held_by(found[0].who.actor):
            holder = self.offices.holder(state.country, office.kind)
            if holder is not None and office.kind != "other":
                return [self.scene.as_who(holder, state.start, token.end, sure=0.8)]
        return []

    # ---- without one -------------------------------------------------------------------------------

    def _without_place(
        self, token: Token, titled: Name | None, refs: Sequence[str], *, once: bool
    ) -> list[Who]:
        noun, beside = bare(token.lemma), self._words_beside(token)
        if not self._definite(token) and not token.text[0].isupper() and token.sentence >= HEADLINES:
            return []

        def fits(who: Who) -> bool:
            if titled is not None and not once and self.offices.has_role(who, refs):
                return True
            if titled is not None and not once and self.offices.is_titled(who, titled.text):
                return True
            if refs and not (noun in ANYBODY or once or who.actor is None):
                return False
            return self.offices.fits(who, noun, beside)

        gender = {"woman": "f", "spokeswoman": "f", "chairwoman": "f", "congresswoman": "f"}.get(noun)
        found = self.memory.last_person(token, gender, fits=fits, subjects_only=True)
        found = found or self.memory.last_person(token, gender, fits=fits, most=40)
        if found is None and self._definite(token):
            # "The former congressman": the text need not have said so before.
            found = self.memory.last_person(
                token, gender, fits=lambda w: once or w.actor is None, subjects_only=True, most=2
            )
        if found is not None:
            return [] if found[0].outsider else [at(token, found[0].who, 0.75)]
        if refs and not once:
            holder = self.offices.only_holder(refs)
            if holder is not None:
                return [self.scene.as_who(holder, token.start, token.end, sure=0.7)]
        if token.sentence < HEADLINES:
            return self._first_after(token, fits)
        return []

    def _definite(self, token: Token) -> bool:
        words = {bare(c.text) for c in self.scene.parse.children(token.i)}
        return bool(words & {"the", "this", "that", "his", "her", "its", "their"})

    def _first_after(self, token: Token, fits: Callable[[Who], bool]) -> list[Who]:
        for mention in self.scene.mentions:
            who = mention.who
            if who.kind is ActorKind.PERSON and mention.head > token.i and not mention.outsider and fits(who):
                return [at(token, who, 0.6)]
        return []

    def of_nationality(self, token: Token, country: str) -> Who | None:
        """ "The Estonian", "the Frenchman": the person of that country whom the text is about."""
        found = self.memory.last_person(token, fits=lambda w: w.country == country, most=4)
        if found is None or found[0].outsider:
            return None
        return at(token, found[0].who, 0.75)


_COUNTED = frozenset("some several many most key few other certain all two three four five various".split())
