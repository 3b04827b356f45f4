"""Real articles all the way into a database of their own: how many fail, and whether every offset holds."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from app import jobs
from app.arrive import Failure, read_all
from app.config import Settings
from app.db import start_database, upgrade
from app.errors import DemarcheError


def print_whole_way(file: Path) -> None:
    """Read, extract, store and derive each line of a JSON Lines file in a throw-away database."""
    began, stored, failed = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), samples=False)
        with start_database(settings) as database:
            upgrade(database.engine)
            jobs.load_registers(database.sessions)
            for arrival in read_all([str(file)], settings):
                if isinstance(arrival, Failure):
                    failed += 1
                    print(f"  {arrival.name}: {arrival.message}")
                    continue
                try:
                    stored += jobs.ingest(database.sessions, arrival).new
                except DemarcheError as error:
                    failed += 1
                    print(f"  {arrival.name}: {error.message}")
            with database.sessions() as session:
                statements, wrong = session.execute(
                    text(
                        "select count(*), count(*) filter (where substr(d.text, s.span_start + 1, "
                        "s.span_end - s.span_start) <> s.evidence) "
                        "from statement s join document d on d.id = s.document_id"
                    )
                ).one()
                derived = session.execute(text("select count(*) from position")).scalar_one()
    print(
        f"{file.name}: {stored} documents stored, {failed} failed, {statements} statements, {wrong} with a wrong "
        f"offset, {derived} rows of positions; {time.monotonic() - began:.0f} s\n"
    )
