"""The address of a view, read into a record: pages and REST use the same words.

A form sends its empty fields too, so an empty value means that the field was left out. A value that
cannot be is refused in plain words; a silent guess would show an analyst what was not asked for.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BeforeValidator, WithJsonSchema

from app.errors import BadRequest
from app.records import Attribution, MatrixFilters, Stance, StatementFilters, Status

Choice = TypeVar("Choice", bound=StrEnum)

# Nobody's statement of before 1900 or after 2100 is held, and date arithmetic stays far from its ends.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
MOST_VALUES = 100  # values of one field; more is a mistake or an attack
MOST_CHARACTERS = 200  # of one value


class MatrixStance(StrEnum):
    """What a row of the matrix can be asked to have: a stance, or none."""

    BACKS = "backs"
    OPEN = "open"
    REJECTS = "rejects"
    UNCLEAR = "unclear"
    SILENT = "silent"


class Grouping(StrEnum):
    """How the rows of the matrix stand together."""

    ALLIANCE = "alliance"
    COUNTRY = "country"
    STANCE = "stance"
    NONE = "none"


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


def _text_schema(**more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **more})


def choice_schema(choices: type[StrEnum]) -> WithJsonSchema:
    return _text_schema(enum=[choice.value for choice in choices])


def choices_schema(choices: type[StrEnum]) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "array", "items": {"type": "string", "enum": [choice.value for choice in choices]}}
    )


Day = Annotated[date | None, BeforeValidator(read_day), _text_schema(format="date")]
Text = Annotated[str, BeforeValidator(read_text)]
Written = Annotated[str, BeforeValidator(refuse_zero)]  # of a body, of any length
Flag = Annotated[bool, BeforeValidator(read_flag)]
Share = Annotated[
    float | None, BeforeValidator(read_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})
]
Identifier = Annotated[UUID | None, BeforeValidator(read_id), _text_schema(format="uuid")]
Slugs = Annotated[tuple[str, ...], BeforeValidator(read_slugs)]
Countries = Annotated[tuple[str, ...], BeforeValidator(read_countries)]

AsOf = Annotated[Day, Query(description="The day of the view. Today unless given.", examples=["2024-06-30"])]
Questions = Annotated[
    Slugs,
    Query(
        description="Only these questions, by slug. May stand more than once.", examples=[["troops-ukraine"]]
    ),
]
Actors = Annotated[
    Slugs,
    Query(description="Only these actors, by slug. May stand more than once.", examples=[["olaf-scholz"]]),
]
Alliances = Annotated[
    Slugs,
    Query(
        description="Only actors of states that belong to these alliances on the day of the view.",
        examples=[["nato"]],
    ),
]
InCountries = Annotated[
    Countries,
    Query(
        description="Only actors of these countries, by ISO 3166-1 code of two letters.", examples=[["DE"]]
    ),
]
KnownBy = Annotated[
    Day,
    Query(
        description="The view as it would have looked at the end of this day, from what was known then.",
        examples=["2024-12-31"],
    ),
]


def matrix_filters(
    *,
    as_of: AsOf = None,
    question: Questions = (),
    alliance: Alliances = (),
    country: InCountries = (),
    actor: Actors = (),
    group: Annotated[
        Grouping | None,
        BeforeValidator(read_choice),
        choice_schema(Grouping),
        Query(description="What the rows stand together by: alliance unless given."),
    ] = None,
    since: Annotated[
        Day, Query(description="Mark what changed since this day.", examples=["2024-05-01"])
    ] = None,
    stance: Annotated[
        MatrixStance | None,
        BeforeValidator(read_choice),
        choice_schema(MatrixStance),
        Query(description="Only rows that have this stance on some question shown, or are silent on one."),
    ] = None,
    attribution: Annotated[
        Attribution | None,
        BeforeValidator(read_choice),
        choice_schema(Attribution),
        Query(description="Only statements that are quoted whole, quoted in part or reported."),
    ] = None,
    reviewed: Annotated[Flag, Query(description="Only what a person confirmed.")] = False,
    min_confidence: Annotated[
        Share,
        Query(
            description="Only statements a person confirmed, or proposed with at least this confidence.",
            examples=[0.8],
        ),
    ] = None,
    known_by: KnownBy = None,
    name: Annotated[
        Text, Query(description="Only leaders whose name has this in it.", examples=["Macron"])
    ] = "",
    changed: Annotated[
        Flag, Query(description="Only rows in which something changed since `since`.")
    ] = False,
    silent: Annotated[Flag, Query(description="Whether rows that are silent throughout are shown.")] = True,
) -> MatrixFilters:
    """What a reader asks of the matrix."""
    return MatrixFilters(
        as_of=as_of or today(),
        questions=question,
        alliances=alliance,
        countries=country,
        actors=actor,
        group=(group or Grouping.ALLIANCE).value,
        since=since,
        stance=stance.value if stance else None,
        attribution=attribution,
        reviewed=reviewed,
        min_confidence=min_confidence,
        known_by=known_by,
        name=name,
        changed=changed,
        silent=silent,
    )


def statement_filters(
    *,
    actor: Actors = (),
    question: Questions = (),
    stance: Annotated[
        tuple[Stance, ...],
        BeforeValidator(read_slugs),
        choices_schema(Stance),
        Query(description="Only these stances. May stand more than once.", examples=[["rejects"]]),
    ] = (),
    attribution: Annotated[
        tuple[Attribution, ...],
        BeforeValidator(read_slugs),
        choices_schema(Attribution),
        Query(description="Only quoted whole (direct), in part (mixed) or reported (indirect)."),
    ] = (),
    country: InCountries = (),
    alliance: Alliances = (),
    status: Annotated[
        tuple[Status, ...],
        BeforeValidator(read_slugs),
        choices_schema(Status),
        Query(description="Only proposed by the machine, or confirmed, corrected or rejected by a person."),
    ] = (),
    document: Annotated[Identifier, Query(description="Only statements of this document.")] = None,
    since: Annotated[
        Day, Query(alias="from", description="Said on this day or later.", examples=["2024-02-01"])
    ] = None,
    until: Annotated[Day, Query(description="Said on this day or earlier.", examples=["2024-03-31"])] = None,
    q: Annotated[Text, Query(description="Words that the passage has.", examples=["ground troops"])] = "",
    as_of: Annotated[
        Day,
        Query(
            description="The day on which membership of an alliance counts; nothing said later is shown.",
            examples=["2024-06-30"],
        ),
    ] = None,
) -> StatementFilters:
    """What a reader asks of the statements."""
    check_order(since, until)
    return StatementFilters(
        actor=actor,
        question=question,
        stance=stance,
        attribution=attribution,
        country=country,
        alliance=alliance,
        status=status,
        document=document,
        since=since,
        until=until,
        q=q,
        as_of=as_of,
    )


def check_order(since: date | None, until: date | None) -> None:
    """A span of days that ends before it begins holds nothing, and nobody means that."""
    if since is not None and until is not None and since > until:
        raise BadRequest(f"from ({since}) is after until ({until}). Swap them.", field="from")


WantedMatrix = Annotated[MatrixFilters, Depends(matrix_filters)]
WantedStatements = Annotated[StatementFilters, Depends(statement_filters)]
