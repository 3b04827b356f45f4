"""Lines that end because the page ended, not the sentence: PDFs, e-mails, press releases.

A sentence cut by line ends is read badly later on, so such lines are joined into paragraphs. A text
whose lines are paragraphs already is left alone: joining those would lose more than it gains.
"""

import re
from itertools import pairwise

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_LIST_START = re.compile(r"(?:[-–•*‣▪]|\d{1,2}[.)]|\([a-z\d]\))\s")
_DIVIDED = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
_HYPHENATED = re.compile(r"\b[^\W\d_]+-[^\W\d_]+\b")
_WORD = re.compile(r"[^\W\d_]+")
# A wrapped text has many lines of about one width, and few sentences end just at a line's end.
_FEWEST_LINES = 5
_WIDTHS = range(40, 111)
_FULL = 0.75  # of the width: a shorter line ended for a reason


def unwrap_if_wrapped(text: str) -> str:
    """The text with its hard-wrapped lines joined, when it is wrapped at all."""
    return join_lines(text) if _is_wrapped(text) else text


def join_lines(text: str) -> str:
    """Paragraphs on one line each, with a blank line between them.

    A paragraph ends at a blank line, before an item of a list, and after a short line that ends a
    sentence. A word divided at the line's end is put together again.
    """
    lines = [line.strip() for line in text.split("\n")]
    width = _measure_width(lines)
    hyphenated = frozenset(_HYPHENATED.findall(text))
    paragraphs: list[list[str]] = []
    for before, line in pairwise(["", *lines]):
        if not line:
            continue
        if not before or _LIST_START.match(line) or _ends_paragraph(before, line, width):
            paragraphs.append([line])
        else:
            _append(paragraphs[-1], line, hyphenated)
    return "\n\n".join("".join(pieces) for pieces in paragraphs)


def _is_wrapped(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n")]
    width = _measure_width(lines)
    inner = [line for line, after in pairwise(lines) if line and after]
    if len(inner) < _FEWEST_LINES or width not in _WIDTHS or max(map(len, lines)) > 1.5 * width:
        return False
    full = [line for line in inner if len(line) >= _FULL * width]
    cut = [line for line in full if not _SENTENCE_END.search(line)]
    return len(full) >= 0.7 * len(inner) and len(cut) >= 0.6 * len(full)


def _measure_width(lines: list[str]) -> int:
    """The width most lines fill: nine of ten are no longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _ends_paragraph(before: str, line: str, width: int) -> bool:
    if len(before) >= _FULL * width:
        return False
    return bool(_SENTENCE_END.search(before)) or (len(before) < width // 2 and not line[:1].islower())


def _append(pieces: list[str], line: str, hyphenated: frozenset[str]) -> None:
    """The next line of a paragraph, with the word divided before it put together.

    "exam-" and "ples" make "examples"; "long-" and "term" keep the hyphen where the text has
    "long-term" elsewhere.
    """
    divided = _DIVIDED.search(pieces[-1])
    rest = _WORD.match(line)
    if divided is None or rest is None or not line[:1].islower():
        pieces.extend((" ", line))
        return
    if f"{divided[1]}-{rest[0]}" not in hyphenated:
        pieces[-1] = pieces[-1][:-1]
    pieces.append(line)
