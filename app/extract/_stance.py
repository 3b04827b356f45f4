"""Backs, open, rejects or unclear: read off the words between the proposal and whoever speaks.

Stance is composed along the parse, from the mention of the proposal upwards. Each word above it does
something to what stands below:

    send troops                    a mention: nothing yet
    will not [send troops]         an act denied: rejects
    rule out [sending troops]      rejects
    nothing should be [excluded]   rejects, denied: open
    refused to [rule out ...]      rejects of a rejection: open
    plans to [send troops]         backs;  no plans to: rejects
    might [send troops]            open;   if, unless: a condition, open
    [troops] would lead to war     a warning: rejects

Where the parse gives nothing, the words of the passage vote, each turned by a negation shortly before it.
Both ways yield a confidence; neither knows any question or speaker.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.extract._parse import Parse, Token
from app.extract._stance_words import (
    ANAPHORS,
    BACK,
    HARM,
    NEGATORS,
    NEUTRAL,
    OPEN,
    PARTICLES,
    POSSIBLE,
    REJECT,
)
from app.records import Stance

DEMANDS = frozenset({"demand", "ultimatum"})
# "No change in their positions against it": denying these leaves a stance as it was.
CONSTANT = frozenset({"change", "shift", "alter", "doubt", "secret", "budge", "waver"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stance with how sure the words make it, in 0..1, and the rule that gave it."""

    stance: Stance
    sure: float
    why: str


@dataclass(slots=True)
class _State:
    value: Stance | None = None
    strength: float = 0.0
    why: str = "mention"

    def to(self, value: Stance, strength: float, why: str) -> None:
        self.value, self.strength, self.why = value, strength, why


def judge(parse: Parse, pivots: Sequence[int], inside: Collection[int]) -> Judgement | None:
    """The stance a passage takes towards what its `pivots` name.

    `pivots` are tokens of the proposal's mention (or of what stands for it, "the idea"); `inside` are
    the tokens of the passage: words above the mention count only there. None when nothing is said of it.
    """
    best: Judgement | None = None
    for pivot in pivots:
        found = _climb(parse, pivot, inside)
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
        state = _State()
        for child in parse.children(i):
            if child.dep in {"acomp", "attr", "dobj", "oprd", "ccomp", "xcomp"} and child.i in inside:
                does = _class_of(parse, child)
                if does is not None:
                    turned = is_negated(parse, token) != is_negated(parse, child)
                    _say(does, state, turned=turned, why=f"is {child.lemma}")
        does = _class_of(parse, token)
        if does is not None:
            _take(parse, token, state, does, denied=is_negated(parse, token))
        elif state.value is None and is_negated(parse, token) and token.pos in {"VERB", "AUX"}:
            state.to(Stance.REJECTS, 0.6, f"not {token.lemma}")
        if state.value is not None:
            return Judgement(state.value, state.strength * 0.8, state.why)
    return None


def _class_of(parse: Parse, token: Token) -> str | None:
    """What a word does, with its particle: "rule out" is not "rule"."""
    lemma = token.lemma
    for child in parse.children(token.i):
        if child.dep == "prt" or (
            child.dep in {"prep", "advmod"} and 0 < child.i - token.i <= 3 and child.lemma in PARTICLES
        ):
            joined = f"{lemma}_{child.lemma}"
            if joined in REJECT:
                return "reject"
            if joined in BACK:
                return "back"
            if joined in OPEN:
                return "open"
    if lemma == "rule":
        return None
    if lemma in REJECT:
        return "reject"
    if lemma in OPEN:
        return "open"
    if lemma in BACK:
        return "back"
    return None


def is_negated(parse: Parse, token: Token) -> bool:
    """Whether a word is denied where it stands: "not", "no plans", "nothing", "without", "neither"."""
    denied = False
    for child in parse.children(token.i):
        word = child.text.casefold()
        if (
            (
                child.dep == "neg"
                or (
                    word in NEGATORS and child.dep in {"advmod", "det", "cc", "preconj", "nsubj", "nsubjpass"}
                )
            )
            and not (word == "not" and _is_not_only(parse, child))
        ) or (
            child.dep in {"nsubj", "nsubjpass"}
            and any(
                c.text.casefold() in {"no", "nothing", "none", "neither"} for c in parse.children(child.i)
            )
        ):
            denied = not denied
    if token.dep in {"pobj", "pcomp"} and parse.tokens[token.head].lemma == "without":
        denied = not denied
    if token.dep == "conj":
        head = parse.tokens[token.head]
        if any(c.lemma in {"nor"} for c in parse.children(head.i)) and not denied:
            denied = True
    return denied


def _is_not_only(parse: Parse, token: Token) -> bool:
    following = parse.tokens[token.i + 1 : token.i + 2]
    return bool(following) and following[0].lemma in {"only", "just", "merely"}


def _auxiliaries(parse: Parse, token: Token) -> set[str]:
    return {c.text.casefold() for c in parse.children(token.i) if c.dep in {"aux", "auxpass"}}


def _has_condition(parse: Parse, token: Token) -> bool:
    for child in parse.children(token.i):
        if child.dep == "advcl" and any(
            c.lemma in {"if", "unless", "provided", "until", "once"} and c.dep in {"mark", "advmod"}
            for c in parse.children(child.i)
        ):
            return True
        if child.lemma in {"unless"}:
            return True
    return False


def _climb(parse: Parse, pivot: int, inside: Collection[int]) -> Judgement | None:
    state = _State()
    below = parse.tokens[pivot]
    _first(parse, below, state)
    for token in parse.ancestors(pivot):
        if token.i not in inside:
            break
        if below.dep == "relcl" and state.value is None:
            # "support for Ukraine, which remains outside NATO": what stands above is said of something else.
            return None
        _apply(parse, token, below, state)
        below = token
    if state.value is None:
        return None
    return Judgement(state.value, min(state.strength, 0.95), state.why)


def _first(parse: Parse, token: Token, state: _State) -> None:
    """What hangs on the mention itself: "no troops", "should send"."""
    if token.pos in {"VERB", "AUX"}:
        _act(parse, token, state)
    elif is_negated(parse, token):
        state.to(Stance.REJECTS, 0.75, f"no {token.lemma}")
    for child in parse.children(token.i):
        if child.dep == "amod" and _class_of(parse, child) == "reject":
            state.to(Stance.REJECTS, 0.6, child.lemma)


def _act(parse: Parse, token: Token, state: _State) -> None:
    """A verb that does the proposed thing itself, denied, possible, due or plain."""
    aux = _auxiliaries(parse, token)
    if is_negated(parse, token):
        state.to(Stance.OPEN if state.value is Stance.REJECTS else Stance.REJECTS, 0.8, f"not {token.lemma}")
        return
    if state.value is Stance.REJECTS:
        return
    if aux & POSSIBLE or (aux & {"would"} and _has_condition(parse, token)):
        state.to(Stance.OPEN, 0.7, f"may {token.lemma}")
    elif _has_condition(parse, token):
        state.to(Stance.OPEN, 0.65, f"{token.lemma}, if")
    elif aux & {"should", "must", "shall", "ought"}:
        state.to(Stance.BACKS, 0.75, f"should {token.lemma}")
    elif aux & {"will", "'ll", "’ll", "would"}:
        state.to(Stance.BACKS, 0.7, f"will {token.lemma}")


def _apply(parse: Parse, token: Token, below: Token, state: _State) -> None:
    kind = _class_of(parse, token)
    denied = is_negated(parse, token)
    if token.pos == "ADP" and token.lemma == "against":
        state.to(Stance.OPEN if state.value is Stance.REJECTS else Stance.REJECTS, 0.8, "against")
        return
    if (token.pos == "ADP" and token.lemma in {"than"}) or (token.lemma == "instead"):
        state.to(Stance.REJECTS, 0.75, "rather than")
        return
    is_subject = below.dep in {"nsubj", "nsubjpass", "csubj", "csubjpass"} and token.pos in {"VERB", "AUX"}
    if is_subject and _predicate(parse, token, below, state, denied=denied, kind=kind):
        return
    if below.dep in {"advcl"} and any(c.lemma == "if" for c in parse.children(below.i)):
        # The proposal stands in the condition itself: "if troops are sent, ...".
        if _harmful(parse, token):
            state.to(Stance.REJECTS, 0.75, "if ..., harm")
        return
    if kind is None and token.lemma in CONSTANT:
        return
    if kind is None:
        if denied and state.value is not None and token.lemma in {"see", "exist", "have", "be", "include"}:
            state.to(_denied(state.value), 0.7, f"not {token.lemma}")
        elif denied and token.pos in {"VERB", "AUX", "NOUN"} and token.lemma not in NEUTRAL:
            state.to(
                Stance.REJECTS if state.value is not Stance.REJECTS else Stance.OPEN,
                0.65,
                f"not {token.lemma}",
            )
        elif state.value is None and token.pos == "VERB" and below.dep in {"dobj", "prep", "pobj", "obj"}:
            _act(parse, token, state)
        elif state.value is Stance.BACKS and _auxiliaries(parse, token) & {"could", "may", "might"}:
            state.to(Stance.OPEN, 0.65, f"may {token.lemma}")
        return
    _take(parse, token, state, kind, denied=denied)


def _take(parse: Parse, token: Token, state: _State, kind: str, *, denied: bool) -> None:
    """What a word of a known class makes of what stands below it."""
    if kind == "reject" and not denied and any(c.lemma in DEMANDS for c in parse.children(token.i)):
        # To refuse somebody's demand against the proposal is not to reject the proposal.
        state.to(Stance.OPEN, 0.7, "reject a demand")
    elif kind == "reject":
        _reject(token, state, denied=denied)
    elif kind == "back":
        _back(parse, token, state, denied=denied)
    else:
        _open(token, state, denied=denied)


def _denied(value: Stance) -> Stance:
    return Stance.OPEN if value is Stance.REJECTS else Stance.REJECTS


def _reject(token: Token, state: _State, *, denied: bool) -> None:
    if denied:
        state.to(Stance.OPEN, 0.85, f"not {token.lemma}")
    elif state.value is Stance.REJECTS:
        state.to(
            Stance.OPEN
            if token.lemma in {"refuse", "decline", "rule", "exclude", "reject", "oppose"}
            else Stance.REJECTS,
            0.75,
            f"{token.lemma} a refusal",
        )
    elif state.value is Stance.OPEN and token.lemma not in {
        "refuse",
        "decline",
        "rule_out",
        "reject",
        "oppose",
        "dismiss",
    }:
        return
    else:
        state.to(Stance.REJECTS, 0.85, token.lemma)


def _back(parse: Parse, token: Token, state: _State, *, denied: bool) -> None:
    aux = _auxiliaries(parse, token)
    if denied:
        state.to(
            Stance.REJECTS if state.value is not Stance.REJECTS else Stance.OPEN, 0.8, f"not {token.lemma}"
        )
    elif state.value in {Stance.REJECTS, Stance.OPEN}:
        return
    elif aux & POSSIBLE or _has_condition(parse, token):
        state.to(Stance.OPEN, 0.65, f"may {token.lemma}")
    else:
        state.to(Stance.BACKS, 0.75, token.lemma)


def _open(token: Token, state: _State, *, denied: bool) -> None:
    if denied:
        state.to(Stance.REJECTS, 0.75, f"not {token.lemma}")
    elif state.value is not Stance.REJECTS or token.lemma in {"consider", "discuss", "debate"}:
        state.to(Stance.OPEN, 0.7, token.lemma)


def _predicate(
    parse: Parse, token: Token, below: Token, state: _State, *, denied: bool, kind: str | None
) -> bool:
    """The proposal is the subject: what is said of it decides."""
    if below.dep in {"nsubjpass", "csubjpass"} and kind is not None:
        return False
    for child in parse.children(token.i):
        if child.dep in {"acomp", "attr", "oprd"} or (
            child.dep in {"dobj", "prep"} and token.lemma in {"have", "be", "remain"}
        ):
            inner = [child, *[c for c in parse.subtree(child.i) if c.i != child.i]][:8]
            for word in inner:
                does = _class_of(parse, word) or ("reject" if word.lemma in HARM else None)
                if does is None:
                    continue
                turned = denied != is_negated(parse, word)
                _say(does, state, turned=turned, why=f"is {word.lemma}")
                return True
    if _harmful(parse, token):
        if not denied:
            state.to(Stance.REJECTS, 0.75, f"{token.lemma} to harm")
        else:
            state.to(Stance.BACKS, 0.6, "no harm")
        return True
    return False


def _say(does: str, state: _State, *, turned: bool, why: str) -> None:
    table = {
        ("reject", False): Stance.REJECTS,
        ("reject", True): Stance.OPEN,
        ("back", False): Stance.BACKS,
        ("back", True): Stance.REJECTS,
        ("open", False): Stance.OPEN,
        ("open", True): Stance.REJECTS,
    }
    state.to(table[does, turned], 0.8, f"not {why}" if turned else why)


def _harmful(parse: Parse, token: Token) -> bool:
    """Whether a verb leads to harm: "would mean war", "leads to a direct conflict"."""
    if token.lemma not in {
        "lead",
        "mean",
        "cause",
        "trigger",
        "bring",
        "risk",
        "provoke",
        "result",
        "draw",
        "drag",
        "be",
        "make",
        "become",
        "spark",
        "push",
        "escalate",
        "amount",
        "constitute",
        "follow",
        "create",
        "increase",
    }:
        return False
    return any(
        t.lemma in HARM
        for t in parse.subtree(token.i)
        if t.i > token.i and t.dep in {"pobj", "dobj", "attr", "nsubj", "compound", "conj"}
    )


def _vote(parse: Parse, inside: Collection[int]) -> Judgement | None:
    """The words of the passage, each turned by a negation up to three words before it."""
    votes = {Stance.BACKS: 0.0, Stance.OPEN: 0.0, Stance.REJECTS: 0.0}
    order = sorted(inside)
    for place, i in enumerate(order):
        token = parse.tokens[i]
        does = _class_of(parse, token)
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
