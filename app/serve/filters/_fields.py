"""The fields of addresses: how each is read, and how the API's description tells of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BeforeValidator, WithJsonSchema

from app.serve.filters._read import (
    read_countries,
    read_day,
    read_flag,
    read_id,
    read_share,
    read_slugs,
    read_text,
    refuse_zero,
)


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
