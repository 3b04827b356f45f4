"""Lists, page by page: `limit` rows from where `cursor` points, with the way to the next page.

Where neither is given, CSV and NDJSON carry every row, page after page while it is sent, so that a download
is whole and the memory it takes is that of one page.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, BeforeValidator, WithJsonSchema

from app.errors import BadRequest
from app.records import Page
from app.serve.filters import read_text
from app.serve.formats import Form, WantedForm, answer_json, answer_rows

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=BaseModel)

FEW, MOST = 50, 500  # rows of a page: unless asked, and at most


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a list is asked for, and in which form."""

    form: Form
    cursor: str | None
    limit: int | None

    @property
    def whole(self) -> bool:
        """Whether all rows are sent at once."""
        return self.form is not Form.JSON and self.cursor is None and self.limit is None


def choose_page(
    form: WantedForm,
    limit: Annotated[
        int | None,
        BeforeValidator(lambda value: None if value == "" else value),
        WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST, "default": FEW}),
        Query(
            ge=1,
            le=MOST,
            description=f"Rows of a page, at most {MOST}. Without it CSV and NDJSON hold every row.",
        ),
    ] = None,
    cursor: Annotated[
        str,
        BeforeValidator(read_text),
        Query(description="Where the page begins: `next` of the page before. Opaque: pass it on as it is."),
    ] = "",
) -> Wanted:
    """Which page of a list is asked for."""
    return Wanted(form, cursor or None, limit)


WantedPage = Annotated[Wanted, Depends(choose_page)]


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item, Shown]):
    """A list to be answered with: how to read a page of it, and how to show an item and a page."""

    name: str  # of the file that is downloaded
    row: type[Shown]
    fetch: Callable[[str | None, int], Page[Item]]
    show: Callable[[Item], Shown]
    wrap: Callable[[list[Shown], str | None], BaseModel]


def answer_list(request: Request, wanted: Wanted, listing: Listing[Item, Shown]) -> Response:
    """One page of a list with a Link to the next, or the whole list where rows alone are asked for."""
    page = listing.fetch(wanted.cursor, wanted.limit or (MOST if wanted.whole else FEW))
    if wanted.whole:
        return answer_rows(request, wanted.form, listing.name, listing.row, _read_on(listing, page))
    headers = {"Link": link_next(request, page.next)} if page.next else {}
    rows = [listing.show(item) for item in page.items]
    if wanted.form is Form.JSON:
        return answer_json(request, listing.wrap(rows, page.next), headers=headers)
    return answer_rows(request, wanted.form, listing.name, listing.row, rows, headers=headers)


def _read_on(listing: Listing[Item, Shown], page: Page[Item]) -> Iterator[Shown]:
    """Every row from `page` to the end of the list."""
    while True:
        yield from map(listing.show, page.items)
        if page.next is None:
            return
        page = listing.fetch(page.next, MOST)


def link_next(request: Request, cursor: str) -> str:
    """The Link header that leads to the next page of the same view."""
    base = request.app.state.settings.public_url
    url = request.url.include_query_params(cursor=cursor)
    address = f"{base.rstrip('/')}{url.path}?{url.query}" if base else str(url)
    return f'<{address}>; rel="next"'


def page_of(items: Sequence[Item], name: Callable[[Item], str], cursor: str | None, limit: int) -> Page[Item]:
    """A page of a short list that is in memory whole; the cursor holds the name of the page's first item."""
    first = 0
    if cursor is not None:
        names = [name(item) for item in items]
        try:
            first = names.index(urlsafe_b64decode(cursor.encode()).decode())
        except ValueError as error:
            raise BadRequest("This cursor leads nowhere. Begin again without one.", field="cursor") from error
    last = first + limit
    following = urlsafe_b64encode(name(items[last]).encode()).decode() if last < len(items) else None
    return Page(tuple(items[first:last]), following)
