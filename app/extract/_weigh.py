"""How sure: what speaks for and against a candidate, weighed by a small linear model.

The rules that find a candidate each know a little of how far they can be trusted: whether a keyword stood
there word for word, whether the actor was a pronoun, which rule gave which stance; and the trained reader
has its own verdict. A conditional logit model over these gives the chance of each stance, and of none:
what is common to the stances (does this actor take a position on this question here at all?) has one
weight each, what speaks for a certain stance another. It is trained on annotated texts
(training/statements.py). No feature names a question, an actor or a word of either, so the weights hold
for questions nobody has asked yet.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.extract._actors import Who
from app.extract._stance import Judgement
from app.extract._topics import RECENT, Signs, Topic
from app.extract._verdict import CLASSES, Passage
from app.records import Attribution, Proposal, Question, Stance

WEIGHTS = Path(__file__).parent / "weights.json"
# Less sure than this is not proposed at all: where precision and recall of the whole balance.
LEAST = 0.25
# The trained reader is asked only where there is at least this chance of a position without it.
SIFT = 0.03
STANCES = tuple(c for c in CLASSES if c is not None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal whose stance is still to be told, with what it rests on."""

    proposal: Proposal
    who: Who
    signs: Signs
    topic: Topic | None
    judgement: Judgement | None
    idiom: Stance | None
    kind: str
    words: int
    others: int  # actors that share the claim
    elses: bool  # whether an actor of another side is the subject of what carries the proposal
    passage: Passage
    question: Question
    words_read: tuple[str, ...] = ()  # what the passage's words were read as
    lexis: tuple[float, ...] = ()  # the chances of CLASSES that the passage's words give
    verdict: tuple[float, ...] = ()  # the trained reader's chances of CLASSES, once it was asked


def common_features(candidate: Candidate) -> dict[str, float]:
    """What speaks for there being a position at all: named features, each about 0..1."""
    signs, who, topic = candidate.signs, candidate.who, candidate.topic
    hit = signs.hit
    named = {
        "": 1.0,
        "own": signs.own,
        "share": signs.share,
        "beside": signs.beside,
        "back": 1 - signs.back / RECENT,
        "recent": signs.recent,
        "newest": float(signs.newest),
        "newest*back": float(signs.newest) * (1 - signs.back / RECENT),
        "after": signs.after,
        "first": signs.first,
        "weight": min(3.0, math.log1p(signs.weight)) / 3,
        "part": signs.part,
        "claimed": min(3.0, math.log1p(signs.claimed)) / 3,
        "leads": signs.leads,
        "rival": signs.rival,
        "own-rival": max(0.0, signs.own - signs.rival),
        "rival recent": signs.rival_recent,
        "place": signs.place,
        "strict": min(hit.strict, 3) / 3 if hit else 0.0,
        "loose": min(hit.loose, 3) / 3 if hit else 0.0,
        "covered": hit.covered if hit else 0.0,
        "nots": float(min(hit.nots, 2)) if hit else 0.0,
        "chosen": float(topic is not None),
        f"chosen:{topic.back if topic is not None else 'no'}": 1.0,
        "rivals": float(min(topic.rivals, 3)) / 3 if topic is not None else 0.0,
        f"kind:{candidate.kind}": 1.0,
        f"who:{who.kind}": 1.0,
        "sure": who.sure,
        "known": float(who.actor is not None),
        "via": float(who.via is not None),
        "others": float(candidate.others > 1),
        "elses": float(candidate.elses),
        "long": min(candidate.words, 60) / 60,
        "short": float(candidate.words < 6),
        "quoted": float(candidate.proposal.attribution is not Attribution.INDIRECT),
        "judged": candidate.judgement.sure if candidate.judgement is not None else 0.0,
        "no judgement": float(candidate.judgement is None),
        "idiom": float(candidate.idiom is not None),
    }
    if candidate.judgement is not None:
        named[f"rule:{_rule(candidate.judgement)}"] = 1.0
        named["own*judged"] = signs.own * candidate.judgement.sure
    if candidate.lexis:
        position = _log_odds(1 - candidate.lexis[0])
        named["lexis"] = position
        named[f"lexis:{candidate.kind}"] = position
        named["lexis*own"] = position * signs.own
    if candidate.verdict:
        position = _log_odds(1 - candidate.verdict[0])
        named["verdict"] = position
        named[f"verdict:{candidate.kind}"] = position
        named["verdict*own"] = position * signs.own
        named["verdict*sure"] = position * (1 - who.sure)
    return named


def stance_features(candidate: Candidate, stance: Stance) -> dict[str, float]:
    """What speaks for one stance; each has one weight, whichever stance it is asked for."""
    named = {f"is:{stance}": 1.0}
    judgement, idiom = candidate.judgement, candidate.idiom
    if judgement is not None and judgement.stance is stance:
        named["judge"] = judgement.sure
        named[f"judge:{_rule(judgement)}"] = 1.0
        named[f"judge:{stance}"] = judgement.sure
        named["judge&idiom"] = float(idiom is stance)
    if idiom is stance:
        named["says"] = 1.0
        named[f"says:{stance}"] = 1.0
    if candidate.lexis:
        chance = candidate.lexis[CLASSES.index(stance)]
        named["words"] = math.log(chance / max(1e-6, 1 - candidate.lexis[0]) + 1e-3)
        named["words&judge"] = (judgement.sure if judgement and judgement.stance is stance else 0.0) * chance
    if candidate.verdict:
        chance = candidate.verdict[CLASSES.index(stance)]
        named["reads"] = math.log(chance / max(1e-6, 1 - candidate.verdict[0]) + 1e-3)
        named["reads&says"] = float(idiom is stance) * chance
        named["reads&judge"] = (judgement.sure if judgement and judgement.stance is stance else 0.0) * chance
    return named


def _log_odds(chance: float) -> float:
    bounded = min(0.999, max(0.001, chance))
    return math.log(bounded / (1 - bounded)) / 7


def _rule(judgement: Judgement) -> str:
    """The kind of rule that judged, without the word it saw."""
    why = judgement.why
    for kind in ("not ", "no ", "may ", "should ", "will ", "is "):
        if why.startswith(kind):
            return kind.strip()
    if why in {"words", "against", "rather than", "no harm"} or why.endswith(("harm", "refusal", ", if")):
        return why.split()[-1]
    return "word"


class Layer(NamedTuple):
    """Weights by feature name: what is common to the stances, and what speaks for one of them."""

    common: Mapping[str, float]
    stance: Mapping[str, float]


class Weights(NamedTuple):
    """`first` knows nothing of the trained reader and sifts what it is asked; `full` decides.

    `promise` (slope, shift) turns the model's log-odds into those that texts it had not seen bore out.
    """

    first: Layer
    full: Layer
    promise: tuple[float, float] = (1.0, 0.0)


@lru_cache(maxsize=1)
def _weights() -> Weights:
    loaded = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    slope, shift = loaded["promise"]
    return Weights(Layer(**loaded["first"]), Layer(**loaded["full"]), (slope, shift))


def _chances(candidate: Candidate, layer: Layer) -> dict[Stance, float]:
    base = sum(layer.common.get(n, 0.0) * v for n, v in common_features(candidate).items())
    scores = {
        s: base + sum(layer.stance.get(n, 0.0) * v for n, v in stance_features(candidate, s).items())
        for s in STANCES
    }
    highest = max(0.0, *scores.values())
    total = math.exp(-highest) + sum(math.exp(s - highest) for s in scores.values())
    return {s: math.exp(v - highest) / total for s, v in scores.items()}


def may_be(candidate: Candidate, weights: Weights | None = None) -> bool:
    """Whether a candidate is worth asking the trained reader about: most are not."""
    first = (weights or _weights()).first
    return sum(_chances(replace(candidate, verdict=()), first).values()) >= SIFT


def chances(candidate: Candidate, weights: Weights | None = None) -> dict[Stance, float]:
    """The chance, in 0..1, of each stance; what is missing to 1 is that this is no statement."""
    return _chances(candidate, (weights or _weights()).full)


def propose(candidate: Candidate, weights: Weights | None = None) -> Proposal:
    """The proposal with its likeliest stance; `confidence` is the chance that all of it is right."""
    weights = weights or _weights()
    found = chances(candidate, weights)
    stance = max(found, key=lambda s: found[s])
    confidence = min(0.99, promised(found[stance], weights.promise))
    return replace(candidate.proposal, stance=stance, confidence=round(confidence, 3))


def promised(chance: float, promise: tuple[float, float]) -> float:
    """The chance as it was borne out."""
    bounded = min(0.9999, max(0.0001, chance))
    slope, shift = promise
    return 1 / (1 + math.exp(-slope * math.log(bounded / (1 - bounded)) - shift))
