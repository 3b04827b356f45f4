"""What a small trained model makes of a passage: whether its speaker takes a position on a proposal, and which.

The model (training/verdict.py) reads the proposal against the passage in its context, with the speaker
hidden behind a mark, so that it judges the words and not what is known of whoever says them. Pronouns
and titles that stand for the speaker are hidden alike.

Every pair is read by itself and the result does not depend on what else is asked at the same time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.extract._encoder import encode, open_model, special
from app.records import Question, Stance

MODEL = Path(__file__).parent / "verdict.onnx"
# What the model tells apart, in the order of its scores; the first is "takes no position here".
CLASSES: tuple[Stance | None, ...] = (None, Stance.BACKS, Stance.OPEN, Stance.REJECTS, Stance.UNCLEAR)
# Word pieces of the encoder's vocabulary that no text holds, used as marks.
SPEAKER, BEGINS, ENDS = "[unused1]", "[unused2]", "[unused3]"
PROPOSAL_PIECES, BEFORE_PIECES, PASSAGE_PIECES, AFTER_PIECES = 40, 40, 80, 16


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in its context. `speaker` holds character ranges of `text` that name the speaker."""

    text: str
    start: int
    end: int
    before: tuple[int, int]  # what of the text the reader is shown before it
    after: tuple[int, int]  # and after it
    speaker: tuple[tuple[int, int], ...] = ()


def ask(question: Question) -> str:
    """The proposal as the model reads it."""
    return f"{question.title}: {question.proposal}"


def _hidden(passage: Passage, start: int, end: int) -> str:
    """The characters `start` to `end`, the speaker's names replaced by the mark."""
    parts, at = [], start
    for a, b in sorted(passage.speaker):
        if a >= at and b <= end and b > a:
            parts += [passage.text[at:a], f" {SPEAKER} "]
            at = b
    parts.append(passage.text[at:end])
    return re.sub(r"\s+", " ", "".join(parts)).strip()


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[int, ...]:
    ids: list[int] = []
    for part in re.split(r"(\[unused\d\])", text):
        if part.startswith("[unused"):
            ids.append(special(part))
        elif part.strip():
            ids += encode(part).ids
    return tuple(ids)


def render(question: Question, passage: Passage) -> tuple[list[int], list[int]]:
    """Word pieces and their segments: the proposal, then the passage between marks in its context."""
    first, last = special("[CLS]"), special("[SEP]")
    proposal = _pieces(ask(question))[:PROPOSAL_PIECES]
    before = _pieces(_hidden(passage, *passage.before))[-BEFORE_PIECES:]
    words = _hidden(passage, passage.start, passage.end)
    inside = _pieces(words if SPEAKER in words else f"{SPEAKER} : {words}")
    if len(inside) > PASSAGE_PIECES:
        inside = (*inside[: PASSAGE_PIECES // 2], *inside[-PASSAGE_PIECES // 2 :])
    after = _pieces(_hidden(passage, *passage.after))[:AFTER_PIECES]
    second = [*before, special(BEGINS), *inside, special(ENDS), *after, last]
    ids = [first, *proposal, last, *second]
    return ids, [0] * (len(proposal) + 2) + [1] * len(second)


def find_verdicts(asked: Sequence[tuple[Question, Passage]]) -> list[tuple[float, ...]]:
    """For each pair the chances of CLASSES, which sum to 1."""
    if not asked:
        return []
    import numpy as np

    found = []
    for question, passage in asked:
        ids, segments = render(question, passage)
        row = np.array([ids], dtype=np.int64)
        (scores,) = open_model(MODEL).run(
            ["scores"],
            {"ids": row, "mask": np.ones_like(row), "segments": np.array([segments], dtype=np.int64)},
        )
        chances = np.exp(scores[0] - scores[0].max())
        found.append(tuple(float(c) for c in chances / chances.sum()))
    return found
