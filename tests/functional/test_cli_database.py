"""The commands that need a database: ingest, matrix, derive, export, tokens, samples."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import main
from app.config import load_settings
from app.db import start_database, upgrade
from tests.conftest import Servers
from tests.functional.conftest import fill

TEXT = (
    "The museum of the town opened its new hall on Tuesday. Visitors came from all over the county, and the "
    "mayor cut the ribbon. The hall shows paintings of the nineteenth century and a collection of clocks."
)


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def address(servers: Servers) -> str:
    """The small archive, in a database that this file may change."""
    settings = servers.make_database("embedded")
    with start_database(settings) as database:
        upgrade(database.engine)
        fill(database)
    assert settings.database_url is not None
    return settings.database_url


@pytest.fixture
def run(address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run `demarche` over the archive; what it exits with and says."""
    monkeypatch.setenv("DEMARCHE_DATABASE_URL", address)
    monkeypatch.setenv("COLUMNS", "200")
    load_settings.cache_clear()

    def run_it(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["demarche", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        said = capfd.readouterr()
        return Outcome(int(caught.value.code or 0), said.out, said.err)

    yield run_it
    load_settings.cache_clear()


def test_ingest_stores_what_it_can_and_names_what_it_cannot(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hall.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    lines = [{"text": TEXT.replace("town", "city"), "published": "2024-03-05"}, {"text": 5}]
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, lines)))
    found = run("ingest", tmp_path)
    assert found.status == 1
    assert re.search(r"new documents\s+2", found.out)
    assert re.search(r"could not be read\s+2", found.out)
    assert "empty.txt" in found.err
    assert "line 2" in found.err
    assert "Traceback" not in found.err
    again = run("ingest", tmp_path / "hall.txt")
    assert again.status == 0
    assert re.search(r"held already\s+1", again.out)


def test_the_matrix_in_the_terminal(run: Run) -> None:
    found = run("matrix", "--question", "troops-ukraine", "--as-of", "2024-06-30", "--no-silent")
    assert found.status == 0
    assert "Positions as of 2024-06-30" in found.out
    assert re.search(r"Olaf Scholz \(DE\).*✕ rejects 2024-02-27", found.out)
    assert re.search(r"NATO members.*1 ◐ {2}3 ✕ {2}28 –", found.out)


def test_the_matrix_as_json_and_csv(run: Run) -> None:
    options = ["--question", "long-range-strikes", "--country", "us", "--as-of", "2024-06-30"]
    matrix = json.loads(run("matrix", *options, "--format", "json").out)
    stances = {row["actor"]: row["cells"][0]["stance"] for row in matrix["rows"]}
    assert stances["joe-biden"] == "backs"
    rows = list(csv.DictReader(io.StringIO(run("matrix", *options, "--format", "csv").out)))
    assert {row["actor"]: row["stance"] for row in rows} == stances


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--alliance", "nto"], "Is nato meant?"),
        (["--as-of", "30.6.2024"], "--as-of: “30.6.2024” is not a day."),
        (["--country", "Germany"], "is not a country code"),
    ],
)
def test_a_wrong_name_or_day_is_one_line(run: Run, options: list[str], words: str) -> None:
    found = run("matrix", *options)
    assert (found.status, found.out) == (1, "")
    assert words in found.err
    assert len(found.err.splitlines()) == 1


def test_derive_from_nothing_says_how_many(run: Run) -> None:
    found = run("derive")
    assert found.status == 0
    assert re.search(r"Positions derived: \d+\.", found.err)


@pytest.mark.parametrize("kind", ["statements", "positions", "changes", "documents", "actors"])
def test_export_writes_whole_files(run: Run, tmp_path: Path, kind: str) -> None:
    assert run("export", kind, "--out", tmp_path / "out.csv").status == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    lines = run("export", kind, "--format", "ndjson").out.splitlines()
    assert rows
    assert [list(row) for row in rows] == [list(json.loads(line)) for line in lines]


def test_tokens_are_made_listed_and_revoked(run: Run) -> None:
    made = run("tokens", "add", "newsroom", "--scope", "ingest", "--scope", "review")
    assert made.status == 0
    assert re.fullmatch(r"demarche_\S{40,}\n", made.out)
    assert re.search(r"newsroom .* ingest, review .* in use", run("tokens", "list").out)
    assert run("tokens", "revoke", "newsroom").status == 0
    assert re.search(r"newsroom .* revoked", run("tokens", "list").out)
    assert run("tokens", "revoke", "newsroom").status == 1
    wrong = run("tokens", "add", "x", "--scope", "everything")
    assert wrong.status == 1
    assert "ingest, review, admin" in wrong.err


def test_samples_that_are_not_there_can_be_removed_too(run: Run) -> None:
    found = run("samples", "remove")
    assert (found.status, found.err) == (0, "Sample briefs removed: 0.\n")
