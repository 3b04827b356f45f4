"""Who speaks for somebody: the principal is the actor, and the one who spoke is the way (`via`)."""

from __future__ import annotations

from dataclasses import replace

from app.extract._actors._memory import Memory, at
from app.extract._actors._offices import Offices
from app.extract._actors._owners import Owners
from app.extract._actors._roles import Roles
from app.extract._actors._scene import Scene, Who
from app.extract._actors._words import DELEGATES, GOVERNMENTS, ORGANS, SPOKES, STATE_SPEAKERS
from app.extract._gazetteer import WORD
from app.extract._parse import Token
from app.extract._spelling import bare
from app.records import Actor, ActorKind

LINKS = frozenset({"for", "of", "in", "at", "from", "to"})
CHAMBERS = frozenset("house senate parliament congress treasury".split())
MINISTRIES = frozenset("ministry department office".split())
FIELDS = {
    "foreign": "foreign", "external": "foreign", "defence": "defence", "defense": "defence",
    "interior": "interior", "finance": "finance", "state": "state",
}  # fmt: skip


class Delegates:
    """Finds the principal of a spokesperson, an office, a ministry or "officials"."""

    def __init__(self, scene: Scene, offices: Offices, memory: Memory, owners: Owners, roles: Roles) -> None:
        self.scene = scene
        self.roles = roles
        self.offices = offices
        self.memory = memory
        self.owners = owners

    @staticmethod
    def is_delegate(token: Token) -> bool:
        word = bare(token.text)
        if token.lemma in ORGANS and (token.text[0].isupper() or token.lemma in {"army", "military"}):
            return True
        return token.lemma in SPOKES | DELEGATES or word in SPOKES | DELEGATES

    def resolve(self, token: Token, depth: int) -> list[Who]:
        parse = self.scene.parse
        phrase = [t for t in parse.subtree(token.i) if t.dep not in {"relcl", "acl"}] or [token]
        near = [t for t in phrase if token.i - 8 <= t.i <= token.i + 10]
        if token.lemma not in DELEGATES or token.lemma in {"adviser", "advisor", "official", "diplomat"}:
            named = self._named(token, near)
            if named is not None:
                return [named]
        start, end = near[0].start, max(t.end for t in near if t.i <= token.i + 6)
        via = self._trim(start, max(token.end, min(end, start + 90)))
        links = LINKS - {"to"} if token.lemma in DELEGATES else LINKS - {"to", "in", "at"}
        owners = self.owners.of([token], depth, links=links)
        if not owners:
            return self._without_owner(token, via)
        if token.lemma in {"ambassador", "envoy"} and len(owners) == 1:
            described = self.roles.described(token, owners[0])
            if described is not None:
                return [described]
        # "The envoys of Poland and Norway" speak for both.
        return [self._principal(token, owner, via, start) for owner in owners[: 4 if len(owners) > 1 else 1]]

    def _named(self, token: Token, near: list[Token]) -> Who | None:
        """A named spokesperson who is an actor in their own right."""
        for t in near:
            mention = self.scene.mention_at(t.i)
            if t.i <= token.i or mention is None or mention.who.kind is not ActorKind.PERSON:
                continue
            if t.dep in {"appos", "compound", "nmod"} and not mention.outsider:
                return mention.who
        return self.owners.named_after(token)

    def _principal(self, token: Token, owner: Who, via: str, start: int) -> Who:
        if owner.kind is ActorKind.PERSON:
            state = self.scene.registry.state_of(owner.country) if owner.country else None
            named = owner.end - owner.start > 3  # not "his government"
            if token.lemma in GOVERNMENTS and state is not None and named:
                # "The Novak government" acts for the state, whoever leads it.
                return self.scene.as_who(state, min(start, owner.start), token.end, via=via, sure=0.8)
            return replace(owner, via=via, start=min(start, owner.start))
        if token.lemma in SPOKES:
            return replace(owner, via=via, start=min(start, owner.start))
        if owner.kind is not ActorKind.STATE:
            return replace(owner, via=via)
        ministry = self._ministry(token, owner.country) if token.lemma in MINISTRIES else None
        if ministry is not None:
            return self.scene.as_who(ministry, min(start, owner.start), token.end, sure=0.9)
        spoken = token.lemma in STATE_SPEAKERS | ORGANS and token.lemma not in GOVERNMENTS
        return replace(owner, via=via if spoken else None)

    def _trim(self, start: int, end: int) -> str:
        phrase = self.scene.parse.text[start:end].strip(" ,;:\n")
        return phrase.removeprefix("the ").removeprefix("The ")

    def _ministry(self, token: Token, country: str | None) -> Actor | None:
        """The registered ministry of a state for the field that stands beside: "Norway's defence ministry"."""
        words = {bare(t.text) for t in self.scene.parse.subtree(token.i)}
        fields = {FIELDS[w] for w in words if w in FIELDS}
        for actor in self.scene.registry.actors.values():
            if actor.kind is not ActorKind.INSTITUTION or actor.country != country or not country:
                continue
            for name in (actor.name, *actor.aliases):
                own = {bare(w) for w in WORD.findall(name)}
                if own & MINISTRIES and fields & {FIELDS[w] for w in own if w in FIELDS}:
                    return actor
        return None

    def _without_owner(self, token: Token, via: str) -> list[Who]:
        """ "The spokesman", "the ministry", "the government": the one last spoken of."""
        words = {bare(c.text) for c in self.scene.parse.children(token.i)}
        if not words & {"the", "this"} and not token.text[0].isupper():
            return []
        noun = bare(token.lemma)
        if token.lemma in MINISTRIES:
            body = self.memory.last_body(
                token,
                frozenset({ActorKind.INSTITUTION}),
                fits=lambda w: noun in bare(w.name) or w.name in self._ministries(noun),
                most=8,
            )
            return [body] if body is not None else []
        if token.lemma in GOVERNMENTS | CHAMBERS | {"leadership", "authority"}:
            country = self.memory.last_country(token)
            state = self.scene.registry.state_of(country) if country else None
            return [] if state is None else [self.scene.as_who(state, token.start, token.end, sure=0.6)]
        found = self.memory.last_person(token, fits=lambda w: self.offices.fits(w, noun), most=8)
        if found is not None:
            return [] if found[0].outsider else [at(token, found[0].who, 0.75)]
        return self._last_way(token, via)

    def _ministries(self, noun: str) -> set[str]:
        return {
            a.name
            for a in self.scene.registry.actors.values()
            if a.kind is ActorKind.INSTITUTION and any(noun in bare(n) for n in a.aliases)
        }

    def _last_way(self, token: Token, via: str) -> list[Who]:
        """Whoever somebody spoke for a little before: "A Pact official ... the official added"."""
        for entry in reversed(self.memory.entries):
            if entry.token.i < token.i and token.sentence - entry.token.sentence <= 4 and entry.who.via:
                return [replace(at(token, entry.who, 0.7), via=via)]
        return []
