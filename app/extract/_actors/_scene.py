"""The text with the names in it: what every rule of resolution looks at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.extract._actors._words import SUBJECTS
from app.extract._gazetteer import Gazetteer, Name, NameKind
from app.extract._parse import Parse, Token
from app.records import Actor, ActorKind
from app.registers import Registry


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

    @property
    def key(self) -> str:
        """What two mentions of one actor share."""
        return self.actor or self.name


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text names somebody, with the token that heads the name.

    An outsider (a journalist, an expert, somebody without a public role) takes no positions, but "he" may
    still mean them.
    """

    who: Who
    head: int
    kind: NameKind = NameKind.ACTOR
    outsider: bool = False
    gender: str | None = None
    person: bool = False  # a named person who speaks for a body


@dataclass
class Scene:
    """A parsed text, the registry on its date, and the names found."""

    parse: Parse
    registry: Registry
    gazetteer: Gazetteer
    on: date
    names: list[Name]
    quoted: frozenset[int]
    mentions: list[Mention] = field(default_factory=list)
    _by_token: dict[int, Mention] = field(default_factory=dict)
    _name_by_token: dict[int, Name] = field(default_factory=dict)
    _mention_starts: list[int] = field(default_factory=list)
    _starts: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = {t.start: t.i for t in self.parse.tokens}
        for name in self.names:
            for token in self.parse.tokens_in(name.start, name.end):
                self._name_by_token.setdefault(token.i, name)

    def set_mentions(self, mentions: Sequence[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda m: m.who.start)
        self._mention_starts = [m.who.start for m in self.mentions]
        for mention in self.mentions:
            for token in self.parse.tokens_in(mention.who.start, mention.who.end):
                self._by_token.setdefault(token.i, mention)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions that touch the characters `start` to `end`; a long text is not walked whole."""
        at = max(0, bisect_left(self._mention_starts, start) - 1)
        near = self.mentions[at : bisect_left(self._mention_starts, end)]
        return [m for m in near if m.who.end > start]

    def mention_at(self, token: int) -> Mention | None:
        return self._by_token.get(token)

    def name_at(self, token: int) -> Name | None:
        return self._name_by_token.get(token)

    def token_at(self, start: int) -> int | None:
        return self._starts.get(start)

    def as_who(self, actor: Actor, start: int, end: int, *, via: str | None = None, sure: float = 1.0) -> Who:
        return Who(actor.slug, actor.name, actor.kind, actor.country, start, end, via, sure)

    def state(self, codes: Sequence[str], start: int, end: int, *, sure: float = 0.95) -> Who | None:
        """The state a demonym or a capital stands for; None where several bear it."""
        if len(codes) != 1:
            return None
        actor = self.registry.state_of(codes[0])
        return None if actor is None else self.as_who(actor, start, end, sure=sure)

    def attribute(self, token: Token) -> Who | None:
        """Whom a word beside a noun names: "Berlin's", "German", "Scholz's"."""
        mention = self.mention_at(token.i)
        if mention is not None:
            return None if mention.outsider else mention.who
        name = self.name_at(token.i)
        if name is not None and name.kind is NameKind.DEMONYM:
            return self.state(name.refs, name.start, name.end)
        return None

    def subject_like(self, token: Token) -> bool:
        """Whether a token heads a subject, or stands in one beside its head."""
        top = self.top(token)
        return top.dep in SUBJECTS or (top.dep == "pobj" and self.parse.tokens[top.head].dep == "agent")

    def top(self, token: Token) -> Token:
        """The head of the phrase in which a token is a part of the name or the list."""
        while token.dep in {"compound", "appos", "conj", "nmod", "flat"} and token.head != token.i:
            token = self.parse.tokens[token.head]
        return token

    def verb_of(self, token: Token) -> Token | None:
        """The verb whose clause a token stands in."""
        for above in self.parse.ancestors(token.i):
            if above.pos in {"VERB", "AUX"} and above.dep not in {"aux", "auxpass", "amod"}:
                return above
        return None
