"""What every answer tells the browser about itself.

Source texts come from anywhere. They are escaped; and should one still bring markup along, the policy lets
it neither run a script, nor load anything, nor send a form elsewhere. An answer that sets its own policy (the
interactive documentation of the interface) keeps it.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Sources see that a reader came from here, not which view it was.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
YEAR = "public, max-age=31536000, immutable"
HOUR = "public, max-age=3600"


class SecurityHeaders:
    """Adds the headers that an answer does not have yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if message["status"] == 200 and scope["path"].startswith("/static/"):
                    # An address with the content's hash never changes its meaning.
                    headers["Cache-Control"] = YEAR if b"v=" in scope["query_string"] else HOUR
            await send(message)

        await self.app(scope, receive, send_with_headers)
