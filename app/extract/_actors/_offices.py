"""Who held an office on the document's date, and whose office a word like "the minister" can mean."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract._actors._scene import Scene, Who
from app.extract._actors._words import ANYBODY, PORTFOLIOS
from app.extract._gazetteer import WORD
from app.extract._spelling import bare
from app.records import Actor, Office, OfficeKind

# What the press calls the holder of an office, whatever its title says.
CALLED = {
    OfficeKind.HEAD_OF_STATE: "president leader head state",
    OfficeKind.HEAD_OF_GOVERNMENT: "premier leader head government pm",
    OfficeKind.FOREIGN_MINISTER: "minister foreign diplomat diplomacy head affairs",
    OfficeKind.DEFENCE_MINISTER: "minister defence head",
    OfficeKind.SPOKESPERSON: "spokesman spokeswoman spokesperson",
    OfficeKind.ALLIANCE_HEAD: "chief leader head secretary general",
}
HEADS = ("president", "head", "chief", "chairman", "leader")


class Offices:
    """The offices of the registry, asked on the document's date."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.registry = scene.registry
        self._titles: dict[str, frozenset[str]] = {}

    def holder(self, place: str, ref: str) -> Actor | None:
        """Who held the office `ref` of a state or alliance: an office's slug, an office kind, or "leader"."""
        office = self.registry.offices.get(ref)
        if office is not None:
            holders = self.registry.holders(ref, self.scene.on) if office.country == place else ()
            return holders[0] if len(holders) == 1 else None
        leaders = self.registry.leaders(place, self.scene.on)
        if ref == "leader":
            return leaders[0][1] if leaders else None
        fitting = [actor for office, actor in leaders if office.kind == ref]
        if not fitting and ref == OfficeKind.HEAD_OF_GOVERNMENT:
            fitting = [actor for office, actor in leaders if office.rank == 1]
        return fitting[0] if fitting else None

    def holder_of_any(self, place: str, refs: Sequence[str]) -> Actor | None:
        """The holder of the first of these offices; of several posts of one name ("deputy minister") nobody's."""
        holders = {a.slug: a for r in refs if (a := self.holder(place, r)) is not None}
        several = len(holders) > 1 and any(r in self.registry.offices for r in refs)
        return None if several else next(iter(holders.values()), None)

    def titled(self, place: str, title: Sequence[str]) -> Actor | None:
        """The one of a state in whose title all words of a longer title stand: "commander-in-chief"."""
        words = {_plain(w) for w in title}
        if len(words) < 2:
            return None
        found = {
            holder.slug: holder
            for office, holder in self.registry.leaders(place, self.scene.on)
            for name in (office.title, *office.press_titles)
            if words <= {_plain(w) for w in WORD.findall(name)}
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def only_holder(self, refs: Sequence[str]) -> Actor | None:
        """The one who held an office whose name needs no owner, since only one place has such an office."""
        holders = {a.slug: a for r in refs if r in self.registry.offices for a in self._holders(r)}
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _holders(self, office: str) -> tuple[Actor, ...]:
        return self.registry.holders(office, self.scene.on)

    def head_of(self, body: Sequence[str], noun: str) -> Actor | None:
        """Who heads a body that some title names: "the head of the European Council"."""
        wanted = {bare(w) for w in body}
        found = {}
        for office in self.registry.offices.values():
            for title in (office.title, *office.press_titles):
                if not title.endswith(body[-1]):
                    continue
                words = [bare(w) for w in WORD.findall(title)]
                if wanted <= set(words) and words[0] in {noun, *HEADS}:
                    found.update({a.slug: a for a in self._holders(office.slug)})
        return next(iter(found.values())) if len(found) == 1 else None

    def held_by(self, actor: str) -> list[Office]:
        """The offices on the document's date, else all that were ever held."""
        now = self.registry.offices_of(actor, self.scene.on)
        if now:
            return list(now)
        ever = {t.office for t in self.registry.tenures if t.actor == actor}
        return [self.registry.offices[o] for o in sorted(ever) if o in self.registry.offices]

    def titles_of(self, who: Who) -> frozenset[str]:
        """The words that a text may call somebody by, bare."""
        if who.actor is None:
            return frozenset(_plain(w) for w in WORD.findall(who.description or ""))
        if who.actor not in self._titles:
            words: set[str] = set()
            for office in self.held_by(who.actor):
                words |= {_plain(w) for t in (office.title, *office.press_titles) for w in WORD.findall(t)}
                words |= set(CALLED.get(office.kind, "").split())
            self._titles[who.actor] = frozenset(words)
        return self._titles[who.actor]

    def fits(self, who: Who, noun: str, beside: Sequence[str] = ()) -> bool:
        """Whether "the noun", with the words beside it, can be said of somebody."""
        asked = {_plain(w) for w in beside} & PORTFOLIOS
        if noun in ANYBODY and not asked:
            return True
        titles = self.titles_of(who)
        if noun not in ANYBODY and _plain(noun) not in titles:
            return False
        return asked <= titles

    def is_titled(self, who: Who, title: str) -> bool:
        """Whether all words of a title are among those that somebody may be called by."""
        words = {_plain(w) for w in WORD.findall(title)}
        return len(words) > 1 and words <= self.titles_of(who)

    def has_role(self, who: Who, refs: Sequence[str]) -> bool:
        """Whether a person holds an office of one of these kinds, or is described so when unregistered."""
        if who.actor is None:
            titles = self.titles_of(who)
            return any(
                set(CALLED.get(OfficeKind(r), "").split()[:1]) & titles for r in refs if r in set(OfficeKind)
            )
        held = self.held_by(who.actor)
        return any(r in {o.kind, o.slug} or (r == "leader" and o.rank == 1) for o in held for r in refs)


def _plain(word: str) -> str:
    return bare(word).replace("defense", "defence")
