"""Finds the limits of a claim: where the parse hangs them, where they end, and which are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.extract._parse import Parse, Token
from app.extract._questions import stem
from app.extract._scope._forms import (
    AMOUNT,
    CONDITION,
    IF_DENIED_TIME,
    KIND,
    KIND_BEFORE,
    MANNER,
    PLACE,
    TURNS,
)
from app.extract._stance import NEGATORS
from app.records import Question

# Longer ones are cut where a phrase ends, or left out: a scope is read at a glance.
MOST_WORDS = 8
MOST_CLAUSE_WORDS = 12
# So many limits are told at most: of three, two are background.
MOST_LIMITS = 2

# Words that lead a phrase which ends where the parser says.
_LEADS = frozenset({"without", "except", "subject", "as"})
# "Regarded as part of the army" is no manner of doing.
_SEEING = frozenset({"consider", "describe", "regard", "see", "treat", "view"})
_ABOUT = re.compile(
    r"(?:up\s+to|at\s+(?:least|most)|(?:no\s+)?(?:more|fewer|less)\s+than|some|about|around|only|just)\s+$",
    re.IGNORECASE,
)
# Things that are counted without limiting anything: "the four members".
_COUNTED = frozenset(
    "ally alliance capital country day government leader member minister month nation neighbour neighbor party people "
    "side state time week year war".split()
)
_DIGITS = {
    name: str(number)
    for number, name in enumerate("two three four five six seven eight nine ten".split(), start=2)
}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\w'’-]+")


@dataclass(frozen=True, slots=True)
class _Limit:
    """Characters of the text that limit a position, and what kind of limit they are."""

    kind: int
    start: int
    end: int


def find_scope(
    parse: Parse, tokens: Collection[int], pivots: Sequence[int], question: Question
) -> str | None:
    """What of the proposal a claim is limited to, in its exact words; two limits are joined by "; ".

    `tokens` are those of the claim, `pivots` those that name the proposal, or what stands for it. None
    means that the claim names no limit.
    """
    inside = frozenset(i for i in tokens if 0 <= i < len(parse.tokens))
    chain = _chain(parse, [p for p in pivots if p in inside], inside)
    if not chain:
        return None
    said = _WORD.findall(f"{question.title} {question.proposal}")
    own = {stem(w) for w in said} | {w.casefold() for w in said}
    named = [parse.tokens[p] for p in pivots if p in inside]
    found = [
        *_turns(parse, {t.i for t in named}, inside, chain),
        *_modifiers(parse, named, inside, chain),
    ]
    limits = [cut for f in found if (cut := _cut(parse, f)) is not None and not _is_own(parse, cut, own)]
    return _join(parse, limits)


def _chain(parse: Parse, pivots: Sequence[int], inside: Collection[int]) -> frozenset[int]:
    """The words from the mention up to the verdict; of a claim that only points back, its main words."""
    chain = set(pivots)
    for pivot in pivots:
        for above in parse.ancestors(pivot):
            if above.i not in inside:
                break
            chain.add(above.i)
    if not pivots:
        heads = [i for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i]
        chain.update(h for h in heads if parse.tokens[h].pos not in {"PUNCT", "SPACE"})
    return frozenset(chain)


def _turns(
    parse: Parse, pivots: Collection[int], inside: Collection[int], chain: Collection[int]
) -> Iterator[_Limit]:
    """Turns of phrase in the claim's sentences that hang on its words."""
    for number in sorted({parse.tokens[i].sentence for i in inside}):
        start, end = parse.sentence_span(number)
        for turn in _turns_of(parse.text[start:end]):
            limit = _without_rest(parse, _Limit(turn.kind, start + turn.start, start + turn.end))
            if not _hangs(parse, limit, inside, chain):
                continue
            if turn.kind == IF_DENIED_TIME and not _is_denied(parse, limit, inside, number):
                continue
            if turn.kind == CONDITION and _holds_any(parse, limit, pivots):
                continue
            yield limit


@lru_cache(maxsize=256)
def _turns_of(sentence: str) -> tuple[_Limit, ...]:
    """The turns of phrase of a sentence; many claims share one."""
    return tuple(_Limit(k, m.start(), m.end()) for k, form in TURNS for m in form.finditer(sentence))


def _without_rest(parse: Parse, limit: _Limit) -> _Limit:
    """A prepositional limit ends where the parser ends its phrase, and before a relative clause."""
    words = parse.tokens_in(limit.start, limit.end)
    leads = [t for t in words[:2] if t.lemma in _LEADS or (t.i > words[0].i and words[0].lemma == "only")]
    if not leads or leads[-1].pos not in {"ADP", "ADJ"} or leads[-1].dep == "mark":
        return limit
    if leads[-1].lemma == "as" and parse.tokens[leads[-1].head].lemma in _SEEING:
        return _Limit(limit.kind, limit.start, limit.start)
    below = {t.i for t in parse.subtree(leads[-1].i)} | {words[0].i}
    end = limit.start
    for token in words:
        if (
            token.i not in below
            or token.tag in {"WDT", "WP"}
            or (token.lemma == "that" and token.dep == "mark")
        ):
            break
        end = token.end
    return _Limit(limit.kind, limit.start, end if end > leads[-1].end else limit.start)


def _holds_any(parse: Parse, limit: _Limit, pivots: Collection[int]) -> bool:
    """Whether a condition names the proposal itself: "without the levy we shall be poorer"."""
    nouns = {p for p in pivots if parse.tokens[p].pos == "NOUN"}
    return any(t.i in nouns for t in parse.tokens_in(limit.start, limit.end))


def _hangs(parse: Parse, limit: _Limit, inside: Collection[int], chain: Collection[int]) -> bool:
    """Whether a turn of phrase lies in the claim and modifies a word between mention and verdict."""
    words = {t.i for t in parse.tokens_in(limit.start, limit.end)}
    if limit.start >= limit.end or not words or not words <= set(inside):
        return False
    first = min(words)
    heads = [parse.tokens[i].head for i in words if parse.tokens[i].head not in words]
    return any(h in chain for h in heads) or first in chain


def _is_denied(parse: Parse, limit: _Limit, inside: Collection[int], sentence: int) -> bool:
    """Whether a denial stands within a few words of "currently", or in "not yet" itself."""
    words = parse.tokens_in(limit.start, limit.end)
    near = range(words[0].i - 7, words[-1].i + 5)
    return any(
        i in inside and parse.tokens[i].sentence == sentence and parse.tokens[i].text.casefold() in NEGATORS
        for i in near
    )


def _modifiers(
    parse: Parse, named: Sequence[Token], inside: Collection[int], chain: Collection[int]
) -> Iterator[_Limit]:
    """Kinds and amounts of what is proposed: "combat troops", "2,000 soldiers"."""
    nouns = {t.i: t for t in named if t.pos == "NOUN" and t.dep not in {"compound", "nmod", "amod"}}
    held = {c: parse.tokens[c] for c in chain if parse.tokens[c].pos == "NOUN" and _holds(parse, c, nouns)}
    nouns |= held
    for noun in sorted(nouns.values(), key=lambda t: t.i):
        start = parse.sentence_span(noun.sentence)[0]
        kind = KIND_BEFORE.search(parse.text[max(start, noun.start - 60) : noun.start])
        if kind is not None:
            begin = max(start, noun.start - 60) + kind.start()
            if all(t.i in inside for t in parse.tokens_in(begin, noun.end)):
                yield _Limit(KIND, begin, noun.end)
        if noun.i in held and not _holds(parse, noun.i, nouns, leads=("of", "for")):
            # "12,000 letters on the proposal" count something else.
            continue
        for child in parse.children(noun.i):
            if child.dep == "nummod" and child.i in inside and _counts(parse, child, noun):
                begin = min(t.start for t in parse.subtree(child.i))
                about = _ABOUT.search(parse.text[max(start, begin - 20) : begin])
                begin -= len(about.group()) if about is not None else 0
                yield _Limit(AMOUNT, begin, noun.end)


def _holds(parse: Parse, i: int, nouns: Collection[int], *, leads: Sequence[str] = ()) -> bool:
    """Whether a noun is what is done with what is proposed: "deployment of troops"; `leads`: by which word."""
    return any(
        c.dep == "prep" and (not leads or c.lemma in leads) and any(g.i in nouns for g in parse.children(c.i))
        for c in parse.children(i)
    )


def _counts(parse: Parse, number: Token, noun: Token) -> bool:
    """Whether a number says how many: not "Leopard 2 tanks", "the two of them", "one"."""
    before = parse.tokens[number.i - 1] if number.i else number
    return (
        number.i < noun.i <= number.i + 5
        and (noun.dep != "pobj" or parse.tokens[noun.head].lemma in {"of", "for", "with", "by", "to"})
        and number.text.casefold() not in {"one", "1"}
        and noun.lemma not in _COUNTED
        and before.pos not in {"PROPN", "PRON"}
        and before.text.casefold() not in {"all", "the", "these", "those", "both", "-"}
    )


def _is_own(parse: Parse, limit: _Limit, own: Collection[str]) -> bool:
    """Whether the question says a kind or a place itself."""
    words = _WORD.findall(parse.text[limit.start : limit.end])
    if limit.kind == KIND:
        # The noun may well be the question's; its modifiers may not.
        words = words[:-1]
    elif limit.kind == PLACE:
        # "In western Velmar" is less than the question's Velmar.
        words = words[-1:] if words[-1].islower() else []
    elif limit.kind == MANNER and len(words) == 1:
        words = [words[0].casefold().removesuffix("ly")]
    elif limit.kind == AMOUNT:
        numbers = [w.casefold() for w in words[:-1] if w[0].isdigit() or len(w) > 2]
        return any(n in own or _DIGITS.get(n) in own for n in numbers)
    else:
        return False
    return any(stem(part) in own for w in words for part in (w, *w.split("-")) if len(part) > 3)


def _cut(parse: Parse, limit: _Limit) -> _Limit | None:
    """The limit in at most MOST_WORDS words, cut before the last word that begins a phrase."""
    words = parse.tokens_in(limit.start, limit.end)
    bare = [t for t in words if t.pos not in {"PUNCT", "SPACE"}]
    count = len(_WORD.findall(parse.text[limit.start : limit.end]))
    if count <= MOST_WORDS:
        return limit
    if any(t.pos in {"VERB", "AUX"} for t in words):
        # Half a clause says nothing: "as long as the United States".
        return limit if count <= MOST_CLAUSE_WORDS else None
    for token in reversed(bare):
        head = parse.text[limit.start : token.start]
        if token.pos in {"ADP", "SCONJ", "CCONJ"} and 3 <= len(_WORD.findall(head)) <= MOST_WORDS:
            return _Limit(limit.kind, limit.start, limit.start + len(head.rstrip()))
    return None


def _join(parse: Parse, limits: Sequence[_Limit]) -> str | None:
    """The first limits of the most telling kinds that do not overlap."""
    kept: list[_Limit] = []
    words = 0
    for limit in sorted(limits, key=lambda x: (x.kind, x.start)):
        if any(limit.start < k.end and k.start < limit.end for k in kept) or limit.kind in {
            k.kind for k in kept
        }:
            continue
        count = len(_WORD.findall(parse.text[limit.start : limit.end]))
        if not kept or (len(kept) < MOST_LIMITS and words + count <= MOST_WORDS):
            kept.append(limit)
            words += count
    told = [" ".join(parse.text[k.start : k.end].split()) for k in kept]
    return "; ".join(told) or None
