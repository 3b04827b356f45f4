"""HTML as letters: what is thrown away before and beside the search for the article.

Pages come from anybody, so every step here looks at each letter a fixed number of times; a pattern that
searches on to the end from each of a million opened tags would take hours.
"""

import re
from html import unescape

_HEAVY = re.compile(r"<(script|style|svg)\b", re.IGNORECASE)
_FURNITURE = re.compile(
    r"<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|blockquote|title|head|body)\b[^<>]*>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)


def drop_heavy_parts(html: str) -> str:
    """The page without scripts, styles and drawings; JSON-LD stays, because it names day and author.

    A part that is never closed stays too: the parser knows better what the page meant.
    """
    lower = html.lower()
    if len(lower) != len(html):  # a letter that has no small form of one character: leave it all
        return html
    kept: list[str] = []
    start = 0
    never_closed: set[str] = set()
    opened = _HEAVY.search(html)
    while opened is not None:
        name = opened[1].lower()
        end = _find_end(lower, name, opened.end()) if name not in never_closed else -1
        if end < 0:
            never_closed.add(name)
        elif "ld+json" not in lower[opened.end() : opened.end() + 200]:
            kept.append(html[start : opened.start()])
            start = end
        opened = _HEAVY.search(html, max(end, opened.end()))
    return "".join((*kept, html[start:]))


def strip_tags(html: str) -> str:
    """All the text of a page, a line a block: for pages so short or broken that no article stands out."""
    bare = _COMMENT.sub(" ", _FURNITURE.sub(" ", html))
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", bare))
    return "\n".join(line for line in map(str.strip, unescape(text).split("\n")) if line)


def _find_end(lower: str, name: str, start: int) -> int:
    """Where the part that was opened before `start` is over, -1 when it never is."""
    closing = lower.find(f"</{name}", start)
    return lower.find(">", closing) + 1 or -1 if closing >= 0 else -1
