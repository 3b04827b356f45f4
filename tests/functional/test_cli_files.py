"""`extract` and `attribute`: files in, files out, in the formats that others rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.clean import normalise
from app.cli import main
from app.config import ROOT

# Odd spaces, a soft hyphen, Windows line ends, accents apart from their letters, a character beyond 16 bits:
# whatever is evened out inside, offsets count what was given.
ODD = (
    "BERLIN\u00a0\u00a0\u2014 \U0001f4f0 A day after the conference, the re\u00adply came.\r\n\r\n"
    "German Chancellor  Olaf Scholz said on Tuesday that Germany would not send ground troops to Ukraine."
    "\r\n\r\n"
    "Petr Fiala\u0301 spoke of cafe\u0301s. Emmanuel Macron said that he would send ground troops there.\r\n"
)
QUESTIONS = [
    {
        "slug": "troops",
        "title": "Send Western troops to Ukraine",
        "proposal": "Western countries send ground troops to Ukraine.",
        "keywords": ["ground troops", "send troops"],
    }
]


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `demarche` with arguments in this process; what it exits with and says."""

    def run_it(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["demarche", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        said = capfd.readouterr()
        return Outcome(int(caught.value.code or 0), said.out, said.err)

    return run_it


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.json"
    path.write_text(json.dumps(QUESTIONS), encoding="utf-8")
    return path


def write_lines(path: Path, *lines: object) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_extract_finds_statements_on_questions_of_ones_own(run: Run, tmp_path: Path, questions: Path) -> None:
    given = {
        "id": "a1",
        "text": ODD,
        "title": "x",
        "published": "2024-02-27",
        "url": "https://a.example",
        "more": 1,
    }
    texts = write_lines(tmp_path / "in.jsonl", given, {"id": 2, "text": "Nothing of the kind."})
    found = run("extract", texts, "--questions", questions, "--out", tmp_path / "out.jsonl")
    assert (found.status, found.out) == (0, "")
    first, second = read_lines(tmp_path / "out.jsonl")
    assert (first["id"], second) == ("a1", {"id": 2, "statements": []})
    keys = ["speaker", "actor", "question", "stance", "attribution", "via", "start", "end", "confidence"]
    assert all(list(statement) == keys for statement in first["statements"])
    stances = {(statement["actor"], statement["stance"]) for statement in first["statements"]}
    assert ("olaf-scholz", "rejects") in stances
    for statement in first["statements"]:
        passage = ODD[statement["start"] : statement["end"]]
        assert passage == passage.strip()
        if statement["actor"] == "olaf-scholz":
            assert "would not send ground troops" in normalise(passage)
            assert "Macron" not in passage


def test_attribute_finds_who_says_what(run: Run, tmp_path: Path) -> None:
    texts = write_lines(tmp_path / "in.jsonl", {"id": "a1", "text": ODD})
    assert run("attribute", texts, "--out", tmp_path / "out.jsonl").status == 0
    (line,) = read_lines(tmp_path / "out.jsonl")
    assert list(line) == ["id", "attributions"]
    assert line["attributions"]
    for attribution in line["attributions"]:
        assert list(attribution) == ["source", "cue", "content"]
        for start, end in (pair for spans in attribution.values() for pair in spans):
            assert 0 <= start < end <= len(ODD)
    contents = [normalise(ODD[s:e]) for found in line["attributions"] for s, e in found["content"]]
    assert any("would not send ground troops" in content for content in contents)


def test_bad_lines_are_named_and_the_rest_goes_on(run: Run, tmp_path: Path, questions: Path) -> None:
    texts = write_lines(
        tmp_path / "in.jsonl",
        {"id": "good", "text": "Nothing."},
        "{not json",
        "",
        '["a list"]',
        {"text": "no id"},
        {"id": "no text"},
        {"id": "day", "text": "x", "published": "27.2.24"},
        {"id": "last", "text": "Nothing.", "published": "27 February 2024"},
    )
    found = run("extract", texts, "--questions", questions, "--out", tmp_path / "out.jsonl")
    assert found.status == 1
    for number in (2, 4, 5, 6, 7):
        assert f"line {number}: " in found.err
    assert "5 of 7 lines" in found.err
    assert "Traceback" not in found.err
    assert [line["id"] for line in read_lines(tmp_path / "out.jsonl")] == ["good", "last"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{", "this is not JSON"),
        ("[]", "not a list of questions"),
        ('[{"slug": "a", "title": "b"}]', "question 1: “proposal” is missing"),
        ('[{"slug": "a", "title": "b", "proposal": "c", "keywords": "d"}]', "“keywords” is not a list"),
        (json.dumps(QUESTIONS * 2), "two questions have the slug “troops”"),
    ],
)
def test_wrong_questions_end_it_and_leave_no_file(
    run: Run, tmp_path: Path, questions: Path, written: str, words: str
) -> None:
    questions.write_text(written)
    texts = write_lines(tmp_path / "in.jsonl", {"id": "a", "text": "x"})
    found = run("extract", texts, "--questions", questions, "--out", tmp_path / "out.jsonl")
    assert found.status == 1
    assert words in found.err
    assert "Traceback" not in found.err
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "questions.json"}


def test_a_failure_leaves_the_earlier_file_as_it_was(
    run: Run, tmp_path: Path, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("earlier")
    assert run("extract", tmp_path / "none.jsonl", "-q", questions, "-o", out).status == 1
    texts = write_lines(tmp_path / "in.jsonl", {"id": "a", "text": "x"})

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli._find.write_batch", stop)
    assert run("extract", texts, "-q", questions, "-o", out).status == 130
    assert out.read_text() == "earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "questions.json", "out.jsonl"}


def test_a_text_that_breaks_the_analysis_does_not_take_the_others_with_it(
    run: Run, tmp_path: Path, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(texts: Any, *_: object) -> list[tuple[()]]:
        if any(text.id == "bad" for text in texts):
            raise RuntimeError("nobody thought of that")
        return [() for _ in texts]

    monkeypatch.setattr("app.cli._find.extract_statements", find)
    texts = write_lines(tmp_path / "in.jsonl", *({"id": name, "text": "x"} for name in ("a", "bad", "c")))
    found = run("extract", texts, "-q", questions, "-o", tmp_path / "out.jsonl")
    assert (found.status, "line 2: " in found.err, "nobody thought of that" in found.err) == (1, True, True)
    assert [line["id"] for line in read_lines(tmp_path / "out.jsonl")] == ["a", "c"]


def test_it_reads_a_pipe_and_writes_one_without_database_or_settings(tmp_path: Path) -> None:
    """In a process of its own, where a database could not even be reached."""
    env = {
        **os.environ,
        "DEMARCHE_DATABASE_URL": "postgresql://nowhere.invalid/x",
        "DEMARCHE_HOME": "/nowhere",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "app.cli", "extract", "-", "--out", "-"],
        input=b'{"id": "a", "text": "Nothing."}\n',
        capture_output=True,
        cwd=ROOT,
        env=env,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout) == {"id": "a", "statements": []}


@pytest.mark.parametrize(
    "command",
    ["serve", "ingest", "extract", "attribute", "matrix", "derive", "export", "tokens add", "samples remove"],
)
def test_help_teaches_with_an_example(run: Run, command: str) -> None:
    found = run(*command.split(), "--help")
    assert found.status == 0
    assert f"Example: {'DEMARCHE_PORT=8001 ' if command == 'serve' else ''}demarche {command}" in found.out


def test_wrong_use_is_status_2(run: Run) -> None:
    assert run("extract").status == 2
    assert run("nonsense").status == 2


def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.config import load_settings

    load_settings.cache_clear()
    monkeypatch.setenv("DEMARCHE_PORT", "many")
    found = run("derive")
    load_settings.cache_clear()
    assert found.status == 1
    assert "DEMARCHE_PORT is “many”" in found.err
