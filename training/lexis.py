"""Train what the words of a passage say of a stance: a linear model over features of app/extract/_lexis.py.

    python -m training.lexis [--news NEWS.jsonl] --out app/extract/lexis.tsv

Multinomial logistic regression with an L2 penalty, fitted by L-BFGS, on the labelled passages, and on the
candidates of the annotated articles that are not kept for the weights (training/corpus.py). Features that
occur in fewer than three passages are left out; weights are written in hundredths.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from app.config import ROOT
from app.extract._lexis import read_words
from app.extract._parse import parse_many
from app.extract._questions import Matcher
from app.extract._topics import Topics
from app.extract._verdict import CLASSES
from training.corpus import find_labelled, held_out, question_of, read_news, read_texts
from training.verdict import CLASS_NAMES, passage_of

PENALTY = 0.3
LEAST = 3  # passages a feature must occur in
NEGATIVES = 4  # candidates without a position for each with one
PLACES = 400  # passages that are parsed at a time

Example = tuple[tuple[str, ...], int]


def examples_of_passages(folder: Path, rng: random.Random) -> Iterator[Example]:
    for path in sorted(folder.glob("*.jsonl")):
        entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for entry in entries:
            question = question_of(entry["proposal"])
            matcher = Matcher([question], [])
            passages = [(p, passage_of(p, rng)) for p in entry["passages"]]
            parses = parse_many([(x.text, [(0, len(x.text))]) for _, x in passages])
            for (p, passage), parse in zip(passages, parses, strict=True):
                inside = {t.i for t in parse.tokens_in(passage.start, passage.end)}
                signs = Topics(parse, matcher).signs(inside)
                pivots = signs[0].hit.words if signs and signs[0].hit else ()
                yield read_words(parse, inside, pivots, question), CLASS_NAMES.index(p["stance"])


def fit(examples: Sequence[Example]) -> dict[str, list[float]]:
    counts = Counter(n for words, _ in examples for n in words)
    names = sorted(n for n, c in counts.items() if c >= LEAST)
    place = {n: i for i, n in enumerate(names)}
    rows, columns, values = [], [], []
    for row, (words, _) in enumerate(examples):
        scale = 1 / np.sqrt(max(1, len(words)))
        for n in words:
            if n in place:
                rows.append(row)
                columns.append(place[n])
                values.append(1.0 if n == "?" else scale)
    x = csr_matrix((values, (rows, columns)), shape=(len(examples), len(names)))
    label = np.array([k for _, k in examples])
    size = len(CLASSES)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(len(names), size)
        scores = x @ w
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        chance /= chance.sum(axis=1, keepdims=True)
        value = -np.log(chance[np.arange(len(label)), label] + 1e-12).sum()
        error = chance
        error[np.arange(len(label)), label] -= 1
        return value + 0.5 * PENALTY * (w * w).sum(), (x.T @ error + PENALTY * w).ravel()

    found = minimize(loss, np.zeros(len(names) * size), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return dict(zip(names, found.x.reshape(len(names), size).tolist(), strict=True))


def gather(passages: Path, news: Path | None, rng: random.Random) -> list[Example]:
    examples = list(examples_of_passages(passages, rng))
    documents = [d for d in read_texts() + (read_news(news) if news else []) if not held_out(d)]
    found = list(find_labelled(documents, verdicts=False))
    with_position = [x for x in found if x.label != "none"]
    without = [x for x in found if x.label == "none" and not x.same_passage]
    rng.shuffle(without)
    examples += [
        (x.candidate.words_read, CLASS_NAMES.index(x.label))
        for x in (*with_position, *without[: NEGATIVES * len(with_position)])
    ]
    return examples


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=Path, default=ROOT / "training" / "passages")
    parser.add_argument("--news", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    examples = gather(args.passages, args.news, random.Random(1))
    weights = fit(examples)
    with args.out.open("w", encoding="utf-8") as out:
        for name, values in sorted(weights.items()):
            rounded = [round(100 * v) for v in values]
            if any(abs(v) >= 3 for v in rounded):
                out.write("\t".join([name, *map(str, rounded)]) + "\n")
    print(len(examples), "examples,", len(weights), "features")


if __name__ == "__main__":
    main()
