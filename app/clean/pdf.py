"""The text of a PDF: press releases, communiqués, speeches, printed web pages.

A PDF holds lines on pages, not paragraphs: page numbers and running heads are taken out and lines
are joined. pypdf limits what a stream may unpack to; pages, letters and time are limited here.
"""

import io
import re
import time
from collections import Counter
from datetime import date

import pypdf
from pypdf.errors import PyPdfError

from app.clean.dates import find_dateline
from app.clean.found import Found
from app.clean.wrapping import join_lines
from app.errors import BadInput, TooLarge

MAX_PAGES = 300
MAX_SECONDS = 30.0
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}\s*(?:(?:/|of)\s*\d{1,4}\s*)?[-–—]?", re.IGNORECASE)
# A line at the edge of at least this share of the pages belongs to the pages, not to the text.
_RUNNING = 0.6
_EDGE = 2  # lines at the top and at the bottom
# Typesetters' joined letters, which no reader of words knows: "oﬃce".
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# What programs write into the title when nobody gave one.
_NO_TITLE = re.compile(
    r"microsoft|untitled|\.(?:docx?|pdf|indd|odt|rtf|html?|pptx?)$|^(?:document|slide)\d*$", re.I
)
# A page printed from a browser was made when somebody printed it, which says nothing of the text.
_PRINTED = re.compile(r"mozilla|skia|chrom|firefox|safari|quartz|wkhtml|print to pdf", re.IGNORECASE)


def read_pdf(body: bytes) -> Found:
    """The text of a PDF and what its properties say of it."""
    # pypdf meets broken files with errors of every kind (KeyError, zlib.error, RecursionError, …);
    # whatever it stumbles over, the file is what is wrong.
    try:
        reader = pypdf.PdfReader(io.BytesIO(body))
        _open_lock(reader)
        pages = _read_pages(reader)
        title, author, day = _read_properties(reader)
    except (BadInput, TooLarge):
        raise
    except Exception as error:
        raise BadInput(
            "This PDF is damaged and cannot be read. Open it in a viewer, copy the text and paste it."
        ) from error
    text = join_lines("\n".join(_drop_running_lines(pages)))
    if sum(1 for char in text if char.isalpha()) < 2 * len(pages):
        raise BadInput(
            "This PDF holds pictures of pages and no text (a scan). "
            "Run it through text recognition (OCR) first, or paste the text."
        )
    return Found(text, title=title, author=author, published=find_dateline(text) or day)


def _open_lock(reader: pypdf.PdfReader) -> None:
    """Opens a file that is locked against changes only; many ministries' press releases are."""
    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except (PyPdfError, NotImplementedError) as error:
        raise BadInput(_LOCKED) from error
    if not opened:
        raise BadInput(_LOCKED)


_LOCKED = "This PDF is encrypted. Save it without a password, or copy the text from a viewer and paste it."


def _read_pages(reader: pypdf.PdfReader) -> list[str]:
    if len(reader.pages) > MAX_PAGES:
        raise TooLarge(
            f"This PDF has {len(reader.pages)} pages; up to {MAX_PAGES} are read. "
            "Save the pages that matter as a PDF of their own."
        )
    end = time.monotonic() + MAX_SECONDS
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text().strip().translate(_LIGATURES))
        if time.monotonic() > end:
            raise TooLarge(
                f"This PDF takes longer than {MAX_SECONDS:g} seconds to read. "
                "Save the pages that matter as a PDF of their own, or paste the text."
            )
    return pages


def _read_properties(reader: pypdf.PdfReader) -> tuple[str | None, str | None, date | None]:
    """Title, author and day of making, each None when it is missing or not to be believed."""
    properties = reader.metadata
    if properties is None:
        return None, None, None
    title = (properties.title or "").strip()
    printed = _PRINTED.search(f"{properties.creator} {properties.producer}")
    try:
        made = properties.creation_date
    except ValueError:
        made = None
    return (
        title if len(title) > 5 and not _NO_TITLE.search(title) else None,
        properties.author,
        made.date() if made and not printed else None,
    )


def _drop_running_lines(pages: list[str]) -> list[str]:
    """The pages without page numbers and without what stands at the edge of most of them."""
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    edges = Counter(line for lines in split for line in {*lines[:_EDGE], *lines[-_EDGE:]} if line)
    running = {
        line for line, pages_with in edges.items() if len(pages) > 2 and pages_with >= _RUNNING * len(pages)
    }
    kept = []
    for lines in split:
        last = len(lines) - _EDGE
        kept.append(
            "\n".join(
                line
                for place, line in enumerate(lines)
                if _EDGE <= place < last or (line not in running and not _PAGE_NUMBER.fullmatch(line))
            )
        )
    return kept
