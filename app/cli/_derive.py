"""`derive`: positions once more, from nothing. What it needs is loaded when it runs."""

from __future__ import annotations

from app.cli._console import err, say


def derive() -> None:
    """Derive every position again from statements, reviews and the registry.

    Positions are kept up as documents come in, so this changes nothing unless the rule, the threshold or the
    registers changed.

    Example: `demarche derive`
    """
    from app import jobs
    from app.cli._store import open_database

    with open_database() as database, err.status("Deriving positions"):
        count = jobs.derive_all(database.sessions)
    say(f"Positions derived: {count}.")
