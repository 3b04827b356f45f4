"""`make bench`: how fast Demarche reads, derives and answers, on this machine.

make bench
make bench ARGS="--only reading"
make bench ARGS="--statements 1000000 --json"
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

import uvicorn
from rich.console import Console
from rich.table import Table

from app import __version__, jobs
from app.config import ROOT, Settings
from app.db import Database, start_database, upgrade
from app.extract import extract_statements
from app.main import create_app
from app.queries import registry as stored
from app.records import SourceText
from app.registers import load_questions, load_registers
from bench.archive import Size, fill
from bench.clock import Timing, time_calls
from bench.matrix import AS_OF, measure_parts
from bench.reading import Figure, measure_reading

COLUMNS = 6
ROWS = 40
# Made in half a minute, and no more telling when larger: a matrix does not read statements.
STATEMENTS = 50_000


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table, and the number in it for a program to read."""

    what: str
    figure: str
    value: float
    unit: str


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--statements", type=int, default=STATEMENTS, help="size of the invented archive")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each request is repeated")
    parser.add_argument("--every", type=int, default=3, help="read every so many texts: 1 takes ten minutes")
    parser.add_argument("--only", choices=["reading", "archive"], help="half of it: texts, or the database")
    parser.add_argument("--json", action="store_true", help="print JSON and no table")
    options = parser.parse_args()
    results: list[Result] = []
    if options.only != "archive":
        results += [*map(describe_figure, measure_reading(step=options.every)), *measure_extraction()]
    if options.only != "reading":
        results += measure_archive(Size(options.statements), options.seconds)
    if options.json:
        print(json.dumps({"machine": describe_machine(), "results": [asdict(r) for r in results]}, indent=1))
    else:
        show(results, options.statements)


def describe_machine() -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores{load}, {platform.machine()}"


def describe_figure(figure: Figure) -> Result:
    number = f"{figure.value:,.1f}" if figure.value < 100 else f"{figure.value:,.0f}"
    text = f"{number} {figure.unit}"
    what = f"{figure.what}; {figure.note}" if figure.note else figure.what
    return Result(what, text, round(figure.value, 3), figure.unit)


def show(results: Sequence[Result], statements: int) -> None:
    table = Table(title=f"Demarche {__version__}, an archive of {statements:,} statements")
    table.add_column("what")
    table.add_column("figure", justify="right")
    for result in results:
        table.add_row(result.what, result.figure)
    console = Console()
    console.print(table)
    console.print(describe_machine())


# ---- extraction ------------------------------------------------------------------------------------


def measure_extraction() -> Iterator[Result]:
    """The sample briefs, which are all about some question: the dear case. The models load first."""
    texts = [
        SourceText(str(path), read_brief(path)) for path in sorted((ROOT / "data/briefs").glob("*.json"))
    ]
    questions, registry = load_questions(), load_registers()
    began = perf_counter()
    extract_statements(texts[:1], questions, registry)
    yield in_seconds("loading the models, and the first text", perf_counter() - began)
    began = perf_counter()
    found = extract_statements(texts, questions, registry)
    took = perf_counter() - began
    words = sum(len(text.text.split()) for text in texts)
    yield Result(
        f"extraction, {len(texts)} briefs with {sum(map(len, found))} statements",
        f"{words / took:,.0f} words/s",
        round(words / took, 1),
        "words/s",
    )
    elsewhere = [SourceText(str(n), f"Text {n}. " + IRRELEVANT) for n in range(200)]
    began = perf_counter()
    extract_statements(elsewhere, questions, registry)
    took = (perf_counter() - began) / len(elsewhere)
    yield Result("extraction, a text about no question", f"{took * 1000:.2f} ms", round(took * 1000, 3), "ms")


IRRELEVANT = (
    "The museum in the old harbour opens again on Saturday after two years of repairs. Visitors find the "
    "paintings of the collection in new rooms on the upper floor, the director said, and the garden is free. "
) * 10


def read_brief(path: Path) -> str:
    text: str = json.loads(path.read_text(encoding="utf-8"))["text"]
    return text


# ---- the archive -------------------------------------------------------------------------------------


def measure_archive(size: Size, seconds: float) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as home:
        settings = Settings(home=Path(home), database_url=None, log_level="ERROR")
        began = perf_counter()
        with start_database(settings) as database:
            upgrade(database.engine)
            yield in_seconds("first start of the embedded Postgres, migrated", perf_counter() - began)
            actors, questions = prepare(database, size)
            began = perf_counter()
            jobs.derive_all(database.sessions)
            yield in_seconds("deriving every position from nothing", perf_counter() - began)
            for what, timing in measure_parts(database, actors[:ROWS], questions[:COLUMNS], seconds=seconds):
                yield describe(what, timing)
            with serve(database, settings) as port:
                yield from measure_requests(port, actors[:ROWS], questions[:COLUMNS], seconds)


def prepare(database: Database, size: Size) -> tuple[tuple[str, ...], tuple[str, ...]]:
    registry = load_registers()
    with database.sessions.begin() as session:
        stored.save_registry(session, registry)
        stored.save_questions(session, load_questions())
    return fill(database.engine, size, tuple(registry.countries))


@contextmanager
def serve(database: Database, settings: Settings) -> Iterator[int]:
    """The application on a free port of this machine, by the server that production runs."""
    config = uvicorn.Config(create_app(database, settings), port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def measure_requests(
    port: int, actors: Sequence[str], questions: Sequence[str], seconds: float
) -> Iterator[Result]:
    columns = "&".join(f"question={slug}" for slug in questions)
    some = "&".join([columns, *(f"actor={slug}" for slug in actors)])
    paths = {
        f"page of the matrix, {len(actors)} by {len(questions)}": f"/?as_of={AS_OF}&{some}",
        f"REST, matrix of {len(actors)} by {len(questions)}": f"/api/v1/matrix?as_of={AS_OF}&{some}",
        f"REST, matrix of every leader by {len(questions)}": f"/api/v1/matrix?as_of={AS_OF}&{columns}",
        "page of a question": f"/questions/{questions[0]}?as_of={AS_OF}",
        "page of a leader": f"/actors/{actors[0]}?as_of={AS_OF}",
        "REST, the newest 50 statements": "/api/v1/statements",
        "REST, search for a rare word": "/api/v1/statements?q=4711",
        "REST, positions, 50 of them": "/api/v1/positions",
    }
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        for what, path in paths.items():
            yield describe(what, time_calls(make_request(connection, path), seconds=seconds))
        path = f"/api/v1/matrix?as_of={AS_OF}&{some}"
        etag = request(connection, path, {}, 200)
        again = make_request(connection, path, {"If-None-Match": etag}, 304)
        yield describe("REST, the same matrix again, unchanged (304)", time_calls(again, seconds=seconds))


def make_request(
    connection: HTTPConnection, path: str, headers: dict[str, str] | None = None, status: int = 200
) -> Callable[[], str]:
    return lambda: request(connection, path, headers or {}, status)


def request(connection: HTTPConnection, path: str, headers: dict[str, str], status: int) -> str:
    """Ask, read the answer to its end, and give its ETag. Another status than expected measures nothing."""
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != status:
        raise SystemExit(f"{path} answered {response.status}: {body[:300].decode(errors='replace')}")
    return response.headers.get("ETag", "")


def describe(what: str, timing: Timing) -> Result:
    return Result(what, f"{timing.p50:.2f} / {timing.p99:.2f} ms", round(timing.p50, 3), "ms, median")


def in_seconds(what: str, seconds: float) -> Result:
    return Result(what, f"{seconds:.1f} s", round(seconds, 3), "s")


if __name__ == "__main__":
    main()
