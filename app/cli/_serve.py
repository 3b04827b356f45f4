"""`serve`: the product. What it needs is loaded when it runs."""

from __future__ import annotations


def serve() -> None:
    """Start the database, migrate it, load registers and sample briefs, and serve the pages and REST.

    Settings come from the environment:

    - `DEMARCHE_HOST`, `DEMARCHE_PORT`: where to listen (127.0.0.1, 8000);
    - `DEMARCHE_HOME`: the data folder (var);
    - `DEMARCHE_DATABASE_URL`: a Postgres of your own, instead of the embedded one;
    - `DEMARCHE_SAMPLES=false`: no sample briefs.

    Example: `DEMARCHE_PORT=8001 demarche serve`

    Exit status: 0 stopped by Ctrl-C or SIGTERM; 1 it could not start; 130 stopped by Ctrl-C while starting.
    """
    from app.cli._server import serve_until_stopped

    serve_until_stopped()
