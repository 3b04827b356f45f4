import io
import json
from datetime import date
from pathlib import Path

import pytest

from app.arrive import Failure, read_all, read_text, read_upload
from app.config import Settings
from app.errors import TooLarge
from app.records import Arrival
from tests.fixtures.shared import find_shared

SETTINGS = Settings(max_bytes=1000)
LINE = {"id": "x", "text": "Nothing should be excluded.", "published": "2024-02-27", "extra": [1]}


def read(*sources: Path | str, stdin: bytes = b"") -> list[Arrival | Failure]:
    return list(read_all([str(source) for source in sources], SETTINGS, stdin=io.BytesIO(stdin)))


def texts(*sources: Path | str, stdin: bytes = b"") -> list[str]:
    """Bodies of what was read, `!` and the message of what was not."""
    return [
        f"!{one.message}" if isinstance(one, Failure) else one.body.decode()
        for one in read(*sources, stdin=stdin)
    ]


def test_a_source_that_fails_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("x" * 1001)
    (tmp_path / "d.txt").write_text("Last.")
    first, empty, large, missing, ftp, last = texts(
        tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt", tmp_path / "no.txt", "ftp://x.example/a",
        tmp_path / "d.txt",
    )  # fmt: skip
    assert (first, last) == ("First.", "Last.")
    assert "is empty" in empty
    assert "larger than the 0.001 MB" in large
    assert "There is no file" in missing
    assert "begin with http" in ftp


def test_a_folder_is_read_in_order_with_its_subfolders(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "a.html", "picture.png", "speech.docx", "sub/c.json", ".git/d.txt", ".e.txt"):
        (tmp_path / name).write_text(json.dumps(LINE) if name.endswith("json") else f"<p>{name}")
    found = [one.name for one in read(tmp_path)]
    assert [Path(name or "").name for name in found] == ["a.html", "b.txt", "speech.docx", "c.json"]


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    assert texts(tmp_path) == [
        "!This folder holds no document that is read (.txt, .html, .pdf, .json, .jsonl)."
    ]


def test_json_lines_give_a_document_a_line_and_a_failure_a_bad_one(tmp_path: Path) -> None:
    lines = [
        json.dumps(LINE | {"title": "T", "url": "https://x.example/", "publisher": "P"}),
        "",
        "{broken",
        json.dumps({"id": 1}),
        json.dumps(LINE | {"published": "27/02/2024"}),
        json.dumps(LINE | {"title": 3}),
        json.dumps(LINE | {"text": "x" * 1000}),
        "[" * 100_000,
        '{"text": "half \\ud83d", "published": null}',
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines))
    good, *bad, last = read(path)
    assert good == Arrival(
        b"Nothing should be excluded.", "text/plain", "utf-8", "https://x.example/", f"{path}, line 1",
        "file", "T", "P", date(2024, 2, 27),
    )  # fmt: skip
    messages = [one.message for one in bad if isinstance(one, Failure)]
    words = [
        "not JSON",
        "“text” is missing",
        "write the day as",
        "“title” must hold a text",
        "larger",
        "larger",
    ]
    assert all(word in message for word, message in zip(words, messages, strict=True))
    assert isinstance(last, Arrival)
    assert (last.body.decode(), last.published) == ("half \ufffd", None)


@pytest.mark.parametrize(
    ("content", "count", "failures"),
    [
        (json.dumps(LINE, indent=1), 1, 0),
        (json.dumps([LINE, LINE, {}]), 2, 1),
        (json.dumps([{"slug": "a-question"}]), 0, 1),
        ("\ufeff" + json.dumps(LINE), 1, 0),
        ("not json", 0, 1),
        ("3", 0, 1),
        ("[]", 0, 1),
    ],
)
def test_a_json_file_holds_one_document_or_a_list(
    tmp_path: Path, content: str, count: int, failures: int
) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, "utf-8")
    found = read(path)
    assert sum(isinstance(one, Arrival) for one in found) == count
    assert sum(isinstance(one, Failure) for one in found) == failures


@pytest.mark.parametrize(
    ("stdin", "bodies"),
    [
        (b"A text.\nOf two lines.", ["A text.\nOf two lines."]),
        (json.dumps(LINE).encode() + b"\n" + json.dumps(LINE).encode(), ["Nothing should be excluded."] * 2),
        (json.dumps(LINE, indent=1).encode(), ["Nothing should be excluded."]),
        (b"{curly} words begin this text.", ["{curly} words begin this text."]),
    ],
)
def test_standard_input_is_a_text_or_json_lines(stdin: bytes, bodies: list[str]) -> None:
    assert texts("-", stdin=stdin) == bodies


def test_standard_input_has_the_same_limits() -> None:
    assert "is empty" in texts("-", stdin=b"")[0]
    assert "larger" in texts("-", stdin=b"x" * 5000)[0]


def test_an_upload_may_hold_several_documents() -> None:
    body = (json.dumps(LINE) + "\n").encode() * 3
    assert len(list(read_upload(body, "news.jsonl", SETTINGS))) == 3
    (page,) = read_upload(b"<p>x", "page", SETTINGS, claimed="text/html")
    assert isinstance(page, Arrival)
    assert page.content_type == "text/html"
    assert isinstance(next(read_upload(b"", "a.json", SETTINGS)), Failure)
    assert isinstance(next(read_upload(b"x" * 2000, "a.txt", SETTINGS)), Failure)


def test_a_pasted_text_keeps_what_is_said_of_it_and_the_limit() -> None:
    arrival = read_text("Nothing.", SETTINGS, title="T", published=date(2024, 2, 27))
    assert (arrival.how, arrival.title, arrival.published) == ("paste", "T", date(2024, 2, 27))
    assert read_text("<!doctype html><p>Source", SETTINGS).content_type == "text/html"
    with pytest.raises(TooLarge):
        read_text("é" * 501, SETTINGS)


def test_every_real_article_arrives() -> None:
    settings = Settings()
    news = list(read_all([str(find_shared("news/news.jsonl"))], settings))
    seed = list(read_all([str(find_shared("gold/seed.json"))], settings))
    assert len(news) == 365
    assert all(isinstance(one, Arrival) for one in news + seed)
