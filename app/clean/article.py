"""The article of a web page, without its menus, notices and links.

trafilatura finds the main text and what the page says of itself (JSON-LD, meta tags, Open Graph).
It never goes to the network here; its extensive search for dates is off, because a day guessed from
a copyright line is worse than none.
"""

import re
from datetime import date, timedelta

import trafilatura

from app.clean.dates import EARLIEST, find_dateline
from app.clean.found import Found
from app.clean.markup import drop_heavy_parts, strip_tags
from app.errors import BadInput, TooLarge

# A break inside a sentence is typesetting; a double one, or one before a capital, parts paragraphs.
_SOFT_BREAK = re.compile(r"(?<=[\w,;])\s*<[bB][rR]\s*/?>\s*(?=[a-z])")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# Finding the article takes about 6 seconds a megabyte in the worst case (nothing but links).
MAX_MARKUP = 3_000_000
# With fewer words than this nothing can be an article; what is left is a consent wall or a menu.
_FEWEST_WORDS = 5


def read_article(html: str, *, address: str | None, today: date) -> Found:
    """The main text of a page and its title, author, publisher and day."""
    html = drop_heavy_parts(_XML_HEAD.sub("", html).replace("\x00", ""))
    if len(html) > MAX_MARKUP:
        raise TooLarge("This page is too large to find the article in it. Copy the article and paste it.")
    html = _SOFT_BREAK.sub(" ", html)
    page = _extract(html, address, today)
    text = page.text if page is not None and page.text else ""
    if len(text.split()) < _FEWEST_WORDS:
        text = strip_tags(html)
    if not any(char.isalpha() for char in text):
        raise BadInput(
            "No text was found in this page; it may be drawn by scripts or stand behind a notice. "
            "Open it in your browser, copy the article and paste it."
        )
    # trafilatura puts each paragraph on a line of its own.
    text = text.replace("\n", "\n\n")
    if page is None:
        return Found(text, published=find_dateline(text))
    return Found(
        text=text,
        title=page.title,
        author=page.author,
        publisher=page.sitename,
        published=_parse_day(page.date) or find_dateline(text),
        address=page.url,
    )


def _extract(html: str, address: str | None, today: date) -> trafilatura.settings.Document | None:
    """What trafilatura makes of it; None when the page is too broken even for its parser."""
    dates = {
        "original_date": True,
        "extensive_search": False,
        "min_date": EARLIEST.isoformat(),
        "max_date": (today + timedelta(days=1)).isoformat(),
    }
    try:
        found = trafilatura.bare_extraction(
            html, url=address, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
    except (ValueError, TypeError, AttributeError, SyntaxError, RecursionError):
        return None
    return found if isinstance(found, trafilatura.settings.Document) else None


def _parse_day(found: str | None) -> date | None:
    try:
        return date.fromisoformat((found or "")[:10])
    except ValueError:
        return None
