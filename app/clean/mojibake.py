"""Text that was once decoded wrongly: â€™ where ’ stood, Ã© where é stood.

Much of it can be undone: the bytes of UTF-8 were read as windows-1252, so writing them back and
reading them right gives the letters. Only done where the signs are unmistakable, because `SPÖ’s`
is honest text and would be one Hebrew letter.
"""

import re

_SIGNS = re.compile("â€[™œ“”˜¦¢\x9d]|Ã[©¨¡-¿]|Â[\u00a0£§°«»]|Ã\u00a0")


def _to_char(byte: int) -> str:
    """What windows-1252 shows for a byte; the five it leaves open pass through as they are."""
    try:
        return bytes([byte]).decode("windows-1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTE_OF = {_to_char(byte): byte for byte in range(0x80, 0x100)}
_FOLLOW = "[" + "".join(re.escape(_to_char(byte)) for byte in range(0x80, 0xC0)) + "]"
_SEQUENCE = re.compile(f"[Â-ß]{_FOLLOW}|[à-ï]{_FOLLOW}{{2}}|[ð-ô]{_FOLLOW}{{3}}")
# A closing quotation mark whose third byte was thrown away on the way.
_HALF_QUOTE = re.compile("â€(?=[\\s.,;:!?)]|$)")
# One damaged letter in a hundred is a slip; more, and names and quotations cannot be trusted.
_HOPELESS = 0.01


def repair_mojibake(text: str) -> str:
    """The text with twice-encoded letters set right; untouched when nothing is unmistakable.

    Theyâ€™re in OrbÃ¡nâ€™s office -> They’re in Orbán’s office
    The SPÖ’s leader               -> The SPÖ’s leader
    """
    if not _SIGNS.search(text):
        return text
    return _HALF_QUOTE.sub("”", _SEQUENCE.sub(_repair_one, text))


def is_hopeless(text: str) -> bool:
    """Whether so many letters were lost that the words cannot be trusted."""
    lost = text.count("\ufffd")
    return lost > 3 and lost > _HOPELESS * sum(1 for char in text if char.isalpha())


def _repair_one(found: re.Match[str]) -> str:
    try:
        return bytes(_BYTE_OF[char] for char in found.group()).decode("utf-8")
    except UnicodeDecodeError:
        return found.group()
