"""`tokens`: who may write over REST."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from app.cli._console import out, say

tokens = typer.Typer(
    name="tokens",
    no_args_is_help=True,
    help="Make, list and revoke the tokens that programs write with.",
)


@tokens.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Whom or what it is for.")],
    scope: Annotated[
        list[str],
        typer.Option("--scope", "-s", help="What it allows: ingest, review or admin. May be repeated."),
    ],
) -> None:
    """Make a token and print it. It is shown this once; only its hash is kept.

    Example: `demarche tokens add newsroom --scope ingest`
    """
    from app.cli._store import open_database
    from app.queries import tokens as queries

    with open_database() as database, database.sessions.begin() as session:
        secret = queries.add_token(session, name, tuple(scope))
    say("Keep it now: it is not shown again.")
    typer.echo(secret)


@tokens.command("list")
def list_all() -> None:
    """List the tokens: for whom, with which scopes, since when, and whether they were revoked.

    Example: `demarche tokens list`
    """
    from app.cli._store import open_database
    from app.queries import tokens as queries

    with open_database() as database, database.sessions() as session:
        held = queries.list_tokens(session)
    table = Table("name", "scopes", "made", "last used", "state")
    for token in held:
        table.add_row(
            escape(token.name),
            ", ".join(token.scopes),
            f"{token.created:%Y-%m-%d}",
            f"{token.last_used:%Y-%m-%d %H:%M}" if token.last_used else "never",
            f"revoked {token.revoked:%Y-%m-%d}" if token.revoked else "in use",
        )
    if held:
        out.print(table)
    else:
        say("There is no token. `demarche tokens add NAME --scope ingest` makes one.")


@tokens.command("revoke")
def revoke(name: Annotated[str, typer.Argument(help="The token's name.")]) -> None:
    """Revoke every token of a name, from now on and for good.

    Example: `demarche tokens revoke newsroom`
    """
    from app.cli._store import open_database
    from app.queries import tokens as queries

    with open_database() as database, database.sessions.begin() as session:
        count = queries.revoke_token(session, name)
    say(f"Revoked: {count} of the name “{name}”.")
