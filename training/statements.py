"""Train the weights that turn what a candidate rests on into the chance of each stance, and of none.

    python -m training.statements GOLD_FOLDER [--news NEWS.jsonl] --out app/extract/weights.json

A conditional logit model with an L2 penalty over the features of app/extract/_weigh.py, fitted by L-BFGS.
It learns from the annotated texts, from the articles that were kept from the trained reader
(training/corpus.py), and from the sample briefs. No feature names a question or an actor. The figures
printed are of weights that have not seen the text they are asked about (ten folds by text), and of weights
that have not seen the question (one question left out at a time).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from app.config import ROOT
from app.extract._pipeline import find_candidates, read_verdicts, sift, without_doubles
from app.extract._topics import CLEAR
from app.extract._weigh import (
    STANCES,
    Candidate,
    Layer,
    Weights,
    chances,
    common_features,
    may_be,
    propose,
    stance_features,
)
from app.records import Proposal, SourceText
from app.registers import load_questions, load_registers
from training.corpus import Labelled, find_labelled, held_out, name_slugs, read_gold, read_news, read_texts

PENALTY = 2.0
FOLDS = 10
WORTH = 0.1  # what is less sure than this, before calibration, is not looked at
BRIEFS = ROOT / "data" / "briefs"
EXPECTED = ROOT / "training" / "briefs.json"

VERDICT = ("verdict", "reads")  # how names of features begin that come from the trained reader


@dataclass(frozen=True)
class Example:
    """What a candidate rests on, and its class: the index of its stance in STANCES, or -1 for none."""

    text: str
    question: str
    common: dict[str, float]
    stance: tuple[dict[str, float], ...]
    label: int


def example_of(text: str, candidate: Candidate, label: str) -> Example:
    return Example(
        text,
        candidate.proposal.question,
        common_features(candidate),
        tuple(stance_features(candidate, s) for s in STANCES),
        -1 if label == "none" else [str(s) for s in STANCES].index(label),
    )


def examples_of(labelled: Sequence[Labelled]) -> list[Example]:
    return [example_of(x.document.id, x.candidate, x.label) for x in labelled]


def examples_of_briefs() -> list[Example]:
    """The sample briefs, whose every position is known: plain texts beside the tangled ones of the press.

    training/briefs.json says who takes which stance on what in each; the passage is not marked there, so a
    candidate is taken to be a statement when its actor has one on the question.
    """
    registry, questions = load_registers(), load_questions()
    slugs = name_slugs(registry)
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    briefs = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(BRIEFS.glob("*.json"))}
    names = sorted(briefs.keys() & expected.keys())
    sources = [
        SourceText(
            n, briefs[n]["text"], briefs[n].get("title"), date.fromisoformat(briefs[n]["published"][:10])
        )
        for n in names
    ]
    found = read_verdicts(sift(find_candidates(sources, questions, registry)))
    examples = []
    for name, candidates in zip(names, found, strict=True):
        wanted = {(slugs.get(s["speaker"], s["speaker"]), s["question"]): s["stance"] for s in expected[name]}
        for c in candidates:
            p = c.proposal
            # Which of an actor's passages holds the position is not marked: only what names the question
            # counts as one, and what else the actor says there teaches nothing.
            known = (p.actor or p.speaker, p.question)
            if known not in wanted:
                examples.append(example_of(f"brief {name}", c, "none"))
            elif c.topic is not None and c.signs.own >= CLEAR:
                examples.append(example_of(f"brief {name}", c, wanted[known]))
    return examples


class Table:
    """Examples as arrays: `common` (n, f), `stance` (n, stances, g), `label` (n), 0 for none."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.common_names = sorted({n for e in examples for n in e.common})
        self.stance_names = sorted({n for e in examples for s in e.stance for n in s})
        place = {n: i for i, n in enumerate(self.common_names)}
        place_stance = {n: i for i, n in enumerate(self.stance_names)}
        self.common = np.zeros((len(examples), len(place)))
        self.stance = np.zeros((len(examples), len(STANCES), len(place_stance)))
        for row, e in enumerate(examples):
            for n, v in e.common.items():
                self.common[row, place[n]] = v
            for k, named in enumerate(e.stance):
                for n, v in named.items():
                    self.stance[row, k, place_stance[n]] = v
        self.label = np.array([e.label + 1 for e in examples])

    def fit(self, rows: np.ndarray) -> Weights:
        """Weights from these rows only: without the trained reader, and with it."""
        return Weights(self._fit(rows, verdict=False), self._fit(rows, verdict=True))

    def _fit(self, rows: np.ndarray, *, verdict: bool, penalty: float = PENALTY) -> Layer:
        common, stance, label = self.common[rows], self.stance[rows], self.label[rows]
        if not verdict:
            common = common * [float(not n.startswith(VERDICT)) for n in self.common_names]
            stance = stance * [float(not n.startswith(VERDICT)) for n in self.stance_names]
        f, n = common.shape[1], len(rows)
        free = np.array([float(name != "") for name in self.common_names] + [1.0] * len(self.stance_names))

        def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
            scores = np.zeros((n, 1 + len(STANCES)))
            scores[:, 1:] = (common @ w[:f])[:, None] + stance @ w[f:]
            scores -= scores.max(axis=1, keepdims=True)
            chance = np.exp(scores)
            chance /= chance.sum(axis=1, keepdims=True)
            error = chance.copy()
            error[np.arange(n), label] -= 1
            slope = np.concatenate(
                [common.T @ error[:, 1:].sum(axis=1), np.einsum("nk,nkg->g", error[:, 1:], stance)]
            )
            value = -np.log(chance[np.arange(n), label] + 1e-12).sum()
            return value + 0.5 * penalty * (free * w * w).sum(), slope + penalty * free * w

        found = minimize(
            loss, np.zeros(f + stance.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 300}
        ).x
        return Layer(_named(self.common_names, found[:f]), _named(self.stance_names, found[f:]))


def _named(names: Sequence[str], values: np.ndarray) -> dict[str, float]:
    return {n: round(float(v), 4) for n, v in zip(names, values, strict=True) if abs(v) >= 0.00005}


def folds_by(examples: Sequence[Example], field: str) -> list[list[int]]:
    values = sorted({getattr(e, field) for e in examples})
    random.Random(7).shuffle(values)
    size = FOLDS if field == "text" else len(values)
    groups = [set(values[i::size]) for i in range(size)]
    return [[i for i, e in enumerate(examples) if getattr(e, field) in g] for g in groups]


def cross_validate(
    examples: Sequence[Example], field: str, beside: Sequence[Example] = ()
) -> list[tuple[list[int], Weights]]:
    """Folds of `examples` with weights fitted without each; `beside` is always fitted, unless it shares
    the question that is left out."""
    table = Table([*examples, *beside])
    count = len(examples)
    found = []
    for fold in folds_by(examples, field):
        held = set(fold)
        questions = {examples[i].question for i in fold} if field == "question" else set()
        rows = [i for i in range(count) if i not in held]
        rows += [count + i for i, e in enumerate(beside) if e.question not in questions]
        found.append((fold, table.fit(np.array(rows))))
    return found


def calibrate(judged: Sequence[tuple[Proposal, bool]]) -> tuple[float, float]:
    """Slope and shift of the log-odds that make confidences come true (Platt), from proposals as `settle`
    would keep them, judged by weights that had not seen their text."""
    chance = np.clip([p.confidence for p, _ in judged], 0.0001, 0.9999)
    odds = np.log(chance / (1 - chance))
    right = np.array([float(r) for _, r in judged])

    def loss(w: np.ndarray) -> float:
        expected = 1 / (1 + np.exp(-w[0] * odds - w[1]))
        return float(-(right * np.log(expected) + (1 - right) * np.log(1 - expected)).sum())

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return round(float(slope), 4), round(float(shift), 4)


def judge_unseen(
    own: Sequence[Labelled], folds: Sequence[tuple[list[int], Weights]]
) -> list[tuple[str, Proposal, bool]]:
    """What would be proposed in each text by weights that have not seen it, and whether it is right."""
    by_text: dict[str, list[tuple[Proposal, bool]]] = {}
    for fold, weights in folds:
        for i in fold:
            if may_be(own[i].candidate, weights):
                p = propose(own[i].candidate, weights)
                by_text.setdefault(own[i].document.id, []).append((p, own[i].label == p.stance))
    kept = []
    for text, proposals in by_text.items():
        right = {id(p): r for p, r in proposals}
        kept += [
            (text, p, right[id(p)])
            for p in without_doubles([p for p, _ in proposals if p.confidence >= WORTH])
        ]
    return kept


def with_promise(
    own: Sequence[Labelled], folds: Sequence[tuple[list[int], Weights]], field: str
) -> list[tuple[list[int], Weights]]:
    """The folds with confidences that keep what they promise: learned for each from the other folds."""
    judged = judge_unseen(own, folds)
    promised = []
    for fold, weights in folds:
        held = {own[i].document.id if field == "text" else own[i].candidate.proposal.question for i in fold}
        others = [
            (p, right) for text, p, right in judged if (text if field == "text" else p.question) not in held
        ]
        promised.append((fold, weights._replace(promise=calibrate(others))))
    return promised


def gather(gold: Path, news: Path | None) -> tuple[list[Labelled], list[Example]]:
    """Candidates of the annotated texts, and the examples that are fitted beside them."""
    own = list(find_labelled(read_gold(gold), sifted=False))
    documents = read_texts() + (read_news(news) if news else [])
    beside = examples_of(list(find_labelled([d for d in documents if held_out(d)])))
    return own, [*beside, *examples_of_briefs()]


def write_weights(weights: Weights, path: Path) -> None:
    layers = {"first": weights.first._asdict(), "full": weights.full._asdict(), "promise": weights.promise}
    path.write_text(json.dumps(layers, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    own, beside = gather(args.gold, args.news)
    examples = examples_of(own)
    print(f"{len(examples)} candidates, {sum(e.label >= 0 for e in examples)} right; beside {len(beside)}")
    for field in ("text", "question"):
        sure = [(0.0, False)] * len(examples)
        for fold, weights in cross_validate(examples, field, beside):
            for i in fold:
                if not may_be(own[i].candidate, weights):
                    continue
                found = list(chances(own[i].candidate, weights).values())
                best = int(np.argmax(found))
                sure[i] = (found[best], best == examples[i].label)
        for least in (0.2, 0.3, 0.4, 0.5, 0.7):
            kept = [right for chance, right in sure if chance >= least]
            print(
                f"unseen {field}, sure >= {least}: {len(kept)} kept, {sum(kept) / max(1, len(kept)):.2f} right"
            )
    table = Table([*examples, *beside])
    judged = judge_unseen(own, cross_validate(examples, "text", beside))
    weights = table.fit(np.arange(len(table.label)))._replace(promise=calibrate([j[1:] for j in judged]))
    write_weights(weights, args.out)


if __name__ == "__main__":
    main()
