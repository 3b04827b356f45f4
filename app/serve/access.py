"""Who may write: a bearer token with the scope.

Reading needs none. The token is shown once, when `demarche tokens add` makes it; only its hash is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.errors import Forbidden, NotAllowed
from app.queries import tokens
from app.queries.tokens import TokenRecord
from app.serve.session import ReadSession

bearer = HTTPBearer(
    auto_error=False, description="A token made by `demarche tokens add NAME --scope ingest`."
)


def require_scope(scope: str) -> Callable[..., TokenRecord]:
    """A dependency that lets in a token with `scope` (or `admin`, which has all)."""

    def check(
        request: Request,
        session: ReadSession,
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    ) -> TokenRecord:
        if given is None:
            raise NotAllowed(
                "This needs a token: send “Authorization: Bearer …”. "
                f"`demarche tokens add NAME --scope {scope}` makes one."
            )
        token = tokens.find_token(session, given.credentials)
        if token is None:
            raise NotAllowed(
                "This token is not known, or was revoked. `demarche tokens list` shows those there are."
            )
        if not {scope, "admin"} & set(token.scopes):
            raise Forbidden(f"This token has the scope {', '.join(token.scopes)}; this needs {scope}.")
        with request.app.state.database.sessions.begin() as writing:
            tokens.touch_token(writing, token.id)
        return token

    return check


def check_reader(
    request: Request,
    session: ReadSession,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> None:
    """Reading is public unless DEMARCHE_PUBLIC_READ is off; then any token that is known will do."""
    if request.app.state.settings.public_read:
        return
    if given is None or tokens.find_token(session, given.credentials) is None:
        raise NotAllowed("Reading is not public here: send “Authorization: Bearer …” with a token.")
