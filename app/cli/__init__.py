"""`demarche`: one command line for the server, the texts, the matrix and the tokens.

Results go to standard output, everything else to standard error, so that results can be piped on. An error
that is known prints one line that says what to do; a traceback is a fault of ours.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from pydantic import ValidationError

from app import __version__
from app.cli._console import complain
from app.cli._derive import derive
from app.cli._export import export
from app.cli._extract import attribute, extract
from app.cli._ingest import ingest
from app.cli._matrix import matrix
from app.cli._samples import samples
from app.cli._serve import serve
from app.cli._tokens import tokens
from app.config import load_settings
from app.errors import DemarcheError
from app.log import start_logging

cli = typer.Typer(
    name="demarche",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Who backs it, who rejects it, and in which words. "
    "`demarche COMMAND --help` has an example for each command.",
)
for command in (serve, ingest, matrix, extract, attribute, export, derive):
    cli.command()(command)
cli.add_typer(tokens)
cli.add_typer(samples)


def show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@cli.callback()
def options(
    _version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read the settings and start the log, whichever command follows."""
    start_logging(load_settings().log_level)


def main() -> None:
    """The console script: known errors become one line and exit status 1."""
    try:
        cli()
    except DemarcheError as error:
        complain(error.message)
        sys.exit(1)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(["DEMARCHE", *map(str, first["loc"])]).upper()
        complain(f"{name} is “{first['input']}”. {first['msg']}.")
        sys.exit(1)
