"""Bytes to letters. Most pages are UTF-8, whatever they declare; the others need a good guess.

A mark at the start decides, then valid UTF-8 (nothing else looks like it by chance), then what is
declared, then the Western encoding that leaves the fewest odd letters.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,30})""", re.IGNORECASE)
# Python also decodes curiosities such as `unicode_escape`; a page's word may not choose those.
_KNOWN = re.compile(
    r"(?:windows-?|cp-?)(?:125\d|866|874|932|949|950)|iso-?8859-?\d+|koi8-?[ru]|mac(?:intosh|-?roman)|"
    r"gbk|gb18030|gb2312|big5(?:-hkscs)?|euc-(?:jp|kr)|shift_?jis|latin-?\d",
    re.IGNORECASE,
)
# By the web's rule these labels mean windows-1252, which has curly quotes where they have controls.
_WESTERN = re.compile(r"iso-?8859-?1|latin-?1|us-ascii|ascii", re.IGNORECASE)
_GUESSES = ("windows-1252", "windows-1250", "mac_roman")
# A symbol inside a word, a capital with an accent after a small letter, a control: wrong guess.
_CAPITALS = "À-ÖØ-ÞĂĄĆČĎĐĘĚĹĽŁŃŇŐŔŘŚŞŠŢŤŮŰŹŻŽ"
_ODD = re.compile(rf"[A-Za-z][¡-¿×÷ˇ˘˙˛˝†‡][a-z]|[a-zé][{_CAPITALS}]|\b[ÒÓÔÕŇŐ](?=[A-Z])|[\x80-\x9f]")


def decode_body(body: bytes, declared: str | None, *, markup: bool = False) -> str:
    """The letters of a body. `declared` is the server's word; a page's own counts when `markup`."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    zeros = _decode_zeros(body)
    if zeros is not None:
        return zeros
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for label in (declared, _find_declared(body) if markup else None):
        decoded = _decode_as(body, label)
        if decoded is not None:
            return decoded
    return _decode_damaged(body) or _guess(body)


def _decode_zeros(body: bytes) -> str | None:
    """UTF-16 without its mark: in English every second byte is zero."""
    start = body[:2000]
    if len(start) < 8 or start.count(0) < len(start) * 0.4:
        return None
    little = start[1::2].count(0) > start[0::2].count(0)
    return body.decode("utf-16-le" if little else "utf-16-be", "replace")


def _find_declared(body: bytes) -> str | None:
    found = _DECLARED.search(body[:4096])
    return found.group(1).decode("ascii") if found else None


def _decode_as(body: bytes, label: str | None) -> str | None:
    """The body in the encoding of that label, None when the label is unknown or does not fit."""
    if label is None or _WESTERN.fullmatch(label) or not _KNOWN.fullmatch(label):
        return None
    try:
        return body.decode(label)
    except (LookupError, UnicodeDecodeError):
        return None


def _decode_damaged(body: bytes) -> str | None:
    """UTF-8 with a few broken places: cut in the middle of a letter, or two sources glued together."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for char in text if ord(char) > 0x7F) - broken
    return text if good > 2 * broken else None


def _guess(body: bytes) -> str:
    guesses = [body.decode(encoding, "replace") for encoding in _GUESSES]
    return min(guesses, key=lambda text: len(_ODD.findall(text)) + text.count("\ufffd"))
