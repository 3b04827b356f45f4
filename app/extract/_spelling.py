"""One name in many spellings: Lavrov, Lawrow, Ławrow; Zelensky, Zelenskiy, Zełenski.

Names from other alphabets are written down by ear, each language with its own letters. A skeleton keeps the
sounds that survive: sh, sz and sch are one, w is v, doubled letters are single, endings in -y, -ij, -iy are -i.
Two spellings are one name when their skeletons agree, or nearly agree and are long: a short name that is
almost another is another name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLD = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "s", "æ": "a", "ı": "i"})

# In this order: the longer groups of letters first.
_SOUNDS = (
    ("schtsch", "s"), ("shch", "s"), ("szcz", "s"), ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("zh", "z"),
    ("rz", "z"), ("sz", "s"), ("cz", "c"), ("sh", "s"), ("kh", "h"), ("ch", "c"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("ks", "x"), ("tz", "c"), ("ts", "c"), ("dzh", "j"), ("gh", "g"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("w", "v"), ("q", "k"),
)  # fmt: skip
_GLIDES = re.compile(r"(?:[iyj]+)(?=[aeou])")
_ENDING = re.compile(r"[iyj]+$")
_DOUBLE = re.compile(r"(.)\1+")


def bare(word: str) -> str:
    """A word without case and accents, for comparison only."""
    plain = unicodedata.normalize("NFD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().translate(_FOLD)


@lru_cache(maxsize=50_000)
def skeleton(word: str, *, polish: bool = False) -> str:
    """What is left of a name once the habits of spelling are taken out; in Polish, ch is kh.

    Riabkow, Ryabkov -> rabkov
    """
    plain = "".join(c for c in bare(word) if c.isalpha())
    if polish:
        plain = re.sub("(?<!s)ch", "kh", plain)
    for letters, sound in _SOUNDS:
        plain = plain.replace(letters, sound)
    plain = _ENDING.sub("i", plain)
    plain = _GLIDES.sub("", plain)
    plain = plain.replace("y", "i").replace("j", "i")
    return _DOUBLE.sub(r"\1", plain)


def skeletons(word: str) -> frozenset[str]:
    """The skeletons a name may have: "Zacharowa" is Zakharova, "Chernov" is Czernow."""
    return frozenset({skeleton(word), skeleton(word, polish=True)})


def distance(one: str, other: str, *, most: int = 3) -> int:
    """Letters to change, add or leave out; anything beyond `most` counts as `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (a != b)))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def same_surname(one: str, other: str) -> bool:
    """Whether two skeletons may be one surname, given a first name or a title that fits."""
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    allowed = 0 if shorter < 5 else 1 if shorter < 8 else 2
    # The first sound hardly ever changes from one alphabet to another.
    return one[0] == other[0] and distance(one, other, most=allowed) <= allowed


def same_first_name(one: str, other: str) -> bool:
    """Oleksij and Oleksiy, Wołodymyr and Volodymyr; not Paul and Petra."""
    if not one or not other:
        return False
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    allowed = 1 if min(len(one), len(other)) < 7 else 2
    return one[0] == other[0] and distance(one, other, most=allowed) <= allowed
