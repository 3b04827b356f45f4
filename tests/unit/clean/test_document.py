import hashlib
from contextlib import suppress
from datetime import date
from time import process_time
from typing import Any

import pytest

from app.clean import clean_arrival
from app.clean.article import MAX_MARKUP
from app.clean.document import MAX_CHARACTERS
from app.errors import BadInput, TooLarge
from app.records import Arrival, CleanDocument, DateBasis

TODAY = date(2024, 3, 1)
PATIENCE = 20  # CPU seconds
SENTENCE = "Ilka Maren said that nothing should be excluded."


def clean(body: str | bytes, content_type: str = "text/plain", **fields: Any) -> CleanDocument:
    body = body.encode() if isinstance(body, str) else body
    return clean_arrival(Arrival(body, content_type, **fields), today=TODAY)


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"", "text/plain", "There is no text"),
        (b" \n\t ", "text/html", "There is no text"),
        ("\u200b\u00ad\ufeff".encode(), "text/plain", "There is no text"),
        (b"1 2 3 ...", "text/plain", "There is no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/plain", "A picture cannot be read"),
        (b"PK\x03\x04word/document.xml", "application/octet-stream", "A Word, .* as plain text, HTML or PDF"),
        (b"{\\rtf1\\ansi Hello}", "text/plain", "A rich text file"),
        (bytes(range(256)) * 8, "text/html", "A binary file"),
        (b"Not a PDF at all", "application/pdf", "is none"),
        (b"<html><body><script>draw()</script></body></html>", "text/html", "No text was found"),
        (b"Der Kanzler lehnt die Entsendung ab.", "text/plain", "German, and only English"),
        (("M\ufffd\ufffdr \ufffds " * 40).encode(), "text/plain", "wrong encoding"),
    ],
)
def test_bad_input_is_refused_in_words_that_help(body: bytes, content_type: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        clean(body, content_type)


def test_more_than_a_book_is_too_large() -> None:
    with pytest.raises(TooLarge, match="Split it"):
        clean(SENTENCE * (MAX_CHARACTERS // len(SENTENCE) + 1))


def test_a_page_of_megabytes_without_scripts_is_too_large() -> None:
    script = "<script>" + "x" * MAX_MARKUP + "</script>"
    assert SENTENCE in clean(f"<html>{script}<p>{SENTENCE}", "text/html").text
    with pytest.raises(TooLarge, match="paste it"):
        clean("<html>" + "<b>x</b>" * (MAX_MARKUP // 8 + 1), "text/html")


def test_the_key_of_a_document_is_the_hash_of_its_cleaned_text() -> None:
    document = clean("Nothing\u00a0should be  excluded. \r\n", published=date(2024, 2, 27))
    assert document.text == "Nothing should be excluded."
    assert document.text_hash == hashlib.sha256(document.text.encode()).hexdigest()
    assert document.date_basis is DateBasis.GIVEN


def test_what_the_bringer_says_wins_over_what_the_page_says() -> None:
    page = (
        f"<html><head><title>Found</title><meta property='og:site_name' content='Site'></head><p>{SENTENCE}"
    )
    document = clean(page, "text/html", title="Given", publisher="Paper", published=date(2024, 2, 2))
    assert (document.title, document.publisher, document.published) == ("Given", "Paper", date(2024, 2, 2))


def test_the_site_is_the_publisher_when_the_page_names_none() -> None:
    document = clean(f"<html><p>{SENTENCE}", "text/html", address="https://www.paper.example/a?b=1")
    assert document.publisher == "paper.example"
    assert document.address == "https://www.paper.example/a?b=1"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "nonsense", "https://me:pw@x.example/"]
)
def test_an_address_that_is_no_web_address_is_dropped(address: str) -> None:
    canonical = f"<html><head><link rel='canonical' href='{address}'></head><p>{SENTENCE}"
    assert clean(canonical, "text/html", address=address).address is None


@pytest.mark.parametrize(
    ("text", "how", "title"),
    [
        (f"Maren will not rule it out\n\n{SENTENCE}", "paste", "Maren will not rule it out"),
        (f"Maren will not rule it out\n\n{SENTENCE}", "file", None),
        (f"27 February 2024\n\n{SENTENCE}", "paste", None),
        (f"By Mira Tolland and others\n\n{SENTENCE}", "paste", None),
        (f"{SENTENCE}\n\n{SENTENCE}", "paste", None),
    ],
)
def test_a_pasted_text_may_begin_with_its_title(text: str, how: str, title: str | None) -> None:
    assert clean(text, how=how).title == title


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<!--", "<script ", "<svg>", "<p "])
def test_a_page_made_to_be_hard_ends_soon(tag: str) -> None:
    began = process_time()
    with suppress(BadInput):  # refused is as good as read
        clean("<html><body>" + tag * (200_000 // len(tag)) + f"<p>{SENTENCE}", "text/html")
    assert process_time() - began < PATIENCE
