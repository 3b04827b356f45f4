"""What kind of thing a pile of bytes is: a web page, plain text, a PDF or something that is not read.

The name and the server's word are hints; the first bytes decide where they contradict, because a
PDF named `speech.html` is common and a text that begins with `%PDF-` is not. Whatever is left as
`BINARY` is refused when it is cleaned, in words that fit what it is.
"""

import re
from pathlib import PurePath

TEXT = "text/plain"
HTML = "text/html"
XHTML = "application/xhtml+xml"
PDF = "application/pdf"
JSON = "application/json"
JSON_LINES = "application/x-ndjson"
BINARY = "application/octet-stream"

_BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": XHTML,
    ".pdf": PDF,
    ".json": JSON,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
}
# Documents that are not read. In a folder they are reported instead of passed over, so that nobody
# believes a speech was read that was not; a page's pictures and scripts beside it are passed over.
_UNREAD = frozenset(
    {".doc", ".docx", ".odt", ".rtf", ".pages", ".epub", ".mhtml", ".mht", ".eml", ".msg", ".ppt", ".pptx"}
)
_PAGE_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(rb"<(?:p|div|article|main|h1|meta|title|script|span)\b[^>]*>", re.IGNORECASE)
# Control characters that no text has; tab, line ends, form feed and escape are left out.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_SNIFFED = 4096


def guess_from_name(name: str) -> str | None:
    """The kind a file's name claims; None when it claims nothing that is read."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower())


def belongs_in_batch(name: str) -> bool:
    """Whether a file found in a folder is a document, read or to be reported as unread."""
    suffix = PurePath(name).suffix.lower()
    return not name.startswith(".") and (suffix in _BY_SUFFIX or suffix in _UNREAD)


def choose_kind(body: bytes, claimed: str | None) -> str:
    """The kind to treat `body` as.

    claimed text/html, bytes begin with %PDF-      -> application/pdf
    claimed text/plain, bytes begin with <html     -> text/html (somebody pasted a page's source)
    nothing claimed, bytes hold control characters -> application/octet-stream
    """
    start = body[:_SNIFFED]
    if start.lstrip()[:5] == b"%PDF-":
        return PDF
    if claimed in {HTML, XHTML, PDF}:
        return claimed
    if _PAGE_START.match(start):
        return HTML
    if claimed == TEXT:
        return TEXT
    if _looks_binary(start):
        return BINARY
    return HTML if _ANY_TAG.search(start) else TEXT


def _looks_binary(start: bytes) -> bool:
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # UTF-16 with its mark: full of zeros, and text
        return False
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > len(start) // 100
