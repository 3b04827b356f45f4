"""Stance composed along the parse, from the mention of the proposal upwards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.extract._parse import Parse, Token
from app.extract._stance._grammar import auxiliaries, class_of, has_condition, is_negated
from app.extract._stance._words import HARM, NEUTRAL, POSSIBLE
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
class State:
    value: Stance | None = None
    strength: float = 0.0
    why: str = "mention"

    def to(self, value: Stance, strength: float, why: str) -> None:
        self.value, self.strength, self.why = value, strength, why


def climb(parse: Parse, pivot: int, inside: Collection[int]) -> Judgement | None:
    state = State()
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


def _first(parse: Parse, token: Token, state: State) -> None:
    """What hangs on the mention itself: "no troops", "should send"."""
    if token.pos in {"VERB", "AUX"}:
        _act(parse, token, state)
    elif is_negated(parse, token):
        state.to(Stance.REJECTS, 0.75, f"no {token.lemma}")
    for child in parse.children(token.i):
        if child.dep == "amod" and class_of(parse, child) == "reject":
            state.to(Stance.REJECTS, 0.6, child.lemma)


def _act(parse: Parse, token: Token, state: State) -> None:
    """A verb that does the proposed thing itself, denied, possible, due or plain."""
    aux = auxiliaries(parse, token)
    if is_negated(parse, token):
        state.to(Stance.OPEN if state.value is Stance.REJECTS else Stance.REJECTS, 0.8, f"not {token.lemma}")
        return
    if state.value is Stance.REJECTS:
        return
    if aux & POSSIBLE or (aux & {"would"} and has_condition(parse, token)):
        state.to(Stance.OPEN, 0.7, f"may {token.lemma}")
    elif has_condition(parse, token):
        state.to(Stance.OPEN, 0.65, f"{token.lemma}, if")
    elif aux & {"should", "must", "shall", "ought"}:
        state.to(Stance.BACKS, 0.75, f"should {token.lemma}")
    elif aux & {"will", "'ll", "’ll", "would"}:
        state.to(Stance.BACKS, 0.7, f"will {token.lemma}")


def _apply(parse: Parse, token: Token, below: Token, state: State) -> None:
    kind = class_of(parse, token)
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
        elif state.value is Stance.BACKS and auxiliaries(parse, token) & {"could", "may", "might"}:
            state.to(Stance.OPEN, 0.65, f"may {token.lemma}")
        return
    take(parse, token, state, kind, denied=denied)


def take(parse: Parse, token: Token, state: State, kind: str, *, denied: bool) -> None:
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


def _reject(token: Token, state: State, *, denied: bool) -> None:
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


def _back(parse: Parse, token: Token, state: State, *, denied: bool) -> None:
    aux = auxiliaries(parse, token)
    if denied:
        state.to(
            Stance.REJECTS if state.value is not Stance.REJECTS else Stance.OPEN, 0.8, f"not {token.lemma}"
        )
    elif state.value in {Stance.REJECTS, Stance.OPEN}:
        return
    elif aux & POSSIBLE or has_condition(parse, token):
        state.to(Stance.OPEN, 0.65, f"may {token.lemma}")
    else:
        state.to(Stance.BACKS, 0.75, token.lemma)


def _open(token: Token, state: State, *, denied: bool) -> None:
    if denied:
        state.to(Stance.REJECTS, 0.75, f"not {token.lemma}")
    elif state.value is not Stance.REJECTS or token.lemma in {"consider", "discuss", "debate"}:
        state.to(Stance.OPEN, 0.7, token.lemma)


def _predicate(
    parse: Parse, token: Token, below: Token, state: State, *, denied: bool, kind: str | None
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
                does = class_of(parse, word) or ("reject" if word.lemma in HARM else None)
                if does is None:
                    continue
                turned = denied != is_negated(parse, word)
                say(does, state, turned=turned, why=f"is {word.lemma}")
                return True
    if _harmful(parse, token):
        if not denied:
            state.to(Stance.REJECTS, 0.75, f"{token.lemma} to harm")
        else:
            state.to(Stance.BACKS, 0.6, "no harm")
        return True
    return False


def say(does: str, state: State, *, turned: bool, why: str) -> None:
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
