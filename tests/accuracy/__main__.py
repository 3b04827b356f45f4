"""What `make eval` prints: how well Demarche reads, measured against annotated texts.

The annotated texts are not part of the project. They are looked for in the folder that DEMARCHE_SHARED
names, else in `shared` beside the project; without them there is nothing to measure and this says so.

Weights that have not seen the text they are asked about give the first table (ten folds by text); the
rules themselves were developed on the same texts, which docs/evaluation.md says in full.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.config import ROOT
from app.extract import find_quotations
from app.extract._pipeline import settle
from app.extract._weigh import LEAST, Candidate, may_be, propose
from app.records import Proposal
from tests.accuracy.whole_way import print_whole_way
from training.corpus import Document, Labelled, read_gold
from training.statements import Example, cross_validate, examples_of, gather, judge_unseen, with_promise

PEERS = (
    "Gender Gap Tracker 43.9, BBC Citron retrained 53.1 (both end to end, as the corpus's README gives them)"
)


def main() -> int:
    shared = Path(os.environ.get("DEMARCHE_SHARED", ROOT.parent / "shared"))
    if not (shared / "gold" / "score.py").exists():
        print(
            f"No annotated texts in {shared}. Set DEMARCHE_SHARED to the folder that has gold/ and attribution/."
        )
        return 0
    print_attribution(shared / "attribution")
    print_statements(shared)
    print("Real articles all the way into the database\n")
    print_whole_way(shared / "news" / "news.jsonl")
    return 0


def print_attribution(folder: Path) -> None:
    print("Attribution on the development part of PolNeAR (84 texts)\n")
    lines = [
        json.loads(line) for line in (folder / "polnear-dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = find_quotations([d["text"] for d in lines])
    rows = [
        {
            "id": d["id"],
            "attributions": [
                {role: [[s.start, s.end] for s in getattr(q, role)] for role in ("source", "cue", "content")}
                for q in quotations
            ],
        }
        for d, quotations in zip(lines, found, strict=True)
    ]
    _score([str(folder / "score.py"), str(folder / "polnear-dev.jsonl")], rows)
    print(f"For comparison, on the same part: {PEERS}.\n")


def print_statements(shared: Path) -> None:
    gold = read_gold(shared / "gold")
    news = shared / "news" / "news.jsonl"
    own, beside = gather(shared / "gold", news if news.exists() else None)
    for field in ("text", "question"):
        print(f"Statements in the annotated texts; weights that have not seen the {field}\n")
        proposals = _cross_validated(own, beside, field)
        settled = [settle(proposals[d.id]) for d in gold]
        _score_statements(shared, gold, settled)
        if field == "text":
            _print_thresholds(shared, gold, settled)
            _print_calibration(own, beside)
    print("The same with less: what each part is worth (weights that have not seen the text)\n")
    for name, leave_out in WAYS.items():
        without = [replace(x, candidate=leave_out(x.candidate)) for x in own]
        fewer = [_without(e, name) for e in beside]
        proposals = _cross_validated(without, fewer, "text")
        found = json.loads(
            _score_statements(shared, gold, [settle(proposals[d.id]) for d in gold], show=False)
        )
        print(
            f"  {name:38} found {found['found']['f1']:.2f}  right {found['right']['f1']:.2f}"
            f"  cells {found['cells']['f1']:.2f}  stance {found['stance_of_found']:.2f}"
        )
    print("\nThe seed article, with the weights that are shipped\n")
    for p in settle([propose(x.candidate) for x in own if x.document.id == "seed" and may_be(x.candidate)]):
        print(f"  {p.confidence:.2f}  {p.speaker:24} {p.question:20} {p.stance}")


def _without_verdict(candidate: Candidate) -> Candidate:
    return replace(candidate, verdict=())


def _without_rules(candidate: Candidate) -> Candidate:
    return replace(candidate, judgement=None, idiom=None)


WAYS = {
    "rules and parse, no trained reader": _without_verdict,
    "trained reader, no rules of stance": _without_rules,
}
VERDICT_FEATURES = ("verdict", "reads")
RULE_FEATURES = ("judge", "says", "rule:", "idiom", "no judgement", "own*judged", "reads&")


def _without(example: Example, way: str) -> Example:
    """The example as it would be had the part of the pipeline not been asked."""
    gone = VERDICT_FEATURES if "no trained reader" in way else RULE_FEATURES

    def fewer(named: Mapping[str, float]) -> dict[str, float]:
        kept = {n: v for n, v in named.items() if not n.startswith(gone)}
        return kept | ({"no judgement": 1.0} if gone is RULE_FEATURES and "" in named else {})

    return replace(example, common=fewer(example.common), stance=tuple(fewer(s) for s in example.stance))


def _cross_validated(
    own: Sequence[Labelled], beside: Sequence[Example], field: str
) -> dict[str, list[Proposal]]:
    """The proposals of each text by weights that have not seen the text, or the question."""
    found: dict[str, list[Proposal]] = {x.document.id: [] for x in own}
    for fold, weights in with_promise(own, cross_validate(examples_of(own), field, beside), field):
        for i in fold:
            if may_be(own[i].candidate, weights):
                found[own[i].document.id].append(propose(own[i].candidate, weights))
    return defaultdict(list, found)


def _print_calibration(own: Sequence[Labelled], beside: Sequence[Example]) -> None:
    """How far confidence keeps what it promises, over all that is proposed."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    folds = with_promise(own, cross_validate(examples_of(own), "text", beside), "text")
    for _, p, right in judge_unseen(own, folds):
        if p.confidence >= LEAST:
            bins[min(9, int(p.confidence * 10))].append((p.confidence, right))
    count = sum(len(b) for b in bins.values())
    error = 0.0
    print("confidence    proposals  promised   right")
    for number in sorted(bins):
        promised = sum(c for c, _ in bins[number]) / len(bins[number])
        borne_out = sum(r for _, r in bins[number]) / len(bins[number])
        error += abs(promised - borne_out) * len(bins[number]) / count
        print(
            f"  {number / 10:.1f} to {number / 10 + 0.1:.1f}  {len(bins[number]):8}"
            f"      {promised:.2f}    {borne_out:.2f}"
        )
    print(f"  expected calibration error {error:.3f}\n")


def _print_thresholds(shared: Path, gold: Sequence[Document], settled: Sequence[Sequence[Proposal]]) -> None:
    print("by confidence     precision  recall  (right)")
    for least in (LEAST, 0.3, 0.5, 0.7, 0.9):
        kept = [[p for p in found if p.confidence >= least] for found in settled]
        right = json.loads(_score_statements(shared, gold, kept, show=False))["right"]
        print(f"  at least {least:.2f}      {right['precision']:.2f}     {right['recall']:.2f}")
    print()


def _score_statements(
    shared: Path, gold: Sequence[Document], settled: Sequence[Sequence[Proposal]], *, show: bool = True
) -> str:
    rows = [
        {
            "id": d.id,
            "statements": [
                {
                    "speaker": p.speaker,
                    "question": p.question,
                    "stance": p.stance,
                    "attribution": p.attribution,
                    "via": p.via,
                    "start": p.start,
                    "end": p.end,
                }
                for p in found
            ],
        }
        for d, found in zip(gold, settled, strict=True)
    ]
    command = [str(shared / "gold" / "score.py"), str(shared / "gold")]
    after = ["--aliases", str(shared / "facts" / "actors.csv")]
    return _score(command, rows, after=after if show else [*after, "--json"], show=show)


def _score(
    command: list[str], rows: list[dict[str, Any]], *, after: Sequence[str] = (), show: bool = True
) -> str:
    """Write predictions to a file and let the corpus's own scorer read them."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        done = subprocess.run(
            [sys.executable, *command, file.name, *after], capture_output=True, text=True, check=True
        )
    if show:
        print(done.stdout)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
