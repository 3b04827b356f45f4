"""Connections that go only where they were checked to go, and end when their time is up.

A host name is looked up once for each connection, every address it leads to is checked, and the
socket is opened to one of those very addresses. Looking up twice (once to check, once to connect)
would let a name server answer differently the second time. TLS still verifies the name.

httpx limits the time of each single read, so a server that sends one byte every few seconds could
hold a request for hours. Here one deadline counts for the look-up, the connection and all reads.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from app.arrive.addresses import is_public
from app.errors import Refused

Resolve = Callable[[str, int, float], tuple[str, ...]]  # host, port, seconds -> numeric addresses
# One dead address of several must not eat the whole time.
CONNECT_SECONDS = 8.0


class Deadline:
    """A moment after which nothing more is waited for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds left; raises when there are none, so that it can stand as a timeout."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise httpcore.TimeoutException("the time is up")
        return seconds


def resolve_host(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """The numeric addresses of a host, in the system's order of preference.

    The system's look-up knows no time limit, hence the thread; one that hangs dies with the process.
    """
    found: list[str] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(str(answer[4][0]) for answer in answers)

    thread = threading.Thread(target=look_up, name="resolve", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise httpcore.ConnectTimeout("the name was not found in time")
    return tuple(dict.fromkeys(found))


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline, whatever timeout the step was given."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class PinnedBackend(httpcore.NetworkBackend):
    """Opens sockets to checked addresses only. `allowed` holds `host:port` that may be private."""

    def __init__(self, deadline: Deadline, resolve: Resolve, allowed: frozenset[str]) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._allowed = allowed
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._find_addresses(host, port):
            seconds = min(self._deadline.left(), CONNECT_SECONDS)
            try:
                stream = self._inner.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")

    def _find_addresses(self, host: str, port: int) -> tuple[str, ...]:
        addresses = self._resolve(host, port, self._deadline.left())
        if not addresses:
            raise Refused(
                f"There is no site named “{host}”, as far as this machine can see. "
                "Check the address for a slip of the pen, or paste the text."
            )
        # One private address among public ones is refused too: a site has no reason for it.
        site = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        if site.lower() not in self._allowed and not all(is_public(one) for one in addresses):
            raise Refused(
                f"“{host}” lies on this machine or in a private network. Only addresses on the public "
                "internet are read; paste the text instead."
            )
        return addresses


class _Body(httpx.SyncByteStream):
    """httpcore's body under httpx's name."""

    def __init__(self, inner: Iterable[bytes], close: Callable[[], None]) -> None:
        self._inner = inner
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        self._close()


class PinnedTransport(httpx.BaseTransport):
    """httpx over a pool whose connections `PinnedBackend` opens."""

    def __init__(self, backend: PinnedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend, max_connections=1
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream)
        )
        # The pool's bodies are iterable and closable, which their declared type does not say.
        body = _Body(response.iter_stream(), response.close)
        return httpx.Response(response.status, headers=response.headers, stream=body)

    def close(self) -> None:
        self._pool.close()


@contextmanager
def open_client(
    deadline: Deadline, *, resolve: Resolve, allowed: frozenset[str], headers: dict[str, str]
) -> Iterator[httpx.Client]:
    """A client for one fetch. It takes no proxy, password or cookie from the machine it runs on."""
    transport = PinnedTransport(PinnedBackend(deadline, resolve, allowed))
    with httpx.Client(transport=transport, trust_env=False, headers=headers) as client:
        yield client
