"""From a typed record and a template to an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.config import ROOT
from app.serve.etags import cache_headers
from app.serve.pages._parts import Alternate, Link

STATIC = ROOT / "static"
NAV = (
    ("/", "Matrix"),
    ("/questions", "Questions"),
    ("/actors", "Leaders"),
    ("/documents", "Documents"),
    ("/ingest", "Add texts"),
    ("/about", "About"),
)


class PageRecord(Protocol):
    """What the frame of every page needs of the record that fills it."""

    @property
    def title(self) -> str: ...

    @property
    def alternates(self) -> tuple[Alternate, ...]: ...


@dataclass(frozen=True, slots=True)
class Site:
    """The frame around a page."""

    nav: tuple[Link, ...]
    styles: str
    script: str
    address: str  # of this view, for the foot of a printed page


@cache
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def static_address(name: str) -> str:
    """A file's address with its content's hash, so that it may be kept for a year and still be new."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def base_of(request: Request) -> str:
    """What addresses in citations begin with: the configured one, else the one that was asked."""
    public: str | None = request.app.state.settings.public_url
    return (public or str(request.base_url)).rstrip("/")


def address_of(request: Request) -> str:
    """The whole address of the view being shown."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{base_of(request)}{request.url.path}{query}"


def render(
    request: Request,
    template: str,
    page: PageRecord,
    *,
    here: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The page as HTML; `here` is the entry of the main navigation it belongs to."""
    site = Site(
        nav=tuple(Link(href, label, href == here) for href, label in NAV),
        styles=static_address("demarche.css"),
        script=static_address("demarche.js"),
        address=address_of(request),
    )
    kept = cache_headers(request) if status == 200 and hasattr(request.state, "etag") else {}
    html = environment().get_template(template).render(page=page, site=site)
    return HTMLResponse(html, status_code=status, headers={**kept, **(headers or {})})
