"""A registered name, title or capital becomes a mention of somebody, or of nobody."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract._actors._full_names import Person
from app.extract._actors._scene import Mention, Scene, Who
from app.extract._actors._words import NOT_THE_HOLDER, PUBLIC_ROLES
from app.extract._gazetteer import Name, NameKind, bare
from app.records import Actor, ActorKind, OfficeKind

OWNING = frozenset({"", "'s", "’s", "'", "’"})


class Names:
    """Tells whom the names of a text mean. `strangers` are persons by full name whom the registry lacks."""

    def __init__(self, scene: Scene, strangers: Sequence[Person] = ()) -> None:
        self.scene = scene
        self.registry = scene.registry
        self.strangers = frozenset(p.surname for p in strangers)
        self._elses = [(p.start, p.end) for p in strangers]
        self.full = {
            ref
            for n in scene.names
            if n.kind is NameKind.ACTOR and n.full and len(n.refs) == 1
            for ref in n.refs
        }

    def find(self) -> list[Mention]:
        found = []
        names = self.scene.names
        for n, name in enumerate(names):
            tokens = self.scene.parse.tokens_in(name.start, name.end)
            if not tokens:
                continue
            who = self._who_of(name, names[n - 1] if n else None)
            if who is not None:
                gender = self.registry.actors[who.actor].gender if who.actor else None
                found.append(Mention(who, tokens[-1].i, name.kind, gender=gender))
        return found

    def _who_of(self, name: Name, before: Name | None) -> Who | None:
        if name.kind is NameKind.ACTOR:
            actor = self._pick(name, before)
            return None if actor is None else self.scene.as_who(actor, name.start, name.end)
        if name.kind is NameKind.METONYM:
            return self.scene.state(name.refs, name.start, name.end)
        if name.kind is NameKind.TITLE and not self._once_or_under(name):
            return self._holder(name, before)
        return None

    def _holder(self, name: Name, before: Name | None) -> Who | None:
        """Who held on that day the office that a title names."""
        holders = [a for office in name.refs for a in self.registry.holders(office, self.scene.on)]
        owner = self._place_before(name, before)
        if owner:
            # "Ukraine's commander-in-chief" is not the office of that name in another country.
            holders = [a for a in holders if a.country in owner]
        if len(name.refs) > 1 and before is not None and before.kind is NameKind.DEMONYM:
            holders = [a for a in holders if a.country in before.refs] or holders
        if len({a.slug for a in holders}) != 1:
            return None
        return self.scene.as_who(holders[0], name.start, name.end, sure=0.9)

    def _once_or_under(self, name: Name) -> bool:
        """ "Former", "deputy": the holder of the office is not meant."""
        i = self.scene.token_at(name.start)
        if i is None:
            return False
        before = [bare(t.text) for t in self.scene.parse.tokens[max(0, i - 2) : i]]
        return bool(before) and (
            before[-1] in NOT_THE_HOLDER or (before[-1] == "-" and before[0] in NOT_THE_HOLDER)
        )

    def _place_before(self, name: Name, before: Name | None) -> tuple[str, ...]:
        """The countries (ISO codes) whose name or adjective stands right before a title."""
        if before is None or self.scene.parse.text[before.end : name.start].strip() not in OWNING:
            return ()
        if before.kind in {NameKind.DEMONYM, NameKind.METONYM}:
            return before.refs
        states = [self.registry.actors[r] for r in before.refs if before.kind is NameKind.ACTOR]
        return tuple(a.country for a in states if a.kind is ActorKind.STATE and a.country)

    def _pick(self, name: Name, before: Name | None) -> Actor | None:
        """The one of several namesakes that the text means; None when a weak name stands alone."""
        actors = [self.registry.actors[r] for r in name.refs if r in self.registry.actors]
        if not actors or self._is_a_stranger(name, actors):
            return None
        if len(actors) > 1:
            return self._pick_namesake(name, before, actors)
        actor = actors[0]
        owner = self._place_before(name, before)
        if actor.kind is ActorKind.INSTITUTION and owner and actor.country not in {None, *owner}:
            # The Polish "Foreign Office" is not the one that is called so without a country.
            return None
        if name.weak and actor.slug not in self.full and not self._has_title_before(actor, name, before):
            return None
        if actor.kind is ActorKind.PERSON and not name.full and self._other_first_name(actor, name):
            return None
        return actor

    def _is_a_stranger(self, name: Name, actors: Sequence[Actor]) -> bool:
        """Whether the text gives this surname a first name that no registered bearer has."""
        if any(a <= name.start < b for a, b in self._elses):
            return True
        return (
            not name.full
            and bare(name.text) in self.strangers
            and not any(a.slug in self.full for a in actors)
            and all(a.kind is ActorKind.PERSON for a in actors)
        )

    def _pick_namesake(self, name: Name, before: Name | None, actors: Sequence[Actor]) -> Actor | None:
        known = [a for a in actors if a.slug in self.full]
        if len(known) == 1:
            return known[0]
        by_title = [a for a in (known or actors) if self._has_title_before(a, name, before)]
        if len(by_title) == 1:
            return by_title[0]
        on = self.scene.on
        in_office = [a for a in (known or actors) if self.registry.offices_of(a.slug, on)]
        ranked = sorted(in_office, key=lambda a: self.registry.offices_of(a.slug, on)[0].rank)
        if not ranked:
            return None
        ranks = [self.registry.offices_of(a.slug, on)[0].rank for a in ranked]
        return ranked[0] if len(ranks) == 1 or ranks[0] < ranks[1] else None

    def _has_title_before(self, actor: Actor, name: Name, before: Name | None) -> bool:
        """Whether a title or a country of this actor stands right before the name."""
        if before is None or name.start - before.end > 40:
            return False
        between = self.scene.parse.text[before.end : name.start]
        if "." in between or "\n" in between:
            return False
        held = self.registry.offices_of(actor.slug, self.scene.on)
        if before.kind in {NameKind.TITLE, NameKind.POST}:
            return any(o in {x.slug for x in held} for o in before.refs)
        if before.kind in {NameKind.DEMONYM, NameKind.METONYM}:
            return actor.country in before.refs
        if before.kind is NameKind.ROLE:
            return any(OfficeKind(k) in {x.kind for x in held} for k in before.refs if k != "leader")
        return False

    def _other_first_name(self, actor: Actor, name: Name) -> bool:
        """Whether a first name that is not the actor's stands before the surname ("Brigitte Macron")."""
        i = self.scene.token_at(name.start)
        if i is None or i == 0:
            return False
        previous = self.scene.parse.tokens[i - 1]
        if previous.dep != "compound" or previous.pos != "PROPN" or not previous.text[:1].isupper():
            return False
        if bare(previous.text) in PUBLIC_ROLES or previous.text.isupper() or previous.text.endswith("."):
            return False
        if previous.end + 1 < name.start or not previous.person:
            return False
        own = {bare(w) for alias in (actor.name, *actor.aliases) for w in alias.split()}
        return bare(previous.text) not in own
