"""What the matrix costs, part by part, on an invented archive in a real Postgres.

    python -m bench.matrix --statements 200000

The query over positions must not grow with the archive. What a view rests on (documents, confirmed) is
counted from statements and does grow, but once a revision of the data; so does the long way that derives
in memory, each time.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from sqlalchemy.orm import Session

from app import jobs
from app.config import Settings
from app.db import Database, start_database, upgrade
from app.positions import shape_matrix
from app.queries.positions import positions_as_of
from app.queries.registry import save_questions, save_registry
from app.records import Attribution, MatrixFilters
from app.registers import load_questions, load_registers
from app.serve.loaders import load_cell, load_known, load_matrix, load_question
from bench.archive import Size, fill
from bench.clock import Timing, time_calls

# The day a reader looks at: late enough that most of the archive lies before it.
AS_OF = date(2024, 6, 30)


def measure_parts(
    database: Database, actors: Sequence[str], questions: Sequence[str], *, seconds: float
) -> Iterator[tuple[str, Timing]]:
    """The parts of a matrix of these columns, then whole views; what each is and how long it takes."""
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    columns = tuple(questions)
    every = MatrixFilters(as_of=AS_OF, questions=columns)
    some = MatrixFilters(as_of=AS_OF, questions=columns, actors=tuple(actors))
    with Session(engine) as session:
        known = load_known(session)
        standing = positions_as_of(session, as_of=AS_OF, questions=columns)
    chosen = [known.question(slug) for slug in columns]
    size = f"{len(columns)} columns"

    def with_session(call: Callable[[Session], object]) -> Timing:
        def run() -> None:
            with Session(engine) as session:
                call(session)

        return time_calls(run, seconds=seconds)

    yield (
        f"positions of a day, {size}, {len(standing)} rows",
        with_session(lambda session: positions_as_of(session, as_of=AS_OF, questions=columns)),
    )
    yield (
        f"shape every leader by {size}, in memory",
        time_calls(lambda: shape_matrix(every, chosen, standing, (), known.registry), seconds=seconds),
    )
    yield (
        f"matrix of {len(actors)} by {len(columns)}, loaded",
        with_session(lambda session: load_matrix(session, some)),
    )
    yield (
        f"matrix of every leader by {len(columns)}, loaded",
        with_session(lambda session: load_matrix(session, every)),
    )
    yield ("a cell with its quotes", with_session(lambda s: load_cell(s, actors[0], columns[0], AS_OF)))
    yield ("a question with 24 months", with_session(lambda s: load_question(s, columns[0], AS_OF)))
    quoted = MatrixFilters(as_of=AS_OF, questions=columns, attribution=Attribution.DIRECT)
    yield (
        f"matrix by {len(columns)} of direct speech only, derived in memory",
        with_session(lambda session: load_matrix(session, quoted)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.matrix", description=__doc__)
    parser.add_argument("--statements", type=int, default=50_000)
    parser.add_argument("--actors", type=int, default=300)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    size = Size(options.statements, options.actors, options.questions)
    with (
        tempfile.TemporaryDirectory(prefix="demarche-bench-") as home,
        start_database(Settings(home=Path(home), database_url=None, log_level="ERROR")) as database,
    ):
        upgrade(database.engine)
        registry = load_registers()
        with database.sessions.begin() as session:
            save_registry(session, registry)
            save_questions(session, load_questions())
        actors, questions = fill(database.engine, size, tuple(registry.countries))
        began = perf_counter()
        rows = jobs.derive_all(database.sessions)
        print(f"{'every position derived from nothing':64} {perf_counter() - began:8.1f} s, {rows:,} rows")
        for what, timing in measure_parts(database, actors[:40], questions[:6], seconds=options.seconds):
            print(f"{what:64} {timing.p50:8.2f} / {timing.p99:.2f} ms")


if __name__ == "__main__":
    main()
