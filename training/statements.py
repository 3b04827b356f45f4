"""Train the weights that turn what a candidate rests on into the chance that it is right.

    python training/statements.py GOLD_FOLDER --out app/extract/weights.json

A logistic regression with an L2 penalty, fitted by Newton's method, over the features of
app/extract/_weigh.py. A candidate counts as right when speaker, question, passage and stance agree with an
annotated statement. No feature names a question or an actor. The figures printed are of weights that have
not seen the text they are asked about (ten folds by text), and of weights that have not seen the question
(one question left out at a time).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from app.config import ROOT
from app.extract._pipeline import find_candidates
from app.extract._weigh import Candidate, features_of
from app.records import SourceText
from app.registers import Registry, load_questions, load_registers

PENALTY = 3.0
FOLDS = 10
BRIEFS = ROOT / "data" / "briefs"
EXPECTED = ROOT / "training" / "briefs.json"


@dataclass(frozen=True)
class Example:
    """A candidate with what it rests on, and whether it is right."""

    text: str
    question: str
    features: dict[str, float]
    right: bool


def read_gold(folder: Path) -> list[dict[str, Any]]:
    files = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    return [f for f in files if isinstance(f, dict) and "statements" in f]


def is_right(candidate: Candidate, statements: Sequence[dict[str, Any]], slugs: dict[str, str]) -> bool:
    """Whether an annotated statement agrees in speaker, question, stance and half of the shorter passage."""
    p = candidate.proposal
    for s in statements:
        shared = min(p.end, s["end"]) - max(p.start, s["start"])
        if (
            s["question"] == p.question
            and s["stance"] == p.stance
            and slugs.get(s["speaker"], s["speaker"]) in {p.actor, p.speaker}
            and shared > 0
            and shared >= 0.5 * min(p.end - p.start, s["end"] - s["start"])
        ):
            return True
    return False


def source_of(document: dict[str, Any]) -> SourceText:
    published = document.get("published")
    on = date.fromisoformat(published[:10]) if published else None
    return SourceText(document["id"], document["text"], document.get("title"), on)


def slugs_by_name(registry: Registry) -> dict[str, str]:
    """Slugs by every name; an official name wins over another actor's alias."""
    slugs = {name: a.slug for a in registry.actors.values() for name in a.aliases}
    slugs |= {a.name.removeprefix("The "): a.slug for a in registry.actors.values()}
    return slugs | {a.name: a.slug for a in registry.actors.values()}


def examples_of(gold: Sequence[dict[str, Any]]) -> list[Example]:
    registry = load_registers()
    slugs = slugs_by_name(registry)
    found = find_candidates([source_of(d) for d in gold], load_questions(), registry)
    return [
        Example(d["id"], c.proposal.question, features_of(c), is_right(c, d["statements"], slugs))
        for d, candidates in zip(gold, found, strict=True)
        for c in candidates
    ]


def examples_of_briefs() -> list[Example]:
    """The sample briefs, whose every position is known: plain texts beside the tangled ones of the press.

    training/briefs.json says who takes which stance on what in each; the passage is not marked there, so a
    candidate counts as right when actor, question and stance agree.
    """
    registry, questions = load_registers(), load_questions()
    slugs = slugs_by_name(registry)
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    briefs = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(BRIEFS.glob("*.json"))}
    names = sorted(briefs.keys() & expected.keys())
    found = find_candidates([source_of({"id": n, **briefs[n]}) for n in names], questions, registry)
    examples = []
    for name, candidates in zip(names, found, strict=True):
        wanted = {(slugs.get(s["speaker"], s["speaker"]), s["question"], s["stance"]) for s in expected[name]}
        for c in candidates:
            p = c.proposal
            right = (p.actor or p.speaker, p.question, p.stance.value) in wanted
            examples.append(Example(f"brief {name}", p.question, features_of(c), right))
    return examples


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weights by feature name; the constant's name is empty."""
    names = ["", *sorted({n for e in examples for n in e.features})]
    place = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(examples), len(names)))
    x[:, 0] = 1
    for row, e in enumerate(examples):
        for n, v in e.features.items():
            x[row, place[n]] = v
    y = np.array([float(e.right) for e in examples])
    penalty = np.full(len(names), PENALTY)
    penalty[0] = 1e-3
    w = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + penalty * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return {n: round(float(v), 4) for n, v in zip(names, w, strict=True)}


def predict(weights: dict[str, float], example: Example) -> float:
    total = weights.get("", 0.0) + sum(weights.get(n, 0.0) * v for n, v in example.features.items())
    return float(1 / (1 + np.exp(-total)))


def cross_validate(
    examples: Sequence[Example], folds: Sequence[Sequence[int]], *, beside: Sequence[Example] = ()
) -> list[float]:
    """For each example the chance by weights that were fitted without its fold; `beside` is always fitted."""
    sure = [0.0] * len(examples)
    for fold in folds:
        held = set(fold)
        weights = fit([*(e for i, e in enumerate(examples) if i not in held), *beside])
        for i in fold:
            sure[i] = predict(weights, examples[i])
    return sure


def folds_by(examples: Sequence[Example], field: str) -> list[list[int]]:
    values = sorted({getattr(e, field) for e in examples})
    random.Random(7).shuffle(values)
    size = FOLDS if field == "text" else len(values)
    groups = [set(values[i::size]) for i in range(size)]
    return [[i for i, e in enumerate(examples) if getattr(e, field) in g] for g in groups]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    examples = examples_of(read_gold(args.gold))
    briefs = examples_of_briefs()
    print(f"{len(briefs)} candidates in the sample briefs, {sum(e.right for e in briefs)} right")
    print(f"{len(examples)} candidates, {sum(e.right for e in examples)} right")
    for field in ("text", "question"):
        held = [e for e in briefs if field == "text"]
        sure = cross_validate(examples, folds_by(examples, field), beside=held)
        for least in (0.2, 0.3, 0.4, 0.5, 0.7):
            kept = [e.right for e, s in zip(examples, sure, strict=True) if s >= least]
            print(
                f"unseen {field}, sure >= {least}: {len(kept)} kept, {sum(kept) / max(1, len(kept)):.2f} right"
            )
    args.out.write_text(json.dumps({"weights": fit([*examples, *briefs])}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
