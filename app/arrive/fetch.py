"""A page or PDF from the web, fetched as if the address came from an enemy.

Anybody who may add a document may name an address, so: only http and https, only public addresses
(checked again after each redirect, see network.py), only what can be read, and never more time or
bytes than the settings allow.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

from app import __version__
from app.arrive.kinds import BINARY, HTML, PDF, TEXT, XHTML, choose_kind
from app.arrive.network import Deadline, Resolve, open_client, resolve_host
from app.arrive.unpack import ACCEPTED, describe_limit, unpack_body
from app.arrive.urls import check_url, parse_allowed
from app.config import Settings
from app.errors import Refused, TooLarge
from app.records import Arrival

MAX_REDIRECTS = 5
USER_AGENT = f"Demarche/{__version__}"
# Said by servers that do not know; then the bytes tell.
_UNDECIDED = frozenset({"", BINARY, "binary/octet-stream", "application/xml", "text/xml"})
_READ = frozenset({HTML, XHTML, TEXT, PDF})
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.8, */*;q=0.1",
    "Accept-Language": "en",
    "Accept-Encoding": ACCEPTED,
}


def fetch_url(url: str, settings: Settings, *, resolve: Resolve = resolve_host) -> Arrival:
    """What lies at `url`; `address` is where the redirects ended. Refused or TooLarge says why not."""
    address = check_url(url)
    deadline = Deadline(settings.fetch_seconds)
    allowed = parse_allowed(settings.fetch_allow)
    with open_client(deadline, resolve=resolve, allowed=allowed, headers=_HEADERS) as client:
        for _ in range(MAX_REDIRECTS + 1):
            with _explain_failures(address, settings), client.stream("GET", address) as response:
                if not response.has_redirect_location:
                    return _read_response(response, address, settings)
                address = check_url(str(address.join(response.headers["location"])))
    raise Refused(
        f"The site sends its reader from page to page, more than {MAX_REDIRECTS} times. Check the address."
    )


def _read_response(response: httpx.Response, address: httpx.URL, settings: Settings) -> Arrival:
    _check_status(response)
    claimed = _find_content_type(response)
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > settings.max_bytes:
        raise TooLarge(describe_limit(settings.max_bytes))
    encoding = response.headers.get("content-encoding", "").strip().lower()
    body = unpack_body(response.iter_raw(), encoding, limit=settings.max_bytes)
    kind = choose_kind(body, claimed or None)
    if not body.strip() or kind not in _READ:
        what = "an empty page" if not body.strip() else "a file that is neither a page, a text nor a PDF"
        raise Refused(f"The site answered with {what}. Check the address, or paste the text.")
    return Arrival(body, kind, response.charset_encoding, str(address), name=str(address), how="url")


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    if status in {401, 402, 403, 407, 429, 451}:
        raise Refused(
            f"The site does not let Demarche read this page (it answered {status}). "
            "Open it in your browser and paste the text."
        )
    if status in {404, 410}:
        raise Refused(
            f"There is no page at this address (the site answered {status}). Check it for a slip of the pen."
        )
    raise Refused(f"The site answered {status} and no page. Try again later, or paste the text.")


def _find_content_type(response: httpx.Response) -> str:
    """The declared media type, or "" when the bytes must tell."""
    header: str = response.headers.get("content-type", "")
    declared = header.partition(";")[0].strip().lower()
    if declared in _UNDECIDED:
        return ""
    if declared not in _READ:
        raise Refused(
            f"This address leads to {declared[:60]}. Only web pages, plain text and PDF files are read."
        )
    return declared


@contextmanager
def _explain_failures(address: httpx.URL, settings: Settings) -> Iterator[None]:
    """What went wrong on the network, in words for the one who typed the address."""
    host = address.host
    try:
        yield
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise Refused(
            f"“{host}” did not answer completely within {settings.fetch_seconds:g} seconds. "
            "Try again later, or paste the text."
        ) from error
    except (httpcore.ConnectError, httpx.ConnectError, ssl.SSLError) as error:
        if "certificate" in str(error).lower() or "ssl" in str(error).lower():
            message = f"“{host}” does not prove that it is “{host}” (its certificate is not valid)."
        else:
            message = f"“{host}” cannot be reached."
        raise Refused(f"{message} Check the address, or paste the text.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL) as error:
        raise Refused(
            f"“{host}” broke off, or what it answered is not HTTP. Try again, or paste the text."
        ) from error
