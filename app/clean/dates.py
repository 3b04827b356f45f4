"""The day a text is from. It decides which leader a title means and which statement is the latest.

What is given wins; then what the page or file says of itself; then a line of the text that holds a
day and little else ("Paris, 26 February 2024"). A day in running text is never taken: an article
that begins "On 24 February 2022" was seldom written on it.
"""

import re
from datetime import date, timedelta

from app.clean.text import normalise_line
from app.errors import BadInput
from app.records import DateBasis

# Before this no question of ours was asked; earlier days come from forms filled with zeros.
EARLIEST = date(1900, 1, 1)
_LINES_READ = 12
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_DAY_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b",
        r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])",
        r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b",
    )
)
# What may stand beside the day on its line: a label, a weekday, an hour, a place of up to three words.
_BESIDE = re.compile(
    r"(?:first |last )?(?:published|updated|posted|issued|released|date|on|at|by|in)\b:?|"
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|"
    r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\b(?:gmt|utc|cet|cest|bst|est|edt|et|z)\b|"
    r"[+-]\d{2}:?\d{2}",
    re.IGNORECASE,
)
_PLACE_WORDS = 3


def choose_day(given: date | None, found: date | None, *, today: date) -> tuple[date, DateBasis]:
    """The document's day and where it comes from; a given day that cannot be is refused."""
    if given is not None:
        if not is_plausible(given, today=today):
            raise BadInput(
                f"The day {given.isoformat()} lies in the future or before {EARLIEST.year}. "
                "Give the day on which the text was published.",
                field="published",
            )
        return given, DateBasis.GIVEN
    if found is not None and is_plausible(found, today=today):
        return found, DateBasis.FOUND
    return today, DateBasis.RETRIEVED


def is_plausible(day: date, *, today: date) -> bool:
    """Whether a text can be from that day. East of here it may be tomorrow already."""
    return EARLIEST <= day <= today + timedelta(days=1)


def find_dateline(text: str) -> date | None:
    """The day on a line of its own near the top; the earliest when it was updated later; or None.

    Published: Tue, 27 Feb 2024 10:00 GMT -> 2024-02-27
    On 24 February 2022 Russia invaded.   -> none
    """
    days = {day for line in _first_lines(text) if (day := _read_dateline(line)) is not None}
    return min(days) if days else None


def is_dateline(line: str) -> bool:
    return _read_dateline(line) is not None


def _first_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()][:_LINES_READ]


def _read_dateline(line: str) -> date | None:
    line = normalise_line(line[:200]) or ""
    for form in _DAY_FORMS:
        found = form.search(line)
        if found is None:
            continue
        beside = _BESIDE.sub(" ", line[: found.start()] + " " + line[found.end() :])
        words = re.findall(r"[^\W\d_]+|\d+", beside)
        if len(words) <= _PLACE_WORDS and not any(word.isdigit() or word.islower() for word in words):
            return _make_day(found)
    return None


def _make_day(found: re.Match[str]) -> date | None:
    month = found["month"].lower()
    number = int(month) if month.isdigit() else _number_of(month)
    try:
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _number_of(month: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
