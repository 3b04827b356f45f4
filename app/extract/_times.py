"""The times that a text names, as days: "on Monday" is 26 February where the document is of 27 February 2024.

    published Tuesday 27 February 2024
    Monday, last Monday, yesterday     -> 26 February: a weekday is the last one, never the next
    two days ago                       -> 25 February
    last week, earlier this week       -> the Monday of that week
    in February, last month            -> the first of that month
    in 2008, last year, recently       -> not found

The times are those at which something was said, so they look back: a day after the document's date is
none, and neither is one that only begins or ends something ("since Monday", "by March").

What is vague stands for its first day, so that a later statement of the same week or month still comes
after it. A week is near enough, and a month is nearer than the day of an article that looks back on it;
a year is not, and any day of it would feign a knowledge that nobody has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
_WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {
    name: number
    for number, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"a": 1, "an": 1, "couple": 2}

_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.)(?!\w)"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\w)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)"
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>\d{4}\b|last\s+year|this\s+year|next\s+year))?"

_HINT = re.compile(
    r"day\b|\bago\b|week|month|\d|night|morning|afternoon|evening|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|" + _MONTH
)

# Words before a time that make it the beginning, the end or a plan of something else.
_NOT_THEN = re.compile(
    r"\b(?:since|until|till|by|from|before|after|through|between|next|every|each|for|starting|beginning|"
    r"later|coming|than|ahead\s+of|as\s+of|as\s+late\s+as|prior\s+to|due|Mail)"
    r"\s+(?:on\s+|in\s+|the\s+|late\s+|early\s+|last\s+|mid[ -])*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time in the text (characters, end exclusive) and the day it means, None for one that is no day of
    saying; a lower rank is more exact."""

    start: int
    end: int
    day: date | None
    rank: int


def find_times(text: str, start: int, end: int, published: date | None) -> list[Time]:
    """The times between two characters that do not overlap; without `published` only full dates have a day."""
    return [
        Time(start + t.start, start + t.end, t.day, t.rank) for t in _times_of(text[start:end], published)
    ]


@lru_cache(maxsize=256)
def _times_of(piece: str, published: date | None) -> tuple[Time, ...]:
    """The times of a piece of text, counted from its beginning; many claims share a sentence."""
    if not _HINT.search(piece):
        return ()
    found: list[Time] = []
    for rank, (form, resolve) in enumerate(_FORMS):
        for match in form.finditer(piece):
            if any(match.start() < t.end and t.start < match.end() for t in found):
                continue
            day = None if _leads_elsewhere(piece, match) else _resolve(resolve, match, published)
            found.append(Time(match.start(), match.end(), day, rank))
    return tuple(found)


def _leads_elsewhere(text: str, match: re.Match[str]) -> bool:
    """ "Since Monday", "by March" are no times of saying; "after Monday's meeting" may well be one."""
    before = _NOT_THEN.search(text[max(0, match.start() - 40) : match.start()])
    if before is None:
        return False
    owns = text[match.end() : match.end() + 2] in {"'s", "’s"}
    return not (owns and before.group().casefold().startswith(("after", "from")))


def _resolve(
    resolve: Callable[[re.Match[str], date], date | None], match: re.Match[str], published: date | None
) -> date | None:
    year = match.groupdict().get("year") or ""
    if published is None and not year.isdigit():
        return None
    latest = published or date.max
    try:
        day = resolve(match, latest)
    except (ValueError, OverflowError):
        # "31 February", or a week before the first day there is.
        return None
    return day if day is not None and day <= latest else None


def _month(match: re.Match[str]) -> int:
    name = match["month"]
    return int(name) if name.isdigit() else _MONTH_NAMES.index(name[:3].casefold()) + 1


def _day_of_month(match: re.Match[str], published: date) -> date | None:
    """26 February: the last one; with a year, that one."""
    month, day, year = _month(match), int(match["day"]), _year(match["year"], published)
    if year is not None:
        return date(year, month, day)
    if date(published.year, month, day) <= published:
        return date(published.year, month, day)
    return date(published.year - 1, month, day)


def _year(words: str | None, published: date) -> int | None:
    if words is None or words.isdigit():
        return int(words) if words else None
    return published.year + {"last": -1, "this": 0, "next": 1}[words.split()[0].casefold()]


def _first_of_month(match: re.Match[str], published: date) -> date | None:
    """In February: the first of the last one; "last February" is not the one that still runs."""
    month, year = _month(match), _year(match["year"], published)
    if year is not None:
        return date(year, month, 1)
    latest = date(published.year, month, 1)
    is_over = month != published.month or "last" not in match.group().casefold()
    return latest if latest <= published and is_over else date(published.year - 1, month, 1)


def _weekday(match: re.Match[str], published: date) -> date | None:
    """The last such day, the document's own included unless it says "last"."""
    which = (match["which"] or "").casefold()
    if which in {"next", "every", "each", "coming"}:
        return None
    weekday = _WEEKDAYS[_WEEKDAY_NAMES.index(match["weekday"][:3].casefold())]
    if match["week"]:
        return _monday(published) - timedelta(days=7) + relativedelta(weekday=weekday)
    return published - timedelta(days=which in {"last", "past"}) + relativedelta(weekday=weekday(-1))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _near_day(match: re.Match[str], published: date) -> date | None:
    words = " ".join(match.group().casefold().split())
    if words.startswith("the day before"):
        return published - timedelta(days=2)
    if "yesterday" in words or words == "last night":
        return published - timedelta(days=1)
    return published if "tomorrow" not in words else None


def _ago(match: re.Match[str], published: date) -> date | None:
    count, unit = match["count"].casefold(), match["unit"].casefold()
    number = int(count) if count.isdigit() else _NUMBERS[count.split()[-1]]
    if unit == "day":
        return published - timedelta(days=number)
    if unit == "week":
        return published - timedelta(weeks=number)
    return published.replace(day=1) - relativedelta(months=number) if unit == "month" else None


def _weekend(match: re.Match[str], published: date) -> date | None:
    """The Saturday of the weekend that runs or is over; "last weekend" is never the one that runs."""
    runs = published.weekday() >= 5 and "last" in match["which"].casefold()
    return published - timedelta(days=2 * runs) + relativedelta(weekday=SA(-1))


def _vague(match: re.Match[str], published: date) -> date | None:
    """The first day of this or the last week or month."""
    back = int("last" in match["which"].casefold())
    if match["unit"].casefold() == "week":
        return _monday(published) - timedelta(weeks=back)
    return published.replace(day=1) - relativedelta(months=back)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile(rf"(?<![\d.,:/-])\b{_DAY}(?:\s+of)?\s+{_MONTH}{_YEAR}"), _day_of_month),
    (re.compile(rf"\b{_MONTH}\s+{_DAY}{_YEAR}"), _day_of_month),
    (
        re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])"),
        _day_of_month,
    ),
    (
        re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![\d.])"),
        _day_of_month,
    ),
    (
        re.compile(
            rf"\b(?:(?P<which>[Ll]ast|[Tt]his|[Pp]ast|[Nn]ext|[Ee]very|[Ee]ach|[Cc]oming)\s+)?{_WEEKDAY}"
            r"(?:\s+(?:morning|afternoon|evening|night)\b)?(?P<week>\s+(?:of\s+)?last\s+week\b)?"
        ),
        _weekday,
    ),
    (
        re.compile(
            r"\bthe\s+day\s+before\s+yesterday\b|\byesterday(?:\s+(?:morning|afternoon|evening))?\b|"
            r"\blast\s+night\b|\b(?:earlier\s+)?today\b|\bthis\s+(?:morning|afternoon|evening)\b|"
            r"\btonight\b|\btomorrow(?:\s+\w+)?\b",
            re.IGNORECASE,
        ),
        _near_day,
    ),
    (
        re.compile(
            rf"\b(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}|a\s+couple)\s+(?:of\s+)?(?P<unit>day|week|month)s?\s+ago\b",
            re.IGNORECASE,
        ),
        _ago,
    ),
    (
        re.compile(r"\b(?P<which>this|last|(?:at|over)\s+the(?:\s+past)?)\s+weekend\b", re.IGNORECASE),
        _weekend,
    ),
    (re.compile(r"\b(?<!the )(?P<which>this|last)\s+(?P<unit>week|month)\b", re.IGNORECASE), _vague),
    (
        re.compile(
            rf"\b(?:[Ii]n|[Ll]ast|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id)[ -](?:(?:early|late|mid)[ -])?{_MONTH}{_YEAR}"
        ),
        _first_of_month,
    ),
)
