"""Whose words: from a source in the text to an actor of the registry, on the document's date.

A reader knows that "the French leader", "Macron", "he" and "the Elysee" are one side. The rules here do the
same in the order in which a reader would: a name says most, then a title with a country, then a state or
its capital, then a pronoun, which looks back for the last fitting subject. Who speaks for somebody
("Sunak's office", "a Kremlin official") is the way (`via`), and the principal is the actor; but a
spokesperson whom the registry knows is an actor in their own right.

    French President Emmanuel Macron            -> emmanuel-macron
    the German chancellor   (27 Feb 2024)       -> olaf-scholz
    Sunak's office                              -> rishi-sunak, via "Sunak's office"
    Berlin, as the subject                      -> germany
    key NATO countries                          -> nobody: a group without names is no actor
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.extract._gazetteer import Gazetteer, Name, NameKind, bare
from app.extract._parse import Parse, Token, between_marks
from app.records import Actor, ActorKind, OfficeKind
from app.registers import Registry

SPOKES = frozenset(
    "spokesman spokeswoman spokesperson spokespersons spokesmen spokespeople representative envoy ambassador".split()
)
# "office" and "government" stand for the one whose they are.
DELEGATES = frozenset(
    "office administration government cabinet team aide aides adviser advisers advisor advisors official officials "
    "authority authorities diplomat diplomats side ministry embassy delegation source sources presidency camp "
    "leadership parliament lawmakers lawmaker source".split()
)
STATE_SPEAKERS = frozenset(
    "government officials official authorities diplomats diplomat administration side ministry embassy delegation "
    "leadership sources source cabinet parliament".split()
)
GROUPS = frozenset(
    "ally allies country countries nation nations member members state states leader leaders capital capitals "
    "government governments partner partners expert experts analyst analysts observer observers lawmakers people "
    "others many some several most critics voices ministers diplomats politicians commentators media "
    "reporters journalists citizens voters europeans westerners soldiers troops forces weapons missiles "
    "tanks officers commanders parties".split()
)
PLURAL_OF_STATE = frozenset({"officials", "authorities", "diplomats", "sources", "negotiators"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "ROOT"})
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
FIRST = frozenset({"i", "we", "us", "me", "my", "our", "ourselves", "myself"})
RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
# A person the registry does not know takes positions only in a public role.
PUBLIC_ROLES = frozenset(
    "president minister premier chancellor secretary senator congressman congresswoman lawmaker mp mep deputy "
    "general admiral ambassador envoy commissioner governor mayor speaker spokesman spokeswoman spokesperson "
    "chairman chairwoman chair leader commander official adviser advisor candidate representative king queen "
    "prince pope cardinal colonel premier chief head director".split()
)
LOOK_BACK = 6  # sentences a pronoun may look back over


@dataclass(frozen=True, slots=True)
class Who:
    """An actor as found in a text. `actor` is None for somebody the registry does not know."""

    actor: str | None
    name: str
    kind: ActorKind
    country: str | None
    start: int
    end: int
    via: str | None = None
    sure: float = 1.0
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text names somebody, with the token that heads the name."""

    who: Who
    head: int
    name: Name | None = None


class Cast:
    """Everybody a document names, and who is meant by what stands in between."""

    def __init__(self, parse: Parse, registry: Registry, gazetteer: Gazetteer, *, on: date | None) -> None:
        self.parse = parse
        self.registry = registry
        self.on = on or date.today()  # noqa: DTZ011 - a text without a date is read as of today
        self.names = gazetteer.find(parse.text)
        self.quoted = between_marks(parse)
        self._starts = {t.start: t.i for t in parse.tokens}
        self._full = {
            ref
            for n in self.names
            if n.kind is NameKind.ACTOR and n.full and len(n.refs) == 1
            for ref in n.refs
        }
        self.mentions = self._find_mentions()
        self._by_token: dict[int, Mention] = {}
        for mention in self.mentions:
            for token in parse.tokens_in(mention.who.start, mention.who.end):
                self._by_token.setdefault(token.i, mention)
        self._name_by_token: dict[int, Name] = {}
        for name in self.names:
            for token in parse.tokens_in(name.start, name.end):
                self._name_by_token.setdefault(token.i, name)

    # ---- names ---------------------------------------------------------------------------------

    def _find_mentions(self) -> list[Mention]:
        found = []
        for n, name in enumerate(self.names):
            tokens = self.parse.tokens_in(name.start, name.end)
            if not tokens:
                continue
            who = self._who_of(name, self.names[n - 1] if n else None)
            if who is not None:
                found.append(Mention(who, tokens[-1].i, name))
        return found

    def _who_of(self, name: Name, before: Name | None) -> Who | None:
        if name.kind is NameKind.ACTOR:
            actor = self._pick(name, before)
            return None if actor is None else self._as_who(actor, name.start, name.end)
        if name.kind is NameKind.METONYM:
            return self._state(name.refs, name.start, name.end)
        if name.kind is NameKind.TITLE:
            holders = [a for office in name.refs for a in self.registry.holders(office, self.on)]
            owner = self._place_before(name, before)
            if owner:
                # "Ukraine's commander-in-chief" is not the office of that name in another country.
                holders = [a for a in holders if a.country in owner]
            offices = set(name.refs)
            if len(offices) > 1 and before is not None and before.kind is NameKind.DEMONYM:
                near = [a for a in holders if a.country in before.refs]
                holders = near or holders
            if len({a.slug for a in holders}) == 1:
                return self._as_who(holders[0], name.start, name.end, sure=0.9)
        return None

    def _place_before(self, name: Name, before: Name | None) -> tuple[str, ...]:
        """The countries (ISO codes) whose name or adjective stands right before a title."""
        if before is None or self.parse.text[before.end : name.start].strip() not in {
            "",
            "'s",
            "’s",
            "'",
            "’",
        }:
            return ()
        if before.kind in {NameKind.DEMONYM, NameKind.METONYM}:
            return before.refs
        states = [self.registry.actors[r] for r in before.refs if before.kind is NameKind.ACTOR]
        return tuple(a.country for a in states if a.kind is ActorKind.STATE and a.country)

    def _pick(self, name: Name, before: Name | None) -> Actor | None:
        """The one of several namesakes that the text means; None when a weak name stands alone."""
        actors = [self.registry.actors[r] for r in name.refs if r in self.registry.actors]
        if len(actors) > 1:
            known = [a for a in actors if a.slug in self._full]
            if len(known) == 1:
                return known[0]
            by_title = [a for a in (known or actors) if self._has_title_before(a, name, before)]
            if len(by_title) == 1:
                return by_title[0]
            in_office = [a for a in (known or actors) if self.registry.offices_of(a.slug, self.on)]
            ranked = sorted(in_office, key=lambda a: self.registry.offices_of(a.slug, self.on)[0].rank)
            if len(ranked) == 1 or (
                len(ranked) > 1
                and self.registry.offices_of(ranked[0].slug, self.on)[0].rank
                < self.registry.offices_of(ranked[1].slug, self.on)[0].rank
            ):
                return ranked[0]
            return None
        if not actors:
            return None
        actor = actors[0]
        if name.weak and actor.slug not in self._full and not self._has_title_before(actor, name, before):
            return None
        if actor.kind is ActorKind.PERSON and not name.full and self._other_first_name(actor, name):
            return None
        return actor

    def _has_title_before(self, actor: Actor, name: Name, before: Name | None) -> bool:
        """Whether a title or a country of this actor stands right before the name."""
        if before is None or name.start - before.end > 40:
            return False
        between = self.parse.text[before.end : name.start]
        if "." in between or "\n" in between:
            return False
        if before.kind is NameKind.TITLE:
            return any(
                o in {x.slug for x in self.registry.offices_of(actor.slug, self.on)} for o in before.refs
            )
        if before.kind in {NameKind.DEMONYM, NameKind.METONYM}:
            return actor.country in before.refs
        if before.kind is NameKind.ROLE:
            return any(
                OfficeKind(k) in {x.kind for x in self.registry.offices_of(actor.slug, self.on)}
                for k in before.refs
                if k != "leader"
            )
        return False

    def _other_first_name(self, actor: Actor, name: Name) -> bool:
        """Whether a first name that is not the actor's stands before the surname ("Brigitte Macron")."""
        i = self._token_at(name.start)
        if i is None or i == 0:
            return False
        previous = self.parse.tokens[i - 1]
        if previous.dep != "compound" or previous.pos != "PROPN" or not previous.text[:1].isupper():
            return False
        if bare(previous.text) in PUBLIC_ROLES or previous.text.isupper() or previous.text.endswith("."):
            return False
        if previous.end + 1 < name.start or not previous.person:
            return False
        own = {bare(w) for alias in (actor.name, *actor.aliases) for w in alias.split()}
        return bare(previous.text) not in own

    def _token_at(self, start: int) -> int | None:
        return self._starts.get(start)

    def _as_who(
        self, actor: Actor, start: int, end: int, *, via: str | None = None, sure: float = 1.0
    ) -> Who:
        return Who(actor.slug, actor.name, actor.kind, actor.country, start, end, via, sure)

    def _state(self, codes: Sequence[str], start: int, end: int, *, via: str | None = None) -> Who | None:
        if len(codes) != 1:
            return None
        actor = self.registry.state_of(codes[0])
        return None if actor is None else self._as_who(actor, start, end, via=via, sure=0.95)

    def names_somebody(self, token: int) -> bool:
        """Whether a name, a title or a capital ends at this token, so that asking whom it means is worth it."""
        mention = self._by_token.get(token)
        return mention is not None and mention.head == token and token not in self.quoted

    # ---- noun phrases ---------------------------------------------------------------------------

    def resolve(self, head: int, *, depth: int = 0) -> list[Who]:
        """The actors a noun phrase names, by the token that heads it; empty for nobody in particular."""
        parse = self.parse
        token = parse.tokens[head]
        found = self._one(token, depth)
        for child in parse.children(head):
            if child.dep in {"conj", "appos"} and child.pos in {"PROPN", "NOUN", "PRON"} and depth < 8:
                if child.dep == "appos" and not (token.pos == child.pos == "PROPN"):
                    continue
                found = [*found, *self.resolve(child.i, depth=depth + 1)]
        seen: set[str] = set()
        unique = []
        for who in found:
            key = who.actor or who.name
            if key not in seen:
                seen.add(key)
                unique.append(who)
        return unique

    def _one(self, token: Token, depth: int) -> list[Who]:  # noqa: PLR0912
        word = bare(token.text)
        if word in MALE | FEMALE | THING | PLURAL:
            return self._pronoun(token)
        if word in RELATIVE:
            above = [a for a in self.parse.ancestors(token.i) if a.dep in {"relcl", "acl"}]
            if above and depth < 4:
                return self.resolve(above[0].head, depth=depth + 1)
            return []
        if token.lemma in SPOKES or word in SPOKES or word in DELEGATES or token.lemma in DELEGATES:
            return self._delegate(token, depth)
        mention = self._by_token.get(token.i)
        if mention is not None and mention.name is not None and mention.name.kind is NameKind.ACTOR:
            return self._named(token, mention)
        if mention is not None:
            beside = self._beside(token, depth)
            return beside or [self._under_leader(token, mention.who)]
        name = self._name_by_token.get(token.i)
        if name is not None and name.kind is NameKind.DEMONYM and token.dep in SUBJECTS | {"conj", "poss"}:
            # "the British" and "the US" act; "British" before another noun does not.
            who = self._state(name.refs, name.start, name.end)
            return [] if who is None else [self._under_leader(token, who)]
        beside = self._beside(token, depth)
        if beside:
            return beside
        if word in GROUPS or (token.lemma in GROUPS and token.tag in {"NNS", "NNPS"}):
            return []
        if name is not None and name.kind is NameKind.ROLE:
            return self._role(token, name)
        if token.lemma in {"alliance", "bloc", "organisation", "organization"}:
            return self._last_of({ActorKind.ALLIANCE}, token)
        if token.lemma in {"minister", "politician", "diplomat"}:
            return self._last_of({ActorKind.PERSON}, token, subjects_only=True)
        if token.pos == "PROPN" and token.person:
            return self._unknown(token)
        return []

    def _named(self, token: Token, mention: Mention) -> list[Who]:
        who = mention.who
        if who.kind is not ActorKind.PERSON:
            # "NATO countries", "NATO chief": the name is only an attribute of what follows.
            following = self.parse.tokens[token.i + 1] if token.i + 1 < len(self.parse.tokens) else None
            if (
                token.dep in {"compound", "amod", "nmod"}
                and following is not None
                and bare(following.text) in GROUPS
            ):
                return []
            return [self._under_leader(token, who)]
        return [who]

    def _under_leader(self, token: Token, who: Who) -> Who:
        """A state acting under or through a named leader is that leader."""
        if who.kind is not ActorKind.STATE:
            return who
        tokens = self.parse.tokens
        after = token.i + 1
        if after < len(tokens) and tokens[after].text == ",":
            after += 1
        if after < len(tokens) and tokens[after].lemma in {"under", "through", "via"}:
            stop = min(after + 9, len(tokens))
            for i in range(after + 1, stop):
                if tokens[i].text in {",", ".", ";"}:
                    break
                mention = self._by_token.get(i)
                if mention is not None and mention.who.kind is ActorKind.PERSON:
                    via = None
                    if tokens[after].lemma != "under":
                        via = self._phrase(mention.who.start, i, stop)
                    return replace(mention.who, via=via, start=who.start)
        return who

    def _phrase(self, start: int, i: int, stop: int) -> str | None:
        """ "Giorgia Meloni's office", when the name is followed by one who speaks for it."""
        for j in range(i, stop):
            token = self.parse.tokens[j]
            if token.text in {",", ".", ";"}:
                return None
            if token.lemma in DELEGATES or token.lemma in SPOKES:
                return self.parse.text[start : token.end]
        return None

    def _beside(self, token: Token, depth: int) -> list[Who]:
        """A name in apposition, before or after: "Hungary's leader, Viktor Orban", "the president, Emmanuel Macron"."""
        if depth > 4:
            return []
        for child in self.parse.children(token.i):
            if child.dep in {"appos", "nmod", "compound"}:
                mention = self._by_token.get(child.i)
                if mention is not None and mention.who.kind is ActorKind.PERSON and child.dep == "appos":
                    return [mention.who]
                if (
                    mention is not None
                    and mention.who.kind is ActorKind.PERSON
                    and child.dep in {"nmod", "compound"}
                    and token.person
                ):
                    return [mention.who]
        return []

    def _delegate(self, token: Token, depth: int) -> list[Who]:
        """The principal of a spokesperson, an office or "officials"; a registered spokesperson is the actor."""
        parse = self.parse
        phrase = parse.subtree(token.i)
        phrase = [t for t in phrase if t.dep not in {"relcl", "acl"}] or [token]
        near = [t for t in phrase if token.i - 8 <= t.i <= token.i + 10]
        named = [
            self._by_token[t.i]
            for t in near
            if t.i in self._by_token and t.dep in {"appos", "compound", "nmod"} and t.i > token.i
        ]
        for mention in named:
            if mention.who.kind is ActorKind.PERSON and token.lemma not in DELEGATES:
                return [mention.who]
        start, end = near[0].start, max(t.end for t in near if t.i <= token.i + 6)
        via = self._trim(start, max(token.end, min(end, start + 90)))
        owner = self._owner(token, depth)
        if owner is None:
            return []
        if owner.kind is ActorKind.PERSON or token.lemma in SPOKES:
            return [replace(owner, via=via, start=min(start, owner.start))]
        if owner.kind is ActorKind.STATE:
            plural_or_unnamed = token.lemma in STATE_SPEAKERS and token.lemma not in {
                "government",
                "administration",
                "cabinet",
            }
            return [replace(owner, via=via if plural_or_unnamed else None)]
        return [replace(owner, via=via)]

    def _trim(self, start: int, end: int) -> str:
        phrase = self.parse.text[start:end].strip(" ,;:\n")
        return phrase.removeprefix("the ").removeprefix("The ")

    def _owner(self, token: Token, depth: int) -> Who | None:  # noqa: PLR0912
        """Whose office, government or spokesman: a possessive, an adjective, or "for" and "of" after it."""
        for child in self.parse.children(token.i):
            if child.dep in {"poss", "compound", "amod", "nmod"}:
                if bare(child.text) in MALE | FEMALE | THING | PLURAL:
                    found = self._pronoun(child)
                    if found:
                        return found[0]
                who = self._attribute(child)
                if who is not None:
                    return who
                for grandchild in self.parse.children(child.i):
                    who = self._attribute(grandchild)
                    if who is not None and grandchild.dep in {"poss", "compound", "amod", "nmod"}:
                        return who
        for child in self.parse.children(token.i):
            if child.dep == "prep" and child.lemma in {"for", "of", "in", "at", "from"}:
                for inner in self.parse.children(child.i):
                    if inner.dep in {"pobj", "pcomp"} and depth < 4:
                        found = self.resolve(inner.i, depth=depth + 1)
                        if found:
                            return found[0]
        i = token.i - 1
        while i >= 0 and token.i - i <= 3 and self.parse.tokens[i].sentence == token.sentence:
            who = self._attribute(self.parse.tokens[i])
            if who is not None and self.parse.tokens[i].dep in {"compound", "amod", "poss", "nmod"}:
                return who
            i -= 1
        return None

    def _attribute(self, token: Token) -> Who | None:
        mention = self._by_token.get(token.i)
        if mention is not None:
            return mention.who
        name = self._name_by_token.get(token.i)
        if name is not None and name.kind is NameKind.DEMONYM:
            return self._state(name.refs, name.start, name.end)
        return None

    def _role(self, token: Token, name: Name) -> list[Who]:
        """The holder of an office named by its role: "the Slovak prime minister", "the chancellor"."""
        country: str | None = None
        alliance: str | None = None
        first = self._token_at(name.start)
        heads = [token] if first is None else [token, self.parse.tokens[first]]
        for head in heads:
            for child in (*self.parse.children(head.i), *self._just_before(head)):
                owner = self._attribute(child)
                if owner is None and child.dep == "prep" and child.lemma in {"of", "for"}:
                    inner = [self._attribute(t) for t in self.parse.children(child.i)]
                    owner = next((o for o in inner if o is not None), None)
                if owner is not None and owner.kind is ActorKind.STATE:
                    country = country or owner.country
                if owner is not None and owner.kind is ActorKind.ALLIANCE:
                    alliance = alliance or owner.actor
        if country is None and alliance is None:
            return self._last_role(token, name)
        place = country or alliance or ""
        for kind in name.refs:
            holder = self._holder(place, kind)
            if holder is not None:
                return [self._as_who(holder, name.start, name.end, sure=0.9)]
        return []

    def _just_before(self, token: Token) -> list[Token]:
        """Up to two tokens before, of the same phrase: the parser hangs "French" on odd heads in titles."""
        found = []
        for i in (token.i - 1, token.i - 2):
            if i < 0 or self.parse.tokens[i].sentence != token.sentence:
                break
            if self.parse.tokens[i].pos in {"ADJ", "PROPN", "NOUN", "PART"}:
                found.append(self.parse.tokens[i])
            else:
                break
        return found

    def _holder(self, place: str, kind: str) -> Actor | None:
        leaders = self.registry.leaders(place, self.on)
        if kind == "leader":
            return leaders[0][1] if leaders else None
        fitting = [actor for office, actor in leaders if office.kind == kind]
        if not fitting and kind == OfficeKind.HEAD_OF_GOVERNMENT:
            fitting = [actor for office, actor in leaders if office.rank == 1]
        return fitting[0] if fitting else None

    def _last_role(self, token: Token, name: Name) -> list[Who]:
        """ "The chancellor" with no country beside: the last one named who holds such an office."""
        before = [m for m in self.mentions if m.who.start < token.start]
        near = [m for m in before if token.sentence - self.parse.tokens[m.head].sentence <= LOOK_BACK]
        subjects = [m for m in near if self._subject_like(self.parse.tokens[m.head])]
        for mention in [*reversed(subjects), *reversed(before)]:
            who = mention.who
            if who.kind is not ActorKind.PERSON or who.actor is None:
                continue
            held = {t.office for t in self.registry.tenures if t.actor == who.actor}
            kinds = {self.registry.offices[o].kind for o in held if o in self.registry.offices}
            ranks = {self.registry.offices[o].rank for o in held if o in self.registry.offices}
            if any(k in kinds or (k == "leader" and 1 in ranks) for k in name.refs):
                return [replace(who, start=name.start, end=name.end, sure=0.8)]
        return []

    # ---- looking back ---------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> list[Who]:
        word = bare(token.text)
        if word in MALE | FEMALE:
            wanted = "m" if word in MALE else "f"
            return self._last_person(token, wanted)
        kinds = {ActorKind.STATE, ActorKind.INSTITUTION, ActorKind.ALLIANCE}
        if word in PLURAL:
            return self._last_of(kinds, token, subjects_only=True)
        return self._last_of(kinds, token, subjects_only=True)

    def _last_person(self, token: Token, gender: str) -> list[Who]:
        """The last person of that gender, subjects before others within a sentence."""
        candidates: list[tuple[tuple[int, int, int], Who]] = []
        for mention in self.mentions:
            head = self.parse.tokens[mention.head]
            if mention.who.kind is not ActorKind.PERSON or head.i >= token.i:
                continue
            back = token.sentence - head.sentence
            if back > LOOK_BACK or (head.i in self.quoted and token.i not in self.quoted):
                continue
            known = self.registry.actors.get(mention.who.actor or "")
            if known is not None and known.gender is not None and known.gender != gender:
                continue
            is_subject = self._subject_like(head)
            candidates.append(((-back, int(is_subject), head.i), mention.who))
        if not candidates:
            return []
        _, who = max(candidates, key=lambda c: c[0])
        return [replace(who, start=token.start, end=token.end, sure=0.85, via=None)]

    def _subject_like(self, token: Token) -> bool:
        top = token
        while top.dep in {"compound", "appos", "conj", "nmod", "flat"} and top.head != top.i:
            top = self.parse.tokens[top.head]
        return top.dep in SUBJECTS

    def _last_of(self, kinds: set[ActorKind], token: Token, *, subjects_only: bool = False) -> list[Who]:
        for mention in reversed(self.mentions):
            head = self.parse.tokens[mention.head]
            if head.i >= token.i or mention.who.kind not in kinds or token.sentence - head.sentence > 3:
                continue
            if head.i in self.quoted and token.i not in self.quoted:
                continue
            if subjects_only and not self._subject_like(head):
                continue
            return [replace(mention.who, start=token.start, end=token.end, sure=0.7, via=None)]
        return []

    def _unknown(self, token: Token) -> list[Who]:
        """A person the registry lacks, when the text gives them a public role."""
        first = token.i
        while (
            first > 0
            and self.parse.tokens[first - 1].person
            and self.parse.tokens[first - 1].dep == "compound"
        ):
            first -= 1
        last = token.i
        name = self.parse.text[self.parse.tokens[first].start : self.parse.tokens[last].end]
        words: list[Token] = []
        for i in range(max(0, first - 6), first):
            if self.parse.tokens[i].sentence == token.sentence:
                words.append(self.parse.tokens[i])
        after = [t for t in self.parse.tokens[last + 1 : last + 10] if t.sentence == token.sentence]
        if after and after[0].text == ",":
            words = [*words, *after]
        if " " not in name or not any(t.lemma in PUBLIC_ROLES for t in words):
            return []
        country = None
        for t in words:
            owner = self._attribute(t)
            if owner is not None and owner.country:
                country = owner.country
        start, end = self.parse.tokens[first].start, self.parse.tokens[last].end
        near = self.parse.text[min([t.start for t in words] + [start]) : max([t.end for t in words] + [end])]
        return [Who(None, name, ActorKind.PERSON, country, start, end, None, 0.7, " ".join(near.split()))]
