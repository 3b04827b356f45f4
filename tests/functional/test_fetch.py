"""Fetching from a real server of the test's own, on this machine.

The server is allowed by name and port where a test wants an answer; every other address on this
machine stays forbidden. Only the name server, which lies outside, is played by a function.
"""

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest

from app import __version__
from app.arrive import Failure, fetch_url, read_all
from app.config import Settings
from app.errors import Refused, TooLarge
from app.records import Arrival

PAGE = b"<!doctype html><html><body><p>Nothing should be excluded.</p></body></html>"
LIMIT = 100_000
BOMB = gzip.compress(b"0" * 20_000_000)  # 20 kB on the wire


class Site(BaseHTTPRequestHandler):
    """Each path is one way a site may behave, good or bad."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        name, _, argument = self.path.partition("?")[0].strip("/").partition("/")
        answer = getattr(self, f"answer_{name}", None)
        self.close_connection = True
        with suppress(OSError):  # the client goes away, as it should
            answer(argument) if answer else self.send(b"no", status=404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the test's own output is enough."""

    def send(
        self, body: bytes, content_type: str | None = "text/html", status: int = 200, **headers: str
    ) -> None:
        self.start(status, {"Content-Length": str(len(body))} | headers, content_type)
        self.wfile.write(body)

    def start(self, status: int, headers: dict[str, str], content_type: str | None) -> None:
        self.send_response(status)
        if content_type is not None:
            self.send_header("Content-Type", content_type)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()

    def answer_page(self, argument: str) -> None:
        self.send(PAGE, "text/html; charset=utf-8")

    def answer_type(self, argument: str) -> None:
        self.send(PAGE, argument or None)

    def answer_pdf(self, argument: str) -> None:
        self.send(b"%PDF-1.4 ...", "application/octet-stream")

    def answer_binary(self, argument: str) -> None:
        self.send(b"\x00\x01\x02\x03" * 50, "application/octet-stream")

    def answer_status(self, argument: str) -> None:
        self.send(b"<p>Sorry", status=int(argument))

    def answer_empty(self, argument: str) -> None:
        self.send(b"")

    def answer_to(self, argument: str) -> None:
        self.send(b"", status=302, Location=unquote(argument).replace("!", "/"))

    def answer_hops(self, argument: str) -> None:
        left = int(argument)
        if left:
            self.send(b"", status=301, Location=f"/hops/{left - 1}")
        else:
            self.send(PAGE)

    def answer_gzip(self, argument: str) -> None:
        self.send(gzip.compress(PAGE), Content_Encoding="gzip")

    def answer_deflate(self, argument: str) -> None:
        self.send(zlib.compress(PAGE), Content_Encoding="deflate")

    def answer_bomb(self, argument: str) -> None:
        self.send(BOMB, Content_Encoding="gzip")

    def answer_packed(self, argument: str) -> None:
        self.send(b"\x8b\x03\x80x\x03", Content_Encoding=argument)

    def answer_garbled(self, argument: str) -> None:
        self.send(b"no gzip at all", Content_Encoding="gzip")

    def answer_cut(self, argument: str) -> None:
        self.send(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")

    def answer_large(self, argument: str) -> None:
        self.start(200, {"Content-Length": str(10 * LIMIT)}, "text/html")

    def answer_endless(self, argument: str) -> None:
        self.start(200, {}, "text/plain")
        while True:
            self.wfile.write(b"and on and on " * 1000)

    def answer_silent(self, argument: str) -> None:
        time.sleep(3)

    def answer_drip(self, argument: str) -> None:
        self.start(200, {}, "text/plain")
        for _ in range(100):
            self.wfile.write(b"drop ")
            time.sleep(0.1)

    def answer_drip_head(self, argument: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def answer_short(self, argument: str) -> None:
        self.start(200, {"Content-Length": "5000"}, "text/html")
        self.wfile.write(PAGE)

    def answer_noise(self, argument: str) -> None:
        self.wfile.write(b"\x16\x03\x01 this is not HTTP\r\n\r\n")


class Server:
    def __init__(self, inner: ThreadingHTTPServer) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        inner.seen = self.seen  # type: ignore[attr-defined]
        self.port = inner.server_address[1]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/{path}"

    def settings(self, *, seconds: float = 5.0, allow: str = "127.0.0.1") -> Settings:
        return Settings(fetch_allow=f"{allow}:{self.port}", fetch_seconds=seconds, max_bytes=LIMIT)


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as inner:
        inner.daemon_threads = True
        thread = threading.Thread(target=inner.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield Server(inner)
        inner.shutdown()
        thread.join()


@pytest.fixture
def site(running: Server) -> Server:
    running.seen.clear()
    return running


@pytest.mark.parametrize("path", ["page", "gzip", "deflate", "type/", "type/application/xml", "hops/5"])
def test_a_page_is_fetched(site: Server, path: str) -> None:
    arrival = fetch_url(site.url(path), site.settings())
    assert arrival.body == PAGE
    assert (arrival.content_type, arrival.how) == ("text/html", "url")


def test_the_arrival_knows_charset_and_final_address(site: Server) -> None:
    arrival = fetch_url(site.url("to/!page%3Fa=1%23b"), site.settings())
    assert arrival.address == site.url("page?a=1")
    assert arrival.charset == "utf-8"


def test_a_pdf_is_told_by_its_bytes(site: Server) -> None:
    assert fetch_url(site.url("pdf"), site.settings()).content_type == "application/pdf"


def test_the_reader_names_itself_and_sends_nothing_of_the_machine(
    site: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    fetch_url(site.url("page"), site.settings())
    ((_, headers),) = site.seen
    assert headers["User-Agent"] == f"Demarche/{__version__}"
    assert "Authorization" not in headers
    assert headers["Host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("status/404", "no page at this address"),
        ("nowhere", "no page at this address"),
        ("status/403", "Open it in your browser"),
        ("status/451", "Open it in your browser"),
        ("status/500", "answered 500"),
        ("status/204", "answered 204"),
        ("empty", "an empty page"),
        ("type/image/png", "leads to image/png"),
        ("type/application/json", "Only web pages, plain text and PDF"),
        ("binary", "neither a page, a text nor a PDF"),
        ("hops/6", "more than 5 times"),
        ("to/ftp:!!example.org!", "begin with http"),
        ("to/file:!!!etc!passwd", "begin with http"),
        ("to/http:!!me:pw@example.org!", "user name or password"),
        ("packed/br", r"not read \(br\)"),
        ("packed/gzip, gzip", "not read"),
        ("garbled", "cannot be unpacked"),
        ("cut", "broke off"),
        ("short", "broke off"),
        ("noise", "not HTTP"),
    ],
)
def test_what_is_not_a_page_is_refused_in_plain_words(site: Server, path: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        fetch_url(site.url(path), site.settings())


@pytest.mark.parametrize("path", ["large", "endless", "bomb"])
def test_a_body_ends_at_the_limit_packed_or_not(site: Server, path: str) -> None:
    with pytest.raises(TooLarge, match=r"larger than the 0.1 MB"):
        fetch_url(site.url(path), site.settings())


@pytest.mark.parametrize("path", ["silent", "drip", "drip_head"])
def test_time_is_limited_as_a_whole(site: Server, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(Refused, match=r"within 0.5 seconds"):
        fetch_url(site.url(path), site.settings(seconds=0.5))
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0",
    ],
)
def test_this_machine_is_not_read_under_any_of_its_names(site: Server, host: str) -> None:
    settings = Settings(fetch_seconds=3)
    with pytest.raises(Refused):
        fetch_url(site.url("page", host), settings)
    assert site.seen == []


def test_a_redirect_to_this_machine_is_not_followed(site: Server) -> None:
    target = f"http:!!localhost:{site.port}!page"
    with pytest.raises(Refused, match="private network"):
        fetch_url(site.url(f"to/{target}"), site.settings())
    assert [path for path, _ in site.seen] == [f"/to/{target}"]


def test_another_port_of_an_allowed_machine_stays_forbidden(site: Server) -> None:
    settings = Settings(fetch_allow=f"127.0.0.1:{site.port + 1}")
    with pytest.raises(Refused, match="private network"):
        fetch_url(site.url("page"), settings)


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("93.184.215.14", "127.0.0.1"),
        ("::ffff:127.0.0.1",),
        ("169.254.169.254",),
    ],
)
def test_a_public_name_that_leads_inside_is_refused(site: Server, answers: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="private network"):
        fetch_url(site.url("page", "news.example"), site.settings(), resolve=lambda *_: answers)
    assert site.seen == []


def test_a_name_is_looked_up_once_and_only_the_checked_address_is_connected_to(site: Server) -> None:
    # A name server that answers with a public address first and with this machine ever after.
    answers = [("93.184.215.14",)]
    asked: list[str] = []

    def rebind(host: str, port: int, seconds: float) -> tuple[str, ...]:
        asked.append(host)
        return answers.pop() if answers else ("127.0.0.1",)

    with pytest.raises(Refused):
        fetch_url(site.url("page", "rebind.example"), site.settings(seconds=0.5), resolve=rebind)
    assert asked == ["rebind.example"]
    assert site.seen == []


def test_the_name_is_looked_up_and_checked_anew_for_each_redirect(site: Server) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    allowed = site.settings(allow="news.example")
    with pytest.raises(Refused, match=r"“other\.example” lies on this machine"):
        fetch_url(
            site.url(f"to/http:!!other.example:{site.port}!page", "news.example"), allowed, resolve=resolve
        )
    assert asked == ["news.example", "other.example"]


def test_a_name_that_does_not_exist_and_a_port_that_is_closed_are_told_apart(site: Server) -> None:
    with pytest.raises(Refused, match=r"no site named “nowhere\.invalid”"):
        fetch_url("http://nowhere.invalid/", site.settings(), resolve=lambda *_: ())
    with pytest.raises(Refused, match="cannot be reached"):
        fetch_url("http://127.0.0.1:1/", Settings(fetch_allow="127.0.0.1:1", fetch_seconds=2))


def test_https_asks_for_proof(site: Server) -> None:
    with pytest.raises(Refused):
        fetch_url(site.url("page").replace("http:", "https:"), site.settings(seconds=2))


def test_an_address_that_fails_does_not_stop_a_batch(site: Server) -> None:
    sources = [site.url("status/404"), site.url("page"), "http://127.0.0.1:1/", site.url("gzip")]
    found = list(read_all(sources, site.settings()))
    assert [type(one) for one in found] == [Failure, Arrival, Failure, Arrival]
    assert found[0].name == sources[0]
