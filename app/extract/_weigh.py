"""How sure: what speaks for and against a candidate, weighed by a small linear model.

The rules that find a candidate each know a little of how far they can be trusted: whether a keyword stood
there word for word, whether the actor was a pronoun, which rule gave the stance. A logistic regression
over these, trained on annotated texts (training/statements.py), turns them into the share of such
candidates that are right. No feature names a question, an actor or a word of either, so the weights hold
for questions nobody has asked yet.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from app.extract._actors import Who
from app.extract._stance import Judgement
from app.extract._topics import Topic
from app.records import Attribution, Proposal

WEIGHTS = Path(__file__).parent / "weights.json"
# Less sure than this is not proposed at all: where precision and recall of the whole balance.
LEAST = 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal with what it rests on."""

    proposal: Proposal
    who: Who
    topic: Topic
    judgement: Judgement
    kind: str
    words: int
    weight: float  # how much the whole text speaks of the question

    def propose(self, sure: float) -> Proposal:
        return replace(self.proposal, confidence=round(min(0.99, sure), 3))


def features_of(candidate: Candidate) -> dict[str, float]:
    """Named features, each about 0..1."""
    topic, who, judgement, proposal = candidate.topic, candidate.who, candidate.judgement, candidate.proposal
    hit = topic.hit
    named = {
        "score": hit.score,
        "strict": min(hit.strict, 3) / 3,
        "loose": min(hit.loose, 3) / 3,
        "covered": hit.covered,
        "nots": float(min(hit.nots, 2)),
        "share": topic.share,
        "place": topic.place,
        "rivals": float(min(topic.rivals, 3)),
        f"back:{topic.back}": 1.0,
        f"kind:{candidate.kind}": 1.0,
        f"who:{who.kind}": 1.0,
        "sure": who.sure,
        "known": float(who.actor is not None),
        "via": float(who.via is not None),
        f"stance:{judgement.stance}": 1.0,
        f"stance:{judgement.stance}:{candidate.kind}": 1.0,
        "judged": judgement.sure,
        f"rule:{_rule(judgement)}": 1.0,
        "long": min(candidate.words, 60) / 60,
        "weight": math.log1p(candidate.weight) / 3,
        "quoted": float(proposal.attribution is not Attribution.INDIRECT),
        "pivots": float(bool(hit.words)),
    }
    named["score*judged"] = hit.score * judgement.sure
    named["strict*judged"] = float(hit.strict > 0) * judgement.sure
    named["weight*back"] = named["weight"] * float(topic.back > 0)
    return named


def _rule(judgement: Judgement) -> str:
    """The kind of rule that judged, without the word it saw."""
    why = judgement.why
    if why.startswith("idiom"):
        return why
    for kind in ("not ", "no ", "may ", "should ", "will ", "is "):
        if why.startswith(kind):
            return kind.strip()
    if why in {"words", "against", "rather than", "no harm"} or why.endswith(("harm", "refusal", ", if")):
        return why.split()[-1]
    return "word"


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return loaded


def weigh(candidate: Candidate) -> float:
    """The chance, in 0..1, that actor, question, passage and stance are all right."""
    if not WEIGHTS.exists():
        return min(0.99, candidate.judgement.sure * candidate.topic.hit.score * candidate.who.sure)
    weights = _weights()
    total = weights.get("", 0.0) + sum(
        weights.get(name, 0.0) * value for name, value in features_of(candidate).items()
    )
    return 1 / (1 + math.exp(-total))
