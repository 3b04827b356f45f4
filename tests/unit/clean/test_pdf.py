import re

import pytest

from app.clean.pdf import MAX_PAGES, read_pdf
from app.errors import BadInput, TooLarge
from tests.fixtures.pdfs import lock_pdf, make_pdf

LINES = ["Nothing should be excluded, the president said.", "Her minister agreed with that."]
PDF = make_pdf([LINES])


def test_a_pdf_locked_only_against_changes_is_read() -> None:
    assert read_pdf(lock_pdf(PDF, "")).text.startswith("Nothing should be excluded")


def test_a_pdf_with_a_password_is_refused_and_the_way_out_named() -> None:
    with pytest.raises(BadInput, match=r"encrypted.*without a password"):
        read_pdf(lock_pdf(PDF, "secret"))


def test_a_scan_is_told_from_a_text() -> None:
    with pytest.raises(BadInput, match=r"scan.*OCR"):
        read_pdf(make_pdf([[], [], []]))


@pytest.mark.parametrize("body", [b"%PDF-1.4\nrubbish", PDF[: len(PDF) // 3], b"%PDF-"])
def test_a_damaged_pdf_is_refused_in_plain_words(body: bytes) -> None:
    with pytest.raises(BadInput):
        read_pdf(body)


def test_a_pdf_of_too_many_pages_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge, match=f"up to {MAX_PAGES}"):
        read_pdf(make_pdf([["x"]] * (MAX_PAGES + 1)))


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Declaration of the summit", "Declaration of the summit"),
        ("Microsoft Word - final2.doc", None),
        ("x", None),
    ],
)
def test_a_title_that_a_program_made_up_is_not_believed(title: str, found: str | None) -> None:
    assert read_pdf(make_pdf([LINES], Title=title)).title == found


def test_the_day_of_making_counts_unless_a_browser_printed_it() -> None:
    made = read_pdf(make_pdf([LINES], CreationDate="D:20240709120000Z", Producer="Scribus"))
    printed = read_pdf(make_pdf([LINES], CreationDate="D:20240709120000Z", Producer="Skia/PDF m156"))
    assert str(made.published) == "2024-07-09"
    assert printed.published is None


def test_what_runs_along_on_each_page_is_no_text() -> None:
    pages = [
        ["Running head", f"Sentence {word} ends on this page.", str(n)] for n, word in enumerate("abcd", 1)
    ]
    text = read_pdf(make_pdf(pages)).text
    assert "Running head" not in text
    assert not re.search(r"\d", text)
    assert "Sentence d ends" in text
