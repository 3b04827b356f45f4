"""How migrations run: on a connection that was handed in, else on the database of the settings."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from app.config import load_settings
from app.models import Base

# Two processes that start at the same moment must not migrate at the same moment. Any number will do.
MIGRATION_LOCK = 7_263_451

# A migration that waits for a busy table makes everybody else wait behind it: rather fail and try again.
TIMEOUTS = ("set local lock_timeout = '10s'", "set local statement_timeout = '15min'")


def run_migrations(connection: Connection) -> None:
    with connection.begin():
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        for statement in TIMEOUTS:
            connection.execute(text(statement))
        context.configure(connection=connection, target_metadata=Base.metadata)
        context.run_migrations()


def main() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        run_migrations(connection)
        return
    from app.db import start_database

    with start_database(load_settings(), attach=True) as database, database.engine.connect() as opened:
        run_migrations(opened)


main()
