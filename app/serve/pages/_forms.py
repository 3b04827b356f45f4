"""Whether a form was sent from a page of ours.

Three locks, because one may be missing: the browser says where a request comes from (Sec-Fetch-Site, Origin),
and the form carries a word that stands in a cookie other sites can neither read nor send. Nothing is
kept on the server, so any process answers.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from app.errors import DemarcheError
from app.serve.pages._render import base_of

COOKIE = "demarche-form"
SITES = frozenset({"same-origin", "none"})  # "none": typed or reloaded by the reader


class ForeignForm(DemarcheError):
    """A form that did not come from a page of this server, or came from one that is too old."""

    status = 403
    title = "This form was not sent from here"


def give_token(request: Request) -> str:
    """The word for the forms of a page: the one in the cookie, or a new one."""
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)


def keep_token(request: Request, response: Response, token: str) -> None:
    """Put the word into the cookie; it ends with the browser's session."""
    response.set_cookie(
        COOKIE,
        token,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/ingest",
    )
    response.headers["Cache-Control"] = "no-store"


def check_form(request: Request, token: str) -> None:
    """Refuse a form from elsewhere."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in SITES:
        raise ForeignForm("It was sent from a page of another site. Open “Add texts” here and send it again.")
    origin = request.headers.get("origin")
    if origin is not None and not _is_ours(origin, request):
        raise ForeignForm("It was sent from a page of another site. Open “Add texts” here and send it again.")
    expected = request.cookies.get(COOKIE, "")
    if not expected or not secrets.compare_digest(expected.encode(), token.encode()):
        raise ForeignForm(
            "The page it was sent from is no longer valid, or cookies are off. "
            "Open “Add texts” again and send it from there; nothing was stored."
        )


def _is_ours(origin: str, request: Request) -> bool:
    """Whether the origin is the host that was asked, or the one this installation is known by."""
    ours = {request.headers.get("host", ""), urlsplit(base_of(request)).netloc}
    return urlsplit(origin).netloc in ours
