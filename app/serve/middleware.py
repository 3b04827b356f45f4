"""What every request passes, whichever route takes it: a size limit, HEAD as GET, a line in the log.

Plain ASGI: it wraps `receive` and `send` and holds no body in memory.
"""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge
from app.log import get_logger

log = get_logger("demarche.web")

FORM_ROOM = 100_000  # what a form or JSON needs beside the document itself


class LimitedBody:
    """Refuses a body that is larger than a document may be, before and while it is read."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self.app = app
        self.limit = limit + FORM_ROOM
        self.message = f"This is larger than the {limit / 1e6:g} MB that are read at once. Send it in parts."

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        claimed = dict(scope["headers"]).get(b"content-length", b"0")
        received = int(claimed) if claimed.isdigit() and int(claimed) > self.limit else 0

        async def receive_limited() -> Message:
            nonlocal received
            if received > self.limit:
                raise TooLarge(self.message)
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise TooLarge(self.message)
            return message

        await self.app(scope, receive_limited, send)


class HeadAsGet:
    """Answers HEAD as GET without the body: the framework's routes know GET alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_head)


class RequestLog:
    """One line a request: what was asked, what was answered, how long it took."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            level = "warning" if status >= 500 else "debug"
            took = round((time.perf_counter() - begun) * 1000, 1)
            getattr(log, level)("request", method=scope["method"], path=scope["path"], status=status, ms=took)
