"""The address of a view, read into a record: pages and REST use the same words.

Filters are a record, so that a query takes them and an address is made of them again. How single values
are read stands in `_read`, the fields with their descriptions in `_fields`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator

from app.errors import BadRequest
from app.records import Attribution, MatrixFilters, Stance, StatementFilters, Status
from app.serve.filters._fields import (
    Actors,
    Alliances,
    AsOf,
    Countries,
    Day,
    Flag,
    Grouping,
    Identifier,
    InCountries,
    KnownBy,
    MatrixStance,
    Questions,
    Share,
    Slugs,
    Text,
    Written,
    choice_schema,
    choices_schema,
)
from app.serve.filters._read import (
    read_choice,
    read_countries,
    read_day,
    read_flag,
    read_id,
    read_share,
    read_slugs,
    read_text,
    today,
)

__all__ = [
    "Actors",
    "Alliances",
    "AsOf",
    "Countries",
    "Day",
    "Flag",
    "Grouping",
    "InCountries",
    "MatrixStance",
    "Questions",
    "Slugs",
    "Text",
    "WantedMatrix",
    "WantedStatements",
    "Written",
    "check_order",
    "choice_schema",
    "matrix_filters",
    "read_choice",
    "read_countries",
    "read_day",
    "read_flag",
    "read_id",
    "read_share",
    "read_slugs",
    "read_text",
    "statement_filters",
    "today",
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
