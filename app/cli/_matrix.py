"""`matrix`: what it can be asked. What it needs is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.records import MatrixFilters


class Group(StrEnum):
    """What rows stand together by."""

    ALLIANCE = "alliance"
    COUNTRY = "country"
    STANCE = "stance"
    NONE = "none"


class Form(StrEnum):
    """How the matrix is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"


Many = list[str]


def matrix(
    *,
    question: Annotated[
        Many | None, typer.Option("--question", "-q", help="Only this question, by slug. May be repeated.")
    ] = None,
    alliance: Annotated[
        Many | None,
        typer.Option("--alliance", "-a", help="Only this alliance's members that day: nato, eu, …"),
    ] = None,
    country: Annotated[
        Many | None, typer.Option("--country", "-c", help="Only this country, by code: DE. May be repeated.")
    ] = None,
    actor: Annotated[
        Many | None, typer.Option("--actor", help="Only this actor, by slug. May be repeated.")
    ] = None,
    as_of: Annotated[
        str,
        typer.Option("--as-of", metavar="DAY", help="The day of the view: 2024-06-30. Today unless given."),
    ] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="Mark what changed since this day.")
    ] = "",
    group: Annotated[Group, typer.Option("--group", help="What rows stand together by.")] = Group.ALLIANCE,
    silent: Annotated[bool, typer.Option(help="Show leaders who are silent throughout.")] = True,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Only what a person confirmed.")] = False,
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.TABLE,
) -> None:
    """Show who backs and who rejects what, as of a day.

    Example: `demarche matrix --question troops-ukraine --alliance nato --as-of 2024-02-27`

    Exit status: 0 shown; 1 a name or a day is wrong; 2 wrong use.
    """
    from app.cli._table import clean_countries, clean_slugs, parse_day, print_matrix
    from app.serve.filters import today

    filters = MatrixFilters(
        as_of=parse_day("--as-of", as_of) or today(),
        questions=clean_slugs(question),
        alliances=clean_slugs(alliance),
        countries=clean_countries(country),
        actors=clean_slugs(actor),
        since=parse_day("--since", since),
        group=group.value,
        silent=silent,
        reviewed=reviewed,
    )
    print_matrix(filters, form.value)
