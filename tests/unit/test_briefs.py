"""The sample briefs are data that readers see first, so they are checked like code.

A sample that puts words into a leader's mouth would be worse than no sample: every quotation must be
found among the words the facts list for the report the brief names.
"""

from __future__ import annotations

import csv
import json
import os
import re
import unicodedata
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
BRIEFS = sorted((ROOT / "data" / "briefs").glob("*.json"))
FACTS = Path(os.environ.get("DEMARCHE_SHARED", ROOT.parent / "shared")) / "facts" / "statements.csv"
FIELDS = {"title", "published", "publisher", "url", "source_publisher", "text"}

needs_facts = pytest.mark.skipif(not FACTS.is_file(), reason="the facts behind the briefs are not here")
each_brief = pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)


def read_brief(path: Path) -> dict[str, str]:
    brief: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return brief


def read_facts() -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def find_quoted(text: str) -> list[str]:
    return re.findall(r"“([^“”]*)”", text)


def plain(words: str) -> str:
    """Words as they are compared: the facts keep each publisher's apostrophes and line breaks.

    "It’s not on\\nthe cards" -> "it's not on the cards"
    """
    return " ".join(words.replace("’", "'").replace("‘", "'").split()).casefold()


def test_there_are_enough_briefs_to_fill_a_matrix() -> None:
    assert len(BRIEFS) >= 40


@each_brief
def test_brief_has_exactly_the_fields(path: Path) -> None:
    brief = read_brief(path)
    assert set(brief) == FIELDS
    assert all(isinstance(value, str) and value == value.strip() and value for value in brief.values())
    assert brief["publisher"] == "Demarche sample briefs"


@each_brief
def test_brief_is_named_by_its_day_and_subject(path: Path) -> None:
    published = read_brief(path)["published"]
    assert date.fromisoformat(published) >= date(2022, 1, 1)
    assert re.fullmatch(rf"{published}-[a-z0-9]+(-[a-z0-9]+)*", path.stem)


@each_brief
def test_brief_names_a_well_formed_address(path: Path) -> None:
    address = urlsplit(read_brief(path)["url"])
    assert address.scheme in {"http", "https"}
    assert "." in (address.hostname or "")
    assert address.path not in {"", "/"}


@each_brief
def test_brief_is_as_long_as_a_brief(path: Path) -> None:
    assert 60 <= len(read_brief(path)["text"].split()) <= 220


@each_brief
def test_brief_is_set_in_one_typography(path: Path) -> None:
    """NFC; paired “ ” for quotations; ASCII apostrophes; beyond that only letters such as é."""
    brief = read_brief(path)
    for text in (brief["title"], brief["text"]):
        assert unicodedata.is_normalized("NFC", text)
        assert re.sub(r"[^“”]", "", text) == "“”" * text.count("“")
        others = {sign for sign in text if ord(sign) > 126 and not sign.isalpha()}
        assert others <= set("“”…")
        assert '"' not in text
        assert "  " not in text


def test_no_two_briefs_share_a_text_or_a_title() -> None:
    briefs = [read_brief(path) for path in BRIEFS]
    assert len({plain(brief["text"]) for brief in briefs}) == len(briefs)
    assert len({plain(brief["title"]) for brief in briefs}) == len(briefs)


@needs_facts
@each_brief
def test_brief_stands_on_a_report_of_that_day(path: Path) -> None:
    brief = read_brief(path)
    reports = {(row["url"], row["publisher"], row["published"]) for row in read_facts()}
    assert (brief["url"], brief["source_publisher"], brief["published"]) in reports


@needs_facts
@each_brief
def test_every_quotation_is_among_the_reported_words(path: Path) -> None:
    """One or two words in quotation marks may be a name (“Victory Plan”); three or more are a quotation."""
    brief = read_brief(path)
    reported = [plain(row["words"]) for row in read_facts() if row["url"] == brief["url"] and row["words"]]
    for quoted in find_quoted(brief["title"]) + find_quoted(brief["text"]):
        wanted = plain(quoted).rstrip(".,;:!?")
        assert len(quoted.split()) < 3 or any(wanted in words for words in reported), quoted
