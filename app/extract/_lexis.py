"""What the words of a passage say of a stance, learned word by word.

Rules know the turns of phrase that somebody thought of; this knows those that stand in thousands of labelled
passages: the passage's lemmas and pairs of lemmas, each marked when it is denied, and the words above the
proposal's mention along the parse. Names, and the words that the question itself uses, are left out, so that
what is learned holds for any proposal. A linear model over these gives a score for each class.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from app.extract._parse import Parse, Token
from app.extract._questions import canonical
from app.extract._stance import is_negated
from app.extract._verdict import CLASSES
from app.records import Question

WEIGHTS = Path(__file__).parent / "lexis.tsv"
ABOVE = 4  # words above the proposal's mention that are looked at
LONGEST = 60  # words of a passage that are looked at
SKIPPED = frozenset({"PUNCT", "SPACE", "SYM", "NUM", "X"})
MODALS = frozenset("will would may might could can should must shall 'll 'd wo ca".split())


@lru_cache(maxsize=256)
def _own_words(question: Question) -> frozenset[str]:
    """The stems that stand for the words of a question: what it is about tells no stance."""
    text = " ".join((question.title, question.proposal, *question.keywords))
    return frozenset(canonical(w.strip(".,;:()")) for w in text.split())


def _name(parse: Parse, token: Token, own: frozenset[str]) -> str | None:
    """A word as a feature: its lemma, denied or not; "*" for the question's own words, "@" for names."""
    if token.pos in SKIPPED:
        return None
    if token.pos == "PROPN":
        return "@"
    if canonical(token.text) in own:
        return "*"
    word = token.lemma.casefold()
    return f"!{word}" if token.pos in {"VERB", "AUX", "NOUN", "ADJ"} and is_negated(parse, token) else word


def read_words(
    parse: Parse, inside: Collection[int], pivots: Sequence[int], question: Question
) -> tuple[str, ...]:
    """The features of a passage; `inside` are its tokens, `pivots` those that name the proposal."""
    own = _own_words(question)
    tokens = [parse.tokens[i] for i in sorted(inside)][:LONGEST]
    named = [(t, n) for t in tokens if (n := _name(parse, t, own)) is not None]
    found: dict[str, None] = {}
    for place, (token, name) in enumerate(named):
        if name not in {"*", "@"}:
            found[name] = None
            if token.dep == "ROOT" or token.head not in inside:
                found[f"root {name}"] = None
        if place + 1 < len(named):
            following = named[place + 1][1]
            if {name, following} - {"*", "@"}:
                found[f"{name} {following}"] = None
        if place + 2 < len(named) and name not in {"*", "@"}:
            found[f"{name} _ {named[place + 2][1]}"] = None
    for pivot in pivots[:3]:
        found.update(dict.fromkeys(_above(parse, pivot, inside, own)))
    found["?"] = None
    if any(t.text == "?" for t in tokens):
        found["asks"] = None
    return tuple(found)


def _above(parse: Parse, pivot: int, inside: Collection[int], own: frozenset[str]) -> Iterator[str]:
    """The words above a mention of the proposal, with how it hangs on them and their modal verbs."""
    below, steps = parse.tokens[pivot], 0
    for token in parse.ancestors(pivot):
        if token.i not in inside or steps == ABOVE:
            return
        word = _name(parse, token, own)
        if word is not None and word != "*":
            yield f"^{word}"
            yield f"^{word}>{below.dep}"
            for child in parse.children(token.i):
                if child.text.casefold() in MODALS:
                    yield f"^{word}+{child.text.casefold()}"
            steps += 1
        below = token


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[float, ...]]:
    loaded = {}
    with WEIGHTS.open(encoding="utf-8") as lines:
        for line in lines:
            name, *values = line.rstrip("\n").split("\t")
            loaded[name] = tuple(int(v) / 100 for v in values)
    return loaded


def find_lexis(words: Sequence[str]) -> tuple[float, ...]:
    """The chances of CLASSES that a passage's words give, which sum to 1."""
    weights = _weights()
    scale = 1 / math.sqrt(max(1, len(words)))
    scores = [0.0] * len(CLASSES)
    for name in words:
        known = weights.get(name)
        if known is not None:
            for k, value in enumerate(known):
                scores[k] += value * (1.0 if name == "?" else scale)
    highest = max(scores)
    chances = [math.exp(s - highest) for s in scores]
    return tuple(c / sum(chances) for c in chances)
