"""Names in a text: everything the registry can recognise by its letters alone.

The registry's names, titles and metonyms become one trie of words, so that a text is walked once however
many leaders are known. What a match means (a leader, a state, a title to be looked up on a date) is
decided later, in `_actors`; here only the longest match counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.records import ActorKind, OfficeKind
from app.registers import Registry

# A letter may carry its accents as marks of their own.
WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


class NameKind(StrEnum):
    """What a name is, before anyone asks whom it means."""

    ACTOR = "actor"  # a registered name or alias
    METONYM = "metonym"  # "Berlin", "the Kremlin": refs are ISO codes
    DEMONYM = "demonym"  # "German": refs are ISO codes
    TITLE = "title"  # "German Chancellor": refs are office slugs
    ROLE = "role"  # "president", "foreign minister": refs are office kinds


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
    "head of government": (OfficeKind.HEAD_OF_GOVERNMENT,),
    "head of state": (OfficeKind.HEAD_OF_STATE,),
    "foreign minister": (OfficeKind.FOREIGN_MINISTER,),
    "foreign secretary": (OfficeKind.FOREIGN_MINISTER,),
    "secretary of state": (OfficeKind.FOREIGN_MINISTER,),
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


def bare(word: str) -> str:
    """A word without case and accents, for comparison only."""
    plain = unicodedata.normalize("NFD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().translate(_FOLD)


_FOLD = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "s", "æ": "a", "ı": "i"})


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
        for country in registry.countries.values():
            for alias in country.metonyms:
                self._add(alias.removeprefix("the "), NameKind.METONYM, country.iso2)
            for alias in country.demonyms:
                self._add(alias, NameKind.DEMONYM, country.iso2)
        for office in registry.offices.values():
            for title in office.press_titles:
                if bare(title.removeprefix("the ")) not in ROLES:
                    self._add(title.removeprefix("the "), NameKind.TITLE, office.slug)
        for role, kinds in ROLES.items():
            for kind in kinds:
                self._add(role, NameKind.ROLE, kind)

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


class GazetteerCache:
    """Keeps the gazetteer of the last registry: building one walks some ten thousand names."""

    def __init__(self) -> None:
        self._registry: Registry | None = None
        self._gazetteer: Gazetteer | None = None

    def of(self, registry: Registry) -> Gazetteer:
        if self._gazetteer is None or self._registry is not registry:
            self._registry, self._gazetteer = registry, Gazetteer(registry)
        return self._gazetteer
