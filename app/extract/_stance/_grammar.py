"""What a word does where it stands: its class with its particle, and whether it is denied or conditional."""

from __future__ import annotations

from app.extract._parse import Parse, Token
from app.extract._stance._words import BACK, NEGATORS, OPEN, PARTICLES, REJECT


def class_of(parse: Parse, token: Token) -> str | None:
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


def auxiliaries(parse: Parse, token: Token) -> set[str]:
    return {c.text.casefold() for c in parse.children(token.i) if c.dep in {"aux", "auxpass"}}


def has_condition(parse: Parse, token: Token) -> bool:
    for child in parse.children(token.i):
        if child.dep == "advcl" and any(
            c.lemma in {"if", "unless", "provided", "until", "once"} and c.dep in {"mark", "advmod"}
            for c in parse.children(child.i)
        ):
            return True
        if child.lemma in {"unless"}:
            return True
    return False
