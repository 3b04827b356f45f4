"""The likeliest chain of labels, and the runs of one role that it gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

CHAIN = Path(__file__).parents[1] / "attribution.json"
LONGEST_SPAN = 1_000  # word pieces: a content's arrows are a table of its length squared
# Labels as the model was trained: outside, then begin and inside of each role.
SOURCE, CUE, CONTENT = 1, 3, 5


@dataclass(slots=True)
class Piece:
    """A run of word pieces of one role: `first` to `last` (inclusive), and the role's label number."""

    first: int
    last: int
    role: int


def find_pieces(scores: np.ndarray, offsets: Sequence[tuple[int, int]], text: str) -> list[Piece]:
    """The runs in a text whose word pieces have these label scores, (pieces, 7)."""
    return _runs(_likeliest(scores), offsets, text)


@lru_cache(maxsize=1)
def _follows() -> Any:
    """What it is worth that one label follows another, as trained."""
    import numpy as np

    loaded = json.loads(CHAIN.read_text(encoding="utf-8"))
    return np.array(loaded["follows"], dtype=np.float32)


def _likeliest(scores: np.ndarray) -> list[int]:
    """The likeliest chain of labels (Viterbi)."""
    import numpy as np

    follows = _follows()
    best = scores[0]
    came = np.zeros(scores.shape, dtype=np.int8)
    for i in range(1, len(scores)):
        ways = best[:, None] + follows
        came[i] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[i]
    label = int(best.argmax())
    chain = [label]
    for i in range(len(scores) - 1, 0, -1):
        label = int(came[i, label])
        chain.append(label)
    return chain[::-1]


def _runs(labels: Sequence[int], offsets: Sequence[tuple[int, int]], text: str) -> list[Piece]:
    """Runs of one role. A begin opens a new run; an inside of another role opens one too."""
    pieces: list[Piece] = []
    role = 0
    for i, label in enumerate(labels):
        kind = 0 if label == 0 else label - (label + 1) % 2
        begins = label % 2 == 1
        if kind == 0:
            role = 0
            continue
        # A word is never cut: its later pieces follow the first.
        glued = (
            i > 0 and offsets[i][0] == offsets[i - 1][1] and text[offsets[i][0] : offsets[i][0] + 1].isalnum()
        )
        whole = role == kind and i - pieces[-1].first < LONGEST_SPAN
        if whole and (not begins or glued):
            pieces[-1].last = i
        else:
            pieces.append(Piece(i, i, kind))
            role = kind
    return pieces
