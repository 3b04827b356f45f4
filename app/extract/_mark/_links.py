"""Contents go to the cue that their arrows fall on, cues to their source."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any

from app.extract._mark._labels import CONTENT, CUE, SOURCE, Piece
from app.records import Quotation, Span

if TYPE_CHECKING:
    import numpy as np

# Shares of a span's arrows: what a cue or source needs to be taken, and from which on words that bear no
# label are taken for one. Chosen on the development part.
LEAST_CUE, LEAST_SOURCE, UNLABELLED = 0.4, 0.1, 0.5
LEAST_CONTENT = 0.5  # mean share of a content's arrows that end anywhere at all
PEAK = 0.05  # share of arrows at which a piece belongs to such a run
SHORTEST_PART = 5  # word pieces of a part that is cut off a content

# First and last + 1 of a window's word pieces, and what the model gave for it.
Window = tuple[int, int, Any]


class Linker:
    """Puts the spans of one text together along the model's arrows."""

    def __init__(
        self,
        text: str,
        offsets: Sequence[tuple[int, int]],
        windows: Sequence[Window],
        owner: np.ndarray,
        pieces: Sequence[Piece],
    ) -> None:
        self.text = text
        self.offsets = offsets
        self.windows = windows
        self.owner = owner
        self.pieces = list(pieces)

    def find(self) -> list[Quotation]:
        groups: dict[int, tuple[Piece, list[Piece]]] = {}
        alone: list[Piece] = []
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

    def _with_cues(self, content: Piece) -> list[tuple[Piece, Piece | None]]:
        """The content with its cue; cut in parts where the arrows turn from one cue to another."""
        nowhere, arrows, lo = self._arrows(content.first, content.last, 1)
        cues = self._ends(arrows.mean(axis=0), lo, CUE, LEAST_CUE)
        if not cues:
            anywhere = 1 - float(nowhere.mean())
            return [(content, None)] if anywhere >= LEAST_CONTENT else []
        masses = [arrows[:, _columns(c, lo)].sum(axis=1) for c in cues]
        parts: list[tuple[Piece, Piece | None]] = []
        start = content.first
        for first, last, best in _stretches(masses):
            if parts and parts[-1][1] is cues[best]:
                parts[-1] = (Piece(parts[-1][0].first, content.first + last, CONTENT), cues[best])
            else:
                parts.append((Piece(start + first, start + last, CONTENT), cues[best]))
        return parts

    def _ends(self, share: np.ndarray, lo: int, role: int, least: float) -> list[Piece]:
        """The spans that arrows end on: those with the fitting label, and words without any that draw most."""
        near = [p for p in self.pieces if p.role == role and p.last >= lo and p.first < lo + len(share)]
        found = [p for p in near if float(share[_columns(p, lo)].sum()) >= least]
        taken = {i - lo for p in near for i in range(p.first, p.last + 1)}
        for first, last in _peaks(share, taken):
            if float(share[first : last + 1].sum()) >= UNLABELLED:
                found.append(Piece(lo + first, lo + last, role))
                self.pieces.append(found[-1])
        return found

    def _source_of(self, cue: Piece) -> Piece | None:
        nowhere, arrows, lo = self._arrows(cue.first, cue.last, 2)
        share = arrows.mean(axis=0)
        sources = self._ends(share, lo, SOURCE, LEAST_SOURCE)
        if not sources:
            return None
        best = max(sources, key=lambda p: float(share[_columns(p, lo)].sum()))
        mass = float(share[_columns(best, lo)].sum())
        return best if mass >= float(nowhere.mean()) else None

    def _quotation(self, cue: Piece | None, source: Piece | None, parts: Sequence[Piece]) -> Quotation:
        ordered = sorted(parts, key=lambda p: p.first)
        return Quotation(
            source=(self._span(source),) if source is not None else (),
            cue=(self._span(cue),) if cue is not None else (),
            content=tuple(self._span(p) for p in self._bridged(ordered)),
        )

    def _bridged(self, parts: Sequence[Piece]) -> list[Piece]:
        """Content of one cue parted by nothing but punctuation is one span."""
        joined: list[Piece] = []
        for part in parts:
            if joined:
                between = self.text[self.offsets[joined[-1].last][1] : self.offsets[part.first][0]]
                if not any(c.isalnum() for c in between) and "\n" not in between:
                    joined[-1] = Piece(joined[-1].first, part.last, CONTENT)
                    continue
            joined.append(part)
        return joined

    def _span(self, piece: Piece) -> Span:
        """The characters of a run, to the end of the word it stops in."""
        text = self.text
        start, end = self.offsets[piece.first][0], self.offsets[piece.last][1]
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        return Span(start, end)


def _columns(piece: Piece, lo: int) -> slice:
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
