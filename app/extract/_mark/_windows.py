"""Texts are cut into windows, each window is read by the model, and what it says is put together.

A text longer than a window is read in overlapping windows, and each word piece belongs to the window in
whose middle it stands nearest. Windows are read one at a time: the model scales its activations by the
batch, so what a text gives would depend on its neighbours, and on one core nothing is gained by more.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.extract._encoder import encode, open_model, special
from app.extract._mark._labels import find_pieces
from app.extract._mark._links import Linker, Window
from app.extract._parse import split_paragraphs
from app.records import Quotation, Span

if TYPE_CHECKING:
    import numpy as np

MODEL = Path(__file__).parents[1] / "attribution.onnx"
WINDOW = 256  # word pieces, the two special ones among them
STRIDE = 48  # word pieces that neighbouring windows share
LONGEST_RUN = 40_000  # characters read as one: what is kept of a run's windows is half a megabyte each


def find_quotations(
    texts: Sequence[str], paragraphs: Sequence[Sequence[tuple[int, int]]] | None = None
) -> list[tuple[Quotation, ...]]:
    """The attributions of each text; with `paragraphs`, only these characters of it are read.

    Needs no database and no network. A text of nothing but white space has none.
    """
    runs: list[tuple[int, int, str]] = []  # text number, shift, characters
    for number, text in enumerate(texts):
        for start, end in _joined(text, split_paragraphs(text) if paragraphs is None else paragraphs[number]):
            runs.append((number, start, text[start:end]))
    found: list[list[Quotation]] = [[] for _ in texts]
    for number, shift, characters in runs:
        found[number].extend(_moved(q, shift) for q in _mark(characters))
    return [tuple(sorted(q, key=lambda q: (q.content[0], q.cue, q.source))) for q in found]


def _joined(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraphs with only white space between them read as one run: a source may stand in the one before."""
    runs: list[tuple[int, int]] = []
    for start, end in paragraphs:
        near = runs and not text[runs[-1][1] : start].strip()
        if near and end - runs[-1][0] <= LONGEST_RUN:
            runs[-1] = (runs[-1][0], end)
        elif text[start:end].strip():
            runs.append((start, end))
    return runs


def _moved(quotation: Quotation, shift: int) -> Quotation:
    def move(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(s.start + shift, s.end + shift) for s in spans)

    return Quotation(move(quotation.source), move(quotation.cue), move(quotation.content))


def _windows(length: int) -> list[tuple[int, int]]:
    room = WINDOW - 2
    starts = [0]
    while starts[-1] + room < length:
        starts.append(starts[-1] + room - STRIDE)
    return [(s, min(s + room, length)) for s in starts]


def _mark(text: str) -> list[Quotation]:
    """Windows one at a time: their outputs are large, and are gone with their run."""
    encoding = encode(text)
    windows = [(a, b, _run(encoding.ids[a:b])) for a, b in _windows(len(encoding.ids)) if b > a]
    return _decode(text, encoding.offsets, windows) if windows else []


def _run(window: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Label scores and arrows of a window; index 0 is the special first piece."""
    import numpy as np

    ids = np.array([[special("[CLS]"), *window, special("[SEP]")]], dtype=np.int64)
    tags, cues, sources = open_model(MODEL).run(
        ["tags", "cues", "sources"], {"ids": ids, "mask": np.ones_like(ids)}
    )
    n = len(window) + 1
    return tags[0, :n], cues[0, :n, :n], sources[0, :n, :n]


def _decode(text: str, offsets: Sequence[tuple[int, int]], windows: Sequence[Window]) -> list[Quotation]:
    import numpy as np

    length = windows[-1][1]
    owner = np.zeros(length, dtype=int)
    depth = np.full(length, -1)
    for number, (a, b, _) in enumerate(windows):
        places = np.arange(a, b)
        # How far a piece stands from an edge that has more text behind it.
        far = np.full(b - a, length)
        inside = np.minimum(places - a if a > 0 else far, b - 1 - places if b < length else far)
        better = inside > depth[a:b]
        owner[a:b][better] = number
        depth[a:b][better] = inside[better]
    scores = np.zeros((length, 7), dtype=np.float32)
    for number, (a, b, output) in enumerate(windows):
        mine = np.flatnonzero(owner[a:b] == number)
        scores[a + mine] = output[0][1 + mine]
    return Linker(text, offsets, windows, owner, find_pieces(scores, offsets, text)).find()
