"""Whether the reader already has this answer.

Every answer follows from the program, the address, the form asked for, the day (as_of is today unless given)
and the data. The data's state is one number, the revision. So a strong ETag is a hash of these, and a reader
who sends it back costs one small query. The price: any commit of data ends every ETag.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlalchemy.orm import Session

from app import __version__
from app.config import ROOT
from app.queries import revisions
from app.serve.filters import today
from app.serve.session import ReadSession

# The reader keeps it and asks each time whether it still holds, which costs next to nothing.
PUBLIC, PRIVATE = "public, no-cache", "private, no-cache"


class NotModified(Exception):
    """The reader has this very answer; `main` turns it into 304."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


def make_etag(*parts: object) -> str:
    """A strong ETag of everything an answer follows from."""
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def holds(etag: str, wanted: str | None) -> bool:
    """Whether an If-None-Match header names `etag`. Proxies that compress mark it weak; that still counts."""
    if wanted is None:
        return False
    names = [name.strip().removeprefix("W/") for name in wanted.split(",")]
    return etag in names


def check_etag(request: Request, session: ReadSession) -> int:
    """The revision the answer is made from; ends the request with 304 when the reader has the answer."""
    revision = revisions.current_revision(session)
    url, accept = request.url, request.headers.get("accept", "")
    data = (find_epoch(request, session), revision, today())
    etag = make_etag(find_build(), *data, url.path, url.query, accept)
    if holds(etag, request.headers.get("if-none-match")):
        raise NotModified(etag)
    request.state.etag = etag
    return revision


@cache
def find_build() -> str:
    """What the program is made of: after an update the same data may be shown in another way."""
    digest = sha256(__version__.encode())
    for folder, pattern in (("app", "*.py"), ("templates", "*.html"), ("static", "demarche.*")):
        for path in sorted((ROOT / folder).rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def find_epoch(request: Request, session: Session) -> str:
    """When the data began: another database behind the same address has the same numbers, not this."""
    state = request.app.state
    if not hasattr(state, "epoch"):
        begun = revisions.first_moment(session)
        if begun is None:
            return ""
        state.epoch = begun.isoformat()
    epoch: str = state.epoch
    return epoch


def cache_headers(request: Request) -> dict[str, str]:
    """What a cacheable answer carries."""
    kept = PUBLIC if request.app.state.settings.public_read else PRIVATE
    return {"ETag": request.state.etag, "Cache-Control": kept, "Vary": "Accept"}


def answer_unchanged(request: Request, error: NotModified) -> Response:
    """304, with the headers that the whole answer would carry."""
    request.state.etag = error.etag
    return Response(status_code=304, headers=cache_headers(request))


Revision = Annotated[int, Depends(check_etag)]
