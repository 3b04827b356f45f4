"""The database: one engine, from an address or from a server of our own in the data folder.

With DEMARCHE_DATABASE_URL any Postgres from 15 on serves; without it an embedded one is started in
DEMARCHE_HOME/postgres (docs/decisions/0001-embedded-postgres.md says which and why). Everybody above
sees only a `Database`. Nothing here commits: that is for the request or the job.
"""

from app.db._database import Database, start_database
from app.db._migrate import upgrade
from app.db._server import PostgresServer, find_debian_binaries, find_embedded_binaries

__all__ = [
    "Database",
    "PostgresServer",
    "find_debian_binaries",
    "find_embedded_binaries",
    "start_database",
    "upgrade",
]
