"""Raw files and what must be read from them, side by side in tests/fixtures/reading."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.arrive import read_path
from app.clean import clean_arrival, normalise
from app.config import ROOT, Settings
from app.records import Arrival

FOLDER = ROOT / "tests" / "fixtures" / "reading"
PAGES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
TODAY = date(2026, 1, 1)


def read(path: Path) -> Arrival:
    return read_path(path, Settings())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_read_as_its_golden_twin_says(path: Path) -> None:
    document = clean_arrival(read(path), today=TODAY)
    found = {
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "address": document.address,
        "published": document.published.isoformat(),
        "date_basis": document.date_basis.value,
        "text": document.text.split("\n\n"),
    }
    assert found == json.loads(path.with_name(path.name + ".json").read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_stored_text_read_again_is_the_same_document(path: Path) -> None:
    document = clean_arrival(read(path), today=TODAY)
    again = clean_arrival(Arrival(document.text.encode(), "text/plain", "utf-8"), today=TODAY)
    assert normalise(document.text) == document.text
    assert again.text_hash == document.text_hash


def test_the_same_release_in_two_encodings_is_one_document() -> None:
    one = clean_arrival(read(FOLDER / "press-release.txt"), today=TODAY)
    other = clean_arrival(read(FOLDER / "press-release-utf-16.txt"), today=TODAY)
    assert one.text_hash == other.text_hash
