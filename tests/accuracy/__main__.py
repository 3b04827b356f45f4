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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.config import ROOT
from app.extract import find_quotations
from app.extract._pipeline import find_candidates, settle
from app.extract._weigh import LEAST, features_of, weigh
from app.records import Proposal
from app.registers import load_questions, load_registers
from tests.accuracy.whole_way import print_whole_way
from training.statements import (
    Example,
    cross_validate,
    examples_of_briefs,
    folds_by,
    is_right,
    read_gold,
    slugs_by_name,
    source_of,
)

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
    registry = load_registers()
    candidates = find_candidates([source_of(d) for d in gold], load_questions(), registry)
    slugs = slugs_by_name(registry)
    examples = [
        Example(d["id"], c.proposal.question, features_of(c), is_right(c, d["statements"], slugs))
        for d, found in zip(gold, candidates, strict=True)
        for c in found
    ]
    briefs = examples_of_briefs()
    for field in ("text", "question"):
        print(f"Statements in the annotated texts; weights that have not seen the {field}\n")
        # The briefs ask the same questions: they may help where the text is new, not where the question is.
        beside = briefs if field == "text" else []
        sure = iter(cross_validate(examples, folds_by(examples, field), beside=beside))
        settled = [settle([c.propose(next(sure)) for c in found]) for found in candidates]
        _score_statements(shared, gold, settled)
        if field == "text":
            _print_thresholds(shared, gold, settled)
    print("The seed article, with the weights that are shipped\n")
    for d, found in zip(gold, candidates, strict=True):
        if d["id"] == "seed":
            for p in settle([c.propose(weigh(c)) for c in found]):
                print(f"  {p.confidence:.2f}  {p.speaker:24} {p.question:20} {p.stance}")


def _print_thresholds(
    shared: Path, gold: Sequence[dict[str, Any]], settled: Sequence[Sequence[Proposal]]
) -> None:
    print("by confidence     precision  recall  (right)")
    for least in (LEAST, 0.3, 0.5, 0.7, 0.9):
        kept = [[p for p in found if p.confidence >= least] for found in settled]
        right = json.loads(_score_statements(shared, gold, kept, show=False))["right"]
        print(f"  at least {least:.2f}      {right['precision']:.2f}     {right['recall']:.2f}")
    print()


def _score_statements(
    shared: Path, gold: Sequence[dict[str, Any]], settled: Sequence[Sequence[Proposal]], *, show: bool = True
) -> str:
    rows = [
        {
            "id": d["id"],
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
    after = ["--aliases", str(ROOT / "data" / "actors.csv")]
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
