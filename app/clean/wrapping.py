"""Lines that end because the page ended, not the sentence: PDFs, e-mails, press releases.

A sentence cut by line ends is read badly later on, so such lines are joined into paragraphs. A text
whose lines are paragraphs already is left alone: joining those would lose more than it gains.
"""

import re
from itertools import pairwise

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_LIST_START = re.compile(r"(?:[-–•*‣▪]|\d{1,2}[.)]|\([a-z\d]\))\s")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
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
    paragraphs: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if not line:
            continue
        if not before or _LIST_START.match(line) or _ends_paragraph(before, line, width):
            paragraphs.append(line)
        else:
            paragraphs[-1] = _join(paragraphs[-1], line, text)
    return "\n\n".join(paragraphs)


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


def _join(start: str, line: str, text: str) -> str:
    if not _HYPHENATED.search(start) or not line[:1].islower():
        return f"{start} {line}"
    # "long-" and "term": joined with the hyphen when the text has the word with it elsewhere.
    half = re.split(r"\W", start[:-1])[-1]
    rest = re.split(r"\W", line)[0]
    return f"{start}{line}" if f"{half}-{rest}" in text else f"{start[:-1]}{line}"
