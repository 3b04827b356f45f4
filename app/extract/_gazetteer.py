"""Names in a text: everything the registry can recognise by its letters alone.

The registry's names, titles and metonyms become one trie of words, so that a text is walked once however
many leaders are known. What a match means (a leader, a state, a title to be looked up on a date) is
decided later, in `_actors`; here only the longest match counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.extract._spelling import bare, same_first_name, same_surname, skeleton, skeletons
from app.records import Actor, ActorKind, Office, OfficeKind
from app.registers import Registry

__all__ = ["ROLES", "WORD", "Gazetteer", "GazetteerCache", "Name", "NameKind", "bare"]

# A letter may carry its accents as marks of their own.
WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


class NameKind(StrEnum):
    """What a name is, before anyone asks whom it means."""

    ACTOR = "actor"  # a registered name or alias
    METONYM = "metonym"  # "Berlin", "the Kremlin": refs are ISO codes
    DEMONYM = "demonym"  # "German": refs are ISO codes
    TITLE = "title"  # "German Chancellor": refs are office slugs
    ROLE = "role"  # "president", "foreign minister": refs are office kinds
    POST = "post"  # "foreign policy chief", a title without its owner: refs are office slugs


@dataclass(frozen=True, slots=True)
class Name:
    """A recognised name. `refs` are slugs, ISO codes or office kinds by `kind`; `weak` may not stand alone."""

    start: int
    end: int
    text: str
    kind: NameKind
    refs: tuple[str, ...]
    weak: bool = False
    full: bool = False  # more than one word, or a whole official name


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    # (words as written, kind, refs, weak, full)
    entries: list[tuple[tuple[str, ...], NameKind, tuple[str, ...], bool, bool]] = field(default_factory=list)


# Role nouns that need a country or a person beside them. "leader" and "head" mean the first in rank.
ROLES: dict[str, tuple[str, ...]] = {
    "president": (OfficeKind.HEAD_OF_STATE,),
    "prime minister": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "premier": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "pm": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "chancellor": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "taoiseach": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "premier minister": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "head of government": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "head of the government": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "head of state": (OfficeKind.HEAD_OF_STATE,),
    "foreign minister": (OfficeKind.FOREIGN_MINISTER,),
    "foreign secretary": (OfficeKind.FOREIGN_MINISTER,),
    "secretary of state": (OfficeKind.FOREIGN_MINISTER,),
    "minister of foreign affairs": (OfficeKind.FOREIGN_MINISTER,),
    "minister for foreign affairs": (OfficeKind.FOREIGN_MINISTER,),
    "foreign affairs minister": (OfficeKind.FOREIGN_MINISTER,),
    "head of diplomacy": (OfficeKind.FOREIGN_MINISTER,),
    "head of the foreign ministry": (OfficeKind.FOREIGN_MINISTER,),
    "head of the ministry of foreign affairs": (OfficeKind.FOREIGN_MINISTER,),
    "minister of defence": (OfficeKind.DEFENCE_MINISTER,),
    "minister of defense": (OfficeKind.DEFENCE_MINISTER,),
    "minister of national defence": (OfficeKind.DEFENCE_MINISTER,),
    "minister of national defense": (OfficeKind.DEFENCE_MINISTER,),
    "secretary of defense": (OfficeKind.DEFENCE_MINISTER,),
    "secretary of defence": (OfficeKind.DEFENCE_MINISTER,),
    "head of the defence ministry": (OfficeKind.DEFENCE_MINISTER,),
    "head of the defense ministry": (OfficeKind.DEFENCE_MINISTER,),
    "head of the ministry of defence": (OfficeKind.DEFENCE_MINISTER,),
    "head of the ministry of defense": (OfficeKind.DEFENCE_MINISTER,),
    "head of the ministry of national defence": (OfficeKind.DEFENCE_MINISTER,),
    "head of the ministry of national defense": (OfficeKind.DEFENCE_MINISTER,),
    "top diplomat": (OfficeKind.FOREIGN_MINISTER,),
    "chief diplomat": (OfficeKind.FOREIGN_MINISTER,),
    "defence minister": (OfficeKind.DEFENCE_MINISTER,),
    "defense minister": (OfficeKind.DEFENCE_MINISTER,),
    "defence secretary": (OfficeKind.DEFENCE_MINISTER,),
    "defense secretary": (OfficeKind.DEFENCE_MINISTER,),
    "defence chief": (OfficeKind.DEFENCE_MINISTER,),
    "defense chief": (OfficeKind.DEFENCE_MINISTER,),
    "secretary general": (OfficeKind.ALLIANCE_HEAD,),
    "alliance chief": (OfficeKind.ALLIANCE_HEAD,),
    "leader": ("leader",),
    "head": ("leader",),
    "chief": ("leader",),
    "boss": ("leader",),
}


class Gazetteer:
    """All names of a registry, ready to be found in texts."""

    def __init__(self, registry: Registry) -> None:
        self.root = _Node()
        weak = {bare(w) for w in registry.weak}
        for actor in registry.actors.values():
            for alias in (actor.name, *actor.aliases):
                words = WORD.findall(alias)
                if not words:
                    continue
                one = len(words) == 1
                self._add(
                    alias,
                    NameKind.ACTOR,
                    actor.slug,
                    weak=one and actor.kind is ActorKind.PERSON and bare(alias) in weak,
                    full=not one or alias == actor.name,
                )
        self._add_places(registry)
        self._add_titles(registry)
        self.first_names: dict[str, str | None] = {}
        self._surnames: dict[str, list[tuple[str, tuple[str, ...], Actor]]] = {}
        for actor in registry.actors.values():
            if actor.kind is ActorKind.PERSON:
                self._add_person(actor)

    def _add_places(self, registry: Registry) -> None:
        for country in registry.countries.values():
            for alias in country.metonyms:
                self._add(alias.removeprefix("the "), NameKind.METONYM, country.iso2)
            for alias in country.demonyms:
                self._add(alias, NameKind.DEMONYM, country.iso2)
                if alias.endswith(("ch", "sh")):
                    self._add(f"{alias}man", NameKind.DEMONYM, country.iso2)
                    self._add(f"{alias}woman", NameKind.DEMONYM, country.iso2)

    def _add_titles(self, registry: Registry) -> None:
        for office in registry.offices.values():
            for title in office.press_titles:
                if bare(title.removeprefix("the ")) not in ROLES:
                    self._add(title.removeprefix("the "), NameKind.TITLE, office.slug)
                for post in _posts(title, self._owners(office, registry)):
                    self._add(post, NameKind.POST, office.slug)
        for role, kinds in ROLES.items():
            for kind in kinds:
                self._add(role, NameKind.ROLE, kind)

    @staticmethod
    def _owners(office: Office, registry: Registry) -> frozenset[str]:
        """The names of the state or alliance that an office belongs to, bare."""
        country = registry.countries.get(office.country)
        if country is not None:
            return frozenset(bare(n) for n in (country.name, *country.demonyms, *country.metonyms))
        actor = registry.actors.get(office.country)
        return frozenset(bare(n) for n in (actor.name, *actor.aliases)) if actor else frozenset()

    def _add_person(self, actor: Actor) -> None:
        """Remembers first names with their gender, and surnames by sound."""
        spellings = {tuple(WORD.findall(n)) for n in (actor.name, *actor.aliases)}
        firsts = {words[0] for words in spellings if len(words) > 1}
        for first in firsts:
            known = self.first_names.setdefault(bare(first), actor.gender)
            if known != actor.gender:
                self.first_names[bare(first)] = None
        sounds = tuple(sorted({skeleton(first) for first in firsts}))
        for surname in {skeleton(words[-1]) for words in spellings if len(words) > 1}:
            if surname:
                self._surnames.setdefault(surname[0], []).append((surname, sounds, actor))

    def spelled(self, first: str, surname: str) -> Actor | None:
        """The one person whose first name and surname sound like these; None when there is none or several."""
        first_sound = skeleton(first)
        found = {
            actor.slug: actor
            for sound in skeletons(surname)
            for own, firsts, actor in self._surnames.get(sound[:1], ())
            if same_surname(own, sound) and any(same_first_name(f, first_sound) for f in firsts)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def sounding(self, surname: str) -> list[Actor]:
        """Everybody whose surname sounds exactly like this one."""
        found = {
            actor.slug: actor
            for sound in skeletons(surname)
            for own, _, actor in self._surnames.get(sound[:1], ())
            if own == sound
        }
        return list(found.values())

    def nearly_sounding(self, surname: str, among: Iterable[Actor]) -> list[Actor]:
        """Those of some persons whose surname may be this one in another spelling."""
        sounds = skeletons(surname)
        return [
            actor
            for actor in among
            if any(
                same_surname(skeleton(words[-1]), sound)
                for sound in sounds
                for alias in (actor.name, *actor.aliases)
                if len(words := WORD.findall(alias)) > 1
            )
        ]

    def _add(self, alias: str, kind: NameKind, ref: str, *, weak: bool = False, full: bool = False) -> None:
        words = tuple(WORD.findall(alias))
        if not words or (len(words) == 1 and len(words[0]) < 2):
            return
        node = self.root
        for word in words:
            node = node.children.setdefault(bare(word), _Node())
        for n, entry in enumerate(node.entries):
            if entry[0] == words and entry[1] is kind:
                refs = entry[2] if ref in entry[2] else (*entry[2], ref)
                node.entries[n] = (words, kind, refs, entry[3] or weak, entry[4] or full)
                return
        node.entries.append((words, kind, (ref,), weak, full))

    def find(self, text: str) -> list[Name]:
        """The names in a text, longest first at each place, in order and without overlap."""
        return list(self._walk(text))

    def _walk(self, text: str) -> Iterator[Name]:
        words = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
        keys = [bare(w) for _, _, w in words]
        i = 0
        while i < len(words):
            found = self._longest(text, words, keys, i)
            if found is None:
                i += 1
                continue
            name, size = found
            yield name
            i += size

    def _longest(
        self, text: str, words: list[tuple[int, int, str]], keys: list[str], i: int
    ) -> tuple[Name, int] | None:
        node, best = self.root, None
        for j in range(i, len(words)):
            if j > i and not _close(words[j - 1][2], text[words[j - 1][1] : words[j][0]]):
                break
            following = node.children.get(keys[j])
            if following is None:
                break
            node = following
            entry = _fitting(node, [w for _, _, w in words[i : j + 1]])
            if entry is not None:
                _, kind, refs, weak, full = entry
                start, end = words[i][0], words[j][1]
                best = (Name(start, end, text[start:end], kind, refs, weak, full), j + 1 - i)
        return best


def _close(word: str, between: str) -> bool:
    """Whether two words can belong to one name: "U.S.", "Secretary-General", "No. 10", "Germany's chancellor"."""
    if "." in between and between[-1:] == " " and len(word) > 2:
        return False  # a full stop, not an abbreviation
    return len(between) <= 3 and between.strip() in {"", ".", "-", "'", "’", "‑", "–"} and "\n" not in between


def _fitting(
    node: _Node, written: list[str]
) -> tuple[tuple[str, ...], NameKind, tuple[str, ...], bool, bool] | None:
    """The entry whose capitals agree with the text: "US" is no "us", "Poland" no "poland"."""
    order = list(NameKind)
    for entry in sorted(node.entries, key=lambda e: order.index(e[1])):
        _, kind, *_ = entry
        if kind in {NameKind.TITLE, NameKind.ROLE}:
            # "German chancellor" and "German Chancellor" are the same title; its proper words keep their capital.
            if all(
                w[0].isupper() or not a[0].isupper() or _common(a)
                for w, a in zip(written, entry[0], strict=True)
            ):
                return entry
        elif all(_same_case(w, a) for w, a in zip(written, entry[0], strict=True)):
            return entry
    return None


def _same_case(written: str, alias: str) -> bool:
    if len(alias) <= 3 and alias.isupper():
        return written == alias
    return written[0].isupper() or not alias[0].isupper()


_TITLE_WORDS = frozenset(
    "president prime minister premier chancellor foreign defence defense secretary general chief leader head of "
    "the state army armed forces spokesman spokeswoman spokesperson government top diplomat deputy interior finance "
    "economy europe european affairs military commander in council commission commissioner high representative "
    "speaker parliament security adviser advisor national opposition ambassador envoy chair committee".split()
)


def _common(word: str) -> bool:
    return bare(word) in _TITLE_WORDS


def _posts(title: str, owners: frozenset[str]) -> Iterator[str]:
    """A title without the state it belongs to: "foreign policy chief" of "EU foreign policy chief"."""
    words = title.removeprefix("the ").split()
    if any(bare(w) in {"former", "ex"} or bare(w).startswith("ex-") for w in words):
        return
    for size in range(1, min(4, len(words) - 1)):
        front = bare(" ".join(words[:size]))
        front = front.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
        back = bare(" ".join(words[-size:]))
        if front in owners and _is_post(rest := words[size:]):
            yield " ".join(rest)
        if back in owners and len(words) > size + 1:
            rest = words[:-size]
            rest = rest[:-1] if bare(rest[-1]) == "the" else rest
            if rest and rest[-1] == "of" and _is_post(rest[:-1]):
                yield " ".join(rest[:-1])


def _is_post(words: list[str]) -> bool:
    return (len(words) > 1 or "-" in words[0]) and bare(" ".join(words)).replace("-", " ") not in ROLES


class GazetteerCache:
    """Keeps the gazetteer of the last registry: building one walks some ten thousand names."""

    def __init__(self) -> None:
        self._registry: Registry | None = None
        self._gazetteer: Gazetteer | None = None

    def of(self, registry: Registry) -> Gazetteer:
        if self._gazetteer is None or self._registry is not registry:
            self._registry, self._gazetteer = registry, Gazetteer(registry)
        return self._gazetteer
