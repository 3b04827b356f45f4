"""Noun phrases to actors: asks names, roles, delegates and memory in the order in which a reader would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.extract._actors._delegates import Delegates
from app.extract._actors._memory import Memory
from app.extract._actors._names import Names
from app.extract._actors._offices import Offices
from app.extract._actors._owners import Owners
from app.extract._actors._people import People
from app.extract._actors._roles import Roles
from app.extract._actors._scene import Mention, Scene, Who
from app.extract._actors._words import (
    DELEGATES,
    FEMALE,
    GROUPS,
    MALE,
    PERSON_NOUNS,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    SHORT_FORMS,
    SPOKES,
    SUBJECTS,
    THING,
)
from app.extract._gazetteer import Gazetteer, NameKind
from app.extract._parse import Parse, Token, between_marks
from app.extract._spelling import bare
from app.records import ActorKind, Quotation
from app.registers import Registry


class Cast:
    """Everybody a document names, and who is meant by what stands in between."""

    def __init__(
        self,
        parse: Parse,
        registry: Registry,
        gazetteer: Gazetteer,
        *,
        on: date | None,
        quotations: Sequence[Quotation] = (),
    ) -> None:
        on = on or date.today()  # noqa: DTZ011 - a text without a date is read as of today
        self.parse = parse
        self.quoted = between_marks(parse)
        self.scene = Scene(parse, registry, gazetteer, on, gazetteer.find(parse.text), self.quoted)
        people = People(self.scene)
        named = Names(self.scene, people.strangers()).find()
        self.scene.set_mentions([*named, *people.mentions(named)])
        self.mentions = self.scene.mentions
        sources = {t.i for q in quotations for s in q.source for t in parse.tokens_in(s.start, s.end)}
        self.memory = Memory(self.scene, frozenset(sources))
        offices = Offices(self.scene)
        owners = Owners(self.scene, self.memory, lambda i, depth: self.resolve(i, depth=depth))
        self.roles = Roles(self.scene, offices, self.memory, owners)
        self.delegates = Delegates(self.scene, offices, self.memory, owners, self.roles)
        self._meant: dict[int, list[Who]] = {}
        self._read()

    def _read(self) -> None:
        """Goes through the text once, so that each "he" finds what a reader has in mind by then."""
        for token in self.parse.tokens:
            mention = self.scene.mention_at(token.i)
            if mention is not None and mention.head == token.i:
                self.memory.add(
                    mention.who,
                    token,
                    outsider=mention.outsider,
                    gender=mention.gender,
                    person=mention.person,
                )
            elif mention is None and self._stands_for_somebody(token):
                found = self._meant[token.i] = self._one(token, 0)
                gender = "m" if bare(token.text) in MALE else "f" if bare(token.text) in FEMALE else None
                for who in found:
                    self.memory.add(who, token, gender=gender, person=gender is not None)

    def _stands_for_somebody(self, token: Token) -> bool:
        if not self.scene.subject_like(token):
            return False
        if bare(token.text) in PRONOUNS:
            return token.dep in {"nsubj", "nsubjpass"}
        return (
            self.delegates.is_delegate(token)
            or self.roles.is_role(token)
            or token.lemma in SHORT_FORMS
            or self.scene.name_at(token.i) is not None
        )

    def names_somebody(self, token: int) -> bool:
        """Whether a name, a title or a capital ends at this token, so that asking whom it means is worth it."""
        mention = self.scene.mention_at(token)
        return mention is not None and mention.head == token and token not in self.quoted

    # ---- noun phrases ---------------------------------------------------------------------------

    def resolve(self, head: int, *, depth: int = 0) -> list[Who]:
        """The actors a noun phrase names, by the token that heads it; empty for nobody in particular."""
        token = self.parse.tokens[head]
        found = self._meant[head] if head in self._meant else self._one(token, depth)
        for child in self.parse.children(head):
            if child.dep in {"conj", "appos"} and child.pos in {"PROPN", "NOUN", "PRON"} and depth < 8:
                if child.dep == "appos" and not (token.pos == child.pos == "PROPN"):
                    continue
                more = self.resolve(child.i, depth=depth + 1)
                if child.dep == "appos" and any(w.kind is ActorKind.PERSON for w in found):
                    # "Novak (Poland, Greens)" is one person, not a person and a state.
                    more = [w for w in more if w.kind is ActorKind.PERSON]
                found = [*found, *more]
        return list({who.key: who for who in reversed(found)}.values())[::-1]

    def _one(self, token: Token, depth: int) -> list[Who]:
        word = bare(token.text)
        if word in MALE | FEMALE | THING | PLURAL:
            return self.memory.pronoun(token)
        if word in RELATIVE:
            return self._antecedent(token, depth)
        mention = self.scene.mention_at(token.i)
        if mention is not None and mention.outsider:
            return []
        if mention is not None and mention.kind is NameKind.ACTOR:
            return self._named(token, mention)
        if self.delegates.is_delegate(token):
            return self._beside(token, depth, only_persons=True) or self.delegates.resolve(token, depth)
        if mention is not None:
            return self._beside(token, depth) or [self._under_leader(token, mention.who)]
        return self._described(token, depth)

    def _described(self, token: Token, depth: int) -> list[Who]:
        """Somebody meant by a nationality, a role or a short form."""
        name = self.scene.name_at(token.i)
        if name is not None and name.kind is NameKind.DEMONYM and token.dep in SUBJECTS | {"conj", "poss"}:
            return self._people_of(token)
        if beside := self._beside(token, depth):
            return beside
        if token.lemma in GROUPS and token.tag in {"NNS", "NNPS"} and token.lemma not in PERSON_NOUNS:
            return []
        if self.roles.is_role(token):
            return self.roles.resolve(token, depth)
        if bare(token.text) in GROUPS:
            return []
        if token.lemma in SHORT_FORMS:
            return self._short_form(token)
        return []

    def _antecedent(self, token: Token, depth: int) -> list[Who]:
        above = [a for a in self.parse.ancestors(token.i) if a.dep in {"relcl", "acl"}]
        return self.resolve(above[0].head, depth=depth + 1) if above and depth < 4 else []

    def _people_of(self, token: Token) -> list[Who]:
        """ "The British" and "the US" act as a state; "the Estonian" may be the person just spoken of."""
        name = self.scene.name_at(token.i)
        who = self.scene.state(name.refs, name.start, name.end) if name is not None else None
        if who is None:
            return []
        one = token.tag in {"NN", "NNP"} and not token.text.isupper()
        if one and who.country and any(bare(c.text) == "the" for c in self.parse.children(token.i)):
            person = self.roles.of_nationality(token, who.country)
            if person is not None or token.text.endswith("man"):
                return [person] if person is not None else []
        return [self._under_leader(token, who)]

    def _short_form(self, token: Token) -> list[Who]:
        """ "The Commission", "the House": the body named in the text whose name ends so."""
        noun = bare(token.lemma)
        found = self.memory.last_body(
            token, fits=lambda w: bare(w.name).split()[-1] == noun or self._is_called(w, noun), most=60
        )
        if found is None and token.text[0].isupper():
            later = [m.who for m in self.mentions if bare(m.who.name).split()[-1] == noun]
            found = replace(later[0], start=token.start, end=token.end, sure=0.6) if later else None
        if found is None and noun in {"alliance", "bloc", "organisation", "organization"}:
            found = self.memory.last_body(token, frozenset({ActorKind.ALLIANCE}))
        return [] if found is None else [found]

    @staticmethod
    def _is_called(who: Who, noun: str) -> bool:
        return noun in {"alliance", "bloc", "organisation", "organization"} and who.kind is ActorKind.ALLIANCE

    # ---- names -----------------------------------------------------------------------------------

    def _named(self, token: Token, mention: Mention) -> list[Who]:
        who = mention.who
        if who.kind is ActorKind.PERSON:
            return [who]
        # "NATO countries", "NATO chief": the name is only an attribute of what follows.
        following = self.parse.tokens[token.i + 1] if token.i + 1 < len(self.parse.tokens) else None
        if token.dep in {"compound", "amod", "nmod"} and following and bare(following.text) in GROUPS:
            return []
        return [self._under_leader(token, who)]

    def _under_leader(self, token: Token, who: Who) -> Who:
        """A state acting under or through a named leader is that leader."""
        if who.kind is not ActorKind.STATE:
            return who
        tokens = self.parse.tokens
        after = token.i + 1
        if after < len(tokens) and tokens[after].text == ",":
            after += 1
        if after >= len(tokens) or tokens[after].lemma not in {"under", "through", "via"}:
            return who
        stop = min(after + 9, len(tokens))
        for i in range(after + 1, stop):
            if tokens[i].text in {",", ".", ";"}:
                break
            mention = self.scene.mention_at(i)
            if mention is not None and mention.who.kind is ActorKind.PERSON and not mention.outsider:
                via = None if tokens[after].lemma == "under" else self._phrase(mention.who.start, i, stop)
                return replace(mention.who, via=via, start=who.start)
        return who

    def _phrase(self, start: int, i: int, stop: int) -> str | None:
        """ "Giorgia Meloni's office", when the name is followed by one who speaks for it."""
        for token in self.parse.tokens[i:stop]:
            if token.text in {",", ".", ";"}:
                return None
            if token.lemma in DELEGATES or token.lemma in SPOKES:
                return self.parse.text[start : token.end]
        return None

    def _beside(self, token: Token, depth: int, *, only_persons: bool = False) -> list[Who]:
        """A name in apposition: "Hungary's leader, Viktor Orban", "the president, Emmanuel Macron"."""
        if depth > 4:
            return []
        for child in self.parse.children(token.i):
            mention = self.scene.mention_at(child.i)
            if mention is None or mention.outsider or mention.who.kind is not ActorKind.PERSON:
                continue
            if child.dep == "appos" and token.lemma not in DELEGATES - {"adviser", "advisor", "official"}:
                return [mention.who]
            if child.dep in {"nmod", "compound"} and token.person and not only_persons:
                return [mention.who]
        return []
