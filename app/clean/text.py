"""One form for every text, so that the same words have the same hash and offsets stay true.

Everything invisible or merely typographic that differs from one copy of an article to the next is
evened out once, before the text is hashed and stored; nothing changes it afterwards. Words, quotation
marks and dashes stay as they are: they are evidence.
"""

import hashlib
import re
import unicodedata

# Soft hyphens, zero-width spaces, byte order marks, marks of writing direction and the like: they
# show nothing and split words. The characters that join and colour emoji are not among them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0d\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a]"
)
# Control characters that are neither tab nor line end; Postgres cannot even store the first.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PARAGRAPH_ENDS = re.compile("\u2029")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
_BLANK_LINES = re.compile("\n{3,}")
_SURROGATES = re.compile("[\ud800-\udfff]")

_JOINER = "\u200d"  # 👩 + joiner + 🚀 = 👩‍🚀
_COLOUR = "\ufe0f"  # ❤ in colour
_PLAIN = "\ufe0e"  # ❤ in black
_TAGS = range(0xE0020, 0xE0080)  # after a black flag: the flag of England, Scotland or Wales
_FLAG = "\U0001f3f4"
_KEYCAPS = frozenset("0123456789#*")


def normalise(text: str) -> str:
    """The text in the form that is stored; doing it twice changes nothing more.

    NFC; line ends `\\n`; no soft hyphens, zero-width or control characters except those emoji need;
    every odd space a space, one at a time and none at a line's ends; at most one blank line.
    """
    text = unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))
    text = _LINE_ENDS.sub("\n", _PARAGRAPH_ENDS.sub("\n\n", text))
    text = _CONTROLS.sub("", _INVISIBLE.sub("", text))
    # What was taken out may have stood between a letter and its accent: hence NFC once more.
    text = unicodedata.normalize("NFC", _drop_stray_joiners(text))
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def normalise_line(text: str | None) -> str | None:
    """A title or a name on one line; None when nothing is left of it."""
    return " ".join(normalise(text or "").split()) or None


def hash_text(text: str) -> str:
    """The key of a document: SHA-256 of its text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _drop_stray_joiners(text: str) -> str:
    """Without the joiners, colour marks and flag tags that stand where no emoji needs them.

    What stands before is looked at as it was kept, so a second pass decides the same.
    """
    if not any(mark in text for mark in (_JOINER, _COLOUR, _PLAIN)) and max(text, default="") < "\U000e0000":
        return text
    kept: list[str] = []
    for place, char in enumerate(text):
        before = kept[-1] if kept else ""
        after = text[place + 1 : place + 2]
        if char == _JOINER:
            needed = _may_carry_joiner(before) and _is_symbol(after)
        elif char in {_COLOUR, _PLAIN}:
            needed = _is_symbol(before) or before in _KEYCAPS or before in {"\u203c", "\u2049", "\u3030"}
        elif ord(char) in _TAGS or ord(char) == 0xE007F:
            needed = before == _FLAG or (bool(before) and ord(before) in _TAGS)
        else:
            needed = not 0xE0000 <= ord(char) <= 0xE0FFF
        if needed:
            kept.append(char)
    return "".join(kept)


def _is_symbol(char: str) -> bool:
    """Whether a character may be a part of an emoji sequence: a pictograph, an arrow, a skin tone."""
    return char != "" and unicodedata.category(char) in {"So", "Sm", "Sk"} and ord(char) > 0x7F


def _may_carry_joiner(char: str) -> bool:
    return char == _COLOUR or _is_symbol(char)
