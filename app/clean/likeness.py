"""Whether two texts are nearly the same: wire copy under another headline, with a paragraph cut.

The question is put to millions of stored texts, so they cannot be compared one by one. A text is seen
as its set of three-word shingles, the set shrunk to a MinHash signature of 128 numbers (rensa), and the
signature cut into 32 bands of four. Texts that share a band are candidates, found by an index; the
share of equal numbers in the signatures then estimates the share of common shingles.

With 5 % of the words changed two texts still share some 75 % of their shingles, and then at least one
band in all but a handful of cases. Two reports of one event in different words share less than 30 %.
"""

from __future__ import annotations

import re
import struct
from hashlib import blake2b

import rensa

from app.records import Likeness

NUMBERS = 128
BAND = 4
WORDS = 3
SEED = 42  # any number; a change makes the stored signatures worthless
# Above this share of common shingles two texts tell one story.
ALIKE = 0.6
# In fewer words a formula ("The minister declined to comment") would be most of the text: there, only
# the very same words are the same story.
FEWEST_WORDS = 40


def sign_text(text: str) -> Likeness:
    """The signature and bands of a text. Case and punctuation do not count."""
    words = re.findall(r"\w+", text.casefold())
    shingles = [" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)]
    if len(words) < FEWEST_WORDS:
        shingles = [" ".join(words)]
    minhash = rensa.RMinHash(NUMBERS, SEED)
    minhash.update(shingles)
    numbers = minhash.digest()
    signature = struct.pack(f">{NUMBERS}I", *numbers)
    size = 4 * BAND
    bands = (_hash_band(i, signature[i : i + size]) for i in range(0, len(signature), size))
    return Likeness(bands=tuple(bands), signature=signature)


def estimate_likeness(one: bytes, other: bytes) -> float:
    """The share of shingles two texts have in common, from their signatures, in 0..1."""
    ours = struct.unpack(f">{NUMBERS}I", one)
    theirs = struct.unpack(f">{NUMBERS}I", other)
    equal = sum(1 for a, b in zip(ours, theirs, strict=True) if a == b)
    return equal / NUMBERS


def _hash_band(place: int, band: bytes) -> int:
    """A signed 64-bit number, as the database has it; the same numbers elsewhere are another band."""
    digest = blake2b(band, digest_size=8, salt=place.to_bytes(2, "big")).digest()
    return int.from_bytes(digest, "big", signed=True)
