"""The stance of a passage: composed where its proposal is named, voted by its words where not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.extract._parse import Parse
from app.extract._stance._compose import Judgement, State, climb, say, take
from app.extract._stance._grammar import class_of, is_negated
from app.extract._stance._words import ANAPHORS, NEGATORS
from app.records import Stance


def judge(parse: Parse, pivots: Sequence[int], inside: Collection[int]) -> Judgement | None:
    """The stance a passage takes towards what its `pivots` name.

    `pivots` are tokens of the proposal's mention (or of what stands for it, "the idea"); `inside` are
    the tokens of the passage: words above the mention count only there. None when nothing is said of it.
    """
    best: Judgement | None = None
    for pivot in pivots:
        found = climb(parse, pivot, inside)
        if found is not None and (best is None or found.sure > best.sure):
            best = found
    if not pivots:
        best = _whole(parse, inside)
    voted = _vote(parse, inside)
    if best is None and pivots and all(_in_aside(parse, p, inside) for p in pivots):
        return None
    if best is None:
        return voted
    if voted is not None and voted.stance is not best.stance:
        return Judgement(best.stance, best.sure * 0.85, best.why)
    return best


def _in_aside(parse: Parse, pivot: int, inside: Collection[int]) -> bool:
    """Whether a mention stands in a relative clause: background to what the passage says."""
    chain = [parse.tokens[pivot], *(a for a in parse.ancestors(pivot) if a.i in inside)]
    return any(t.dep == "relcl" and t.head in inside for t in chain)


def _whole(parse: Parse, inside: Collection[int]) -> Judgement | None:
    """What the passage's own main words do, when it points back without a word: "That is unacceptable"."""
    for i in sorted(inside):
        token = parse.tokens[i]
        if token.head in inside and token.head != i:
            continue
        state = State()
        for child in parse.children(i):
            if child.dep in {"acomp", "attr", "dobj", "oprd", "ccomp", "xcomp"} and child.i in inside:
                does = class_of(parse, child)
                if does is not None:
                    turned = is_negated(parse, token) != is_negated(parse, child)
                    say(does, state, turned=turned, why=f"is {child.lemma}")
        does = class_of(parse, token)
        if does is not None:
            take(parse, token, state, does, denied=is_negated(parse, token))
        elif state.value is None and is_negated(parse, token) and token.pos in {"VERB", "AUX"}:
            state.to(Stance.REJECTS, 0.6, f"not {token.lemma}")
        if state.value is not None:
            return Judgement(state.value, state.strength * 0.8, state.why)
    return None


def _vote(parse: Parse, inside: Collection[int]) -> Judgement | None:
    """The words of the passage, each turned by a negation up to three words before it."""
    votes = {Stance.BACKS: 0.0, Stance.OPEN: 0.0, Stance.REJECTS: 0.0}
    order = sorted(inside)
    for place, i in enumerate(order):
        token = parse.tokens[i]
        does = class_of(parse, token)
        if does is None or token.pos in {"PROPN"}:
            continue
        before = [parse.tokens[j].text.casefold() for j in order[max(0, place - 3) : place]]
        turned = any(w in NEGATORS for w in before)
        if does == "reject":
            votes[Stance.OPEN if turned else Stance.REJECTS] += 1
        elif does == "back":
            votes[Stance.REJECTS if turned else Stance.BACKS] += 0.8
        else:
            votes[Stance.REJECTS if turned else Stance.OPEN] += 0.7
    best = max(votes, key=lambda s: votes[s])
    if votes[best] == 0:
        return None
    share = votes[best] / sum(votes.values())
    return Judgement(best, 0.25 + 0.3 * share, "words")


def find_anaphors(parse: Parse, inside: Collection[int]) -> list[int]:
    """Tokens that may stand for a proposal named before: "the idea", "it", "such a step"."""
    found = []
    for i in sorted(inside):
        token = parse.tokens[i]
        if token.lemma in ANAPHORS and token.pos in {"PRON", "NOUN", "DET", "ADV"}:
            if token.pos == "NOUN" and not any(
                c.lemma in {"the", "this", "that", "such", "any", "no"} or c.dep == "poss"
                for c in parse.children(i)
            ):
                continue
            if token.lemma in {"that", "so", "such"} and token.dep in {
                "mark",
                "det",
                "advmod",
                "predet",
                "amod",
            }:
                continue
            found.append(i)
    return found
