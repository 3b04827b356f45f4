"""From what arrived to a document: text, day, title, publisher; or a refusal that says what to do."""

import re
from datetime import date

import httpx

from app.clean.article import read_article
from app.clean.binary import describe_binary
from app.clean.charset import decode_body
from app.clean.dates import choose_day, find_dateline, is_dateline
from app.clean.found import Found
from app.clean.language import find_foreign_language
from app.clean.mojibake import is_hopeless, repair_mojibake
from app.clean.pdf import read_pdf
from app.clean.text import hash_text, normalise, normalise_line
from app.clean.wrapping import unwrap_if_wrapped
from app.errors import BadInput, TooLarge
from app.records import Arrival, CleanDocument

# A book. The parser keeps about a kilobyte a word in memory, and a reader finds no passage in it.
MAX_CHARACTERS = 1_000_000
_LONGEST_TITLE = 300
_LONGEST_HEADING = 120
_FEWEST_IN_HEADING = 3  # words; a dateline such as "Paris, AFP" has fewer


def clean_arrival(arrival: Arrival, *, today: date) -> CleanDocument:
    """The document in what arrived. BadInput or TooLarge says why it is none and what to do.

    `today` stands for a day that is neither given nor found, and is then marked as retrieved.
    """
    found = _read_body(arrival, today)
    text = normalise(repair_mojibake(found.text))
    _check_text(text)
    published, basis = choose_day(arrival.published, found.published, today=today)
    address = _check_address(arrival.address) or _check_address(found.address)
    return CleanDocument(
        text=text,
        text_hash=hash_text(text),
        published=published,
        date_basis=basis,
        title=_clean_name(arrival.title) or _clean_name(found.title) or _find_heading(text, arrival),
        publisher=_clean_name(arrival.publisher) or _clean_name(found.publisher) or _name_site(address),
        author=_clean_name(found.author),
        address=address,
        how=arrival.how,
    )


def _read_body(arrival: Arrival, today: date) -> Found:
    if not arrival.body.strip():
        raise BadInput("There is no text. Paste the article, or choose a file that holds it.", field="text")
    if arrival.content_type == "application/pdf":
        if b"%PDF-" not in arrival.body[:1024]:
            raise BadInput("This is named a PDF and is none. Open it in a viewer and save it anew.")
        return read_pdf(arrival.body)
    what = describe_binary(arrival.body)
    if what is not None:
        raise BadInput(f"{what} cannot be read. Save it as plain text, HTML or PDF, or paste the text.")
    markup = arrival.content_type in {"text/html", "application/xhtml+xml"}
    text = decode_body(arrival.body, arrival.charset, markup=markup)
    if markup:
        return read_article(text, address=arrival.address, today=today)
    return _read_plain(text)


def _read_plain(text: str) -> Found:
    text = unwrap_if_wrapped(normalise(text))
    return Found(text, published=find_dateline(text))


def _check_text(text: str) -> None:
    if not any(char.isalpha() for char in text):
        raise BadInput(
            "There is no text in this. Paste the article, or choose a file that holds it.", field="text"
        )
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(
            f"This text has {len(text):,} characters; up to {MAX_CHARACTERS:,} are read at once. Split it."
        )
    if is_hopeless(text):
        raise BadInput(
            "Many letters of this text were lost because it was saved or sent in a wrong encoding. "
            "Get it from its source again, saved as UTF-8.",
            field="text",
        )
    language = find_foreign_language(text)
    if language is not None:
        raise BadInput(
            f"This text seems to be in {language}, and only English is read. Give an English version.",
            field="text",
        )


def _check_address(address: str | None) -> str | None:
    """A web address, or None: a page may claim anything, and it will be shown as a link."""
    if address is None:
        return None
    try:
        parsed = httpx.URL(address.strip())
    except (httpx.InvalidURL, UnicodeError):
        return None
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
        return None
    return str(parsed)


def _name_site(address: str | None) -> str | None:
    """The site as a publisher's name when the page gives none: `www.example.org` -> `example.org`."""
    return httpx.URL(address).host.removeprefix("www.") if address else None


def _clean_name(name: str | None) -> str | None:
    line = normalise_line(repair_mojibake(name or ""))
    if line is None or len(line) <= _LONGEST_TITLE:
        return line
    return line[:_LONGEST_TITLE].rstrip() + "…"


def _find_heading(text: str, arrival: Arrival) -> str | None:
    """The first line as a title, when it looks like one: some words, no sentence, a blank line after it.

    Not in text files: those come in bulk, and their first line is as often "Watch the video".
    """
    if arrival.how == "file" and arrival.content_type == "text/plain":
        return None
    first, _, rest = text.partition("\n\n")
    if not rest or "\n" in first or len(first) > _LONGEST_HEADING or is_dateline(first):
        return None
    few = len(first.split()) < _FEWEST_IN_HEADING
    return None if few or re.search(r"[^\w)]$|^by\b", first, re.IGNORECASE) else first
