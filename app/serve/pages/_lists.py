"""What pages with lists share: cutting a long list in memory, choices, words for what is listed."""

from __future__ import annotations

from collections.abc import Sequence

from app.records import ActorKind, Attribution, Question, Stance
from app.serve.addresses import Pair, query
from app.serve.pages._parts import Choice, Pager, choose
from app.serve.words import ATTRIBUTIONS, STANCES

KINDS = {
    ActorKind.PERSON: "Persons",
    ActorKind.STATE: "States",
    ActorKind.INSTITUTION: "Institutions",
    ActorKind.ALLIANCE: "Alliances",
}
ONE_OF_A_KIND = {
    ActorKind.PERSON: "",
    ActorKind.STATE: "state",
    ActorKind.INSTITUTION: "institution",
    ActorKind.ALLIANCE: "alliance",
}


def make_pager(path: str, pairs: Sequence[Pair], following: str | None, cursor: str | None) -> Pager:
    """The way to the next page of a list, and back to the first."""
    return Pager(
        first=path + query(pairs) if cursor else "",
        next=path + query([*pairs, ("cursor", following)]) if following else "",
    )


def choose_question(questions: Sequence[Question], chosen: str, name: str = "f-question") -> Choice:
    pairs = [("", "All"), *((question.slug, question.title) for question in questions)]
    return choose(name, "question", "Question", pairs, chosen)


def choose_stance(chosen: str, name: str = "f-stance") -> Choice:
    pairs = [("", "Any"), *((word.slug, word.label) for word in STANCES if word.slug != "silent")]
    return choose(name, "stance", "Stance", pairs, chosen)


def choose_attribution(chosen: str, name: str = "f-attribution") -> Choice:
    pairs = [("", "Any"), *((key.value, words) for key, words in ATTRIBUTIONS.items())]
    return choose(name, "attribution", "Attribution", pairs, chosen)


def first_of(values: Sequence[Stance] | Sequence[Attribution] | Sequence[str]) -> str:
    """What a select shows when the address names several: the first."""
    return str(values[0]) if values else ""
