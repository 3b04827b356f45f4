"""How commands speak: results on standard output, everything else on standard error, errors in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

out = Console()
err = Console(stderr=True)


def say(message: str) -> None:
    """Something worth knowing, on standard error."""
    err.print(escape(message), highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """What went wrong and what to do, in one red line."""
    err.print(f"[bold red]Error:[/] {escape(message)}", highlight=False, soft_wrap=True)


def warn(message: str) -> None:
    """One of many that failed; the rest goes on."""
    err.print(f"[yellow]{escape(message)}[/]", highlight=False, soft_wrap=True)


@contextmanager
def count_progress() -> Iterator[Progress]:
    """A bar that counts things; it leaves nothing behind where nobody watches."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress


@contextmanager
def share_progress() -> Iterator[Progress]:
    """A bar of how much of the input is read."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress
