"""Single values as people, forms and programs write them.

A form sends its empty fields too, so an empty value means that the field was left out. A value that
cannot be is refused in plain words; a silent guess would show an analyst what was not asked for.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

# Nobody's statement of before 1900 or after 2100 is held, and date arithmetic stays far from its ends.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
MOST_VALUES = 100  # values of one field; more is a mistake or an attack
MOST_CHARACTERS = 200  # of one value


def today() -> date:
    """The day it is in UTC: one day for everybody, wherever the server stands."""
    return datetime.now(UTC).date()


def refuse_zero(value: object) -> object:
    """Any text but one with a zero character, which the database cannot hold."""
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("It contains a zero character, which no text has.")
    return value


def read_text(value: object) -> object:
    """Trimmed text; refuses what no name has and the database cannot hold."""
    if not isinstance(value, str):
        return value
    refuse_zero(value)
    if len(value) > MOST_CHARACTERS:
        raise ValueError(f"It is longer than {MOST_CHARACTERS} characters.")
    return value.strip()


def read_day(value: object) -> date | None:
    """A day written as 2024-02-27; empty is None. Other spellings mean different days to different people."""
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return None
    shown = text[:30]
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(p.isascii() and p.isdigit() for p in parts):
        raise ValueError(f"“{shown}” is not a day. Write year-month-day, for example 2024-02-27.")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"There is no such day as “{shown}”. Check the month and the day.") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"“{shown}” is out of range. Days run from {FIRST_DAY} to {LAST_DAY}.")
    return day


def read_words(value: object) -> object:
    """The values of a field that may stand more than once, in their order, each once, empty ones left out.

    Commas part values too: `alliance=nato,eu` is `alliance=nato&alliance=eu`.
    """
    if not isinstance(value, (list, tuple)):
        return value
    words: dict[str, None] = {}
    for item in value:
        for part in str(read_text(item)).split(","):
            if part.strip():
                words[part.strip()] = None
    if len(words) > MOST_VALUES:
        raise ValueError(f"At most {MOST_VALUES} values at once.")
    return list(words)


def read_slugs(value: object) -> object:
    """Public names are written in small letters, whoever types them."""
    words = read_words(value)
    return list(dict.fromkeys(word.lower() for word in words)) if isinstance(words, list) else words


def read_countries(value: object) -> object:
    """ISO 3166-1 codes of two letters, in capitals."""
    words = read_words(value)
    if not isinstance(words, list):
        return words
    for word in words:
        if not (len(word) == 2 and word.isascii() and word.isalpha()):
            raise ValueError(f"“{word[:30]}” is not a country code. Write two letters, for example DE.")
    return list(dict.fromkeys(word.upper() for word in words))


def read_choice(value: object) -> object:
    """One of a few words; empty is None."""
    if not isinstance(value, str):
        return value
    return value.strip().lower() or None


def read_flag(value: object) -> object:
    """Yes or no, as forms (`on`), people (`yes`) and programs (`true`, `1`) write it; empty is no."""
    if not isinstance(value, str):
        return value
    word = value.strip().lower()
    if word in {"1", "true", "yes", "on", "y", "t"}:
        return True
    if word in {"", "0", "false", "no", "off", "n", "f"}:
        return False
    raise ValueError(f"“{word[:30]}” is neither yes nor no. Write true or false.")


def read_share(value: object) -> object:
    """A confidence between 0 and 1; empty is None."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    try:
        share = float(text)
    except ValueError as error:
        raise ValueError(f"“{text[:30]}” is not a number. Write one from 0 to 1, for example 0.8.") from error
    if not 0 <= share <= 1:
        raise ValueError(f"{text[:30]} is out of range. Confidence runs from 0 to 1.")
    return share


def read_id(value: object) -> object:
    """The identifier of a stored thing; empty is None."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise ValueError(f"“{text[:40]}” is not an identifier such as those in the answers here.") from error
