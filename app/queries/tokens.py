"""Tokens of programs that write. The secret is shown once; its hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.errors import BadRequest, NotFound
from app.models import TokenRow
from app.models.people import SCOPES
from app.queries._rows import AnyRow, AnySelect
from app.records import TokenRecord

__all__ = ["TokenRecord", "add_token", "find_token", "list_tokens", "revoke_token", "touch_token"]

# Whoever finds one in a log or a repository can tell what it is.
PREFIX = "demarche_"


def add_token(session: Session, name: str, scopes: Sequence[str]) -> str:
    """Make a token and return its secret, which nobody can show again."""
    if not name.strip():
        raise BadRequest("A token needs a name: whom or what it is for.", field="name")
    if unknown := [scope for scope in scopes if scope not in SCOPES]:
        raise BadRequest(f"“{unknown[0]}” is not a scope; there are {', '.join(SCOPES)}.", field="scopes")
    if not scopes:
        raise BadRequest(f"A token needs a scope: {', '.join(SCOPES)}.", field="scopes")
    secret = PREFIX + secrets.token_urlsafe(32)
    values = {"name": name.strip(), "scopes": list(dict.fromkeys(scopes)), "secret_hash": hash_secret(secret)}
    session.execute(insert(TokenRow).values(values))
    return secret


def find_token(session: Session, secret: str) -> TokenRecord | None:
    """The token with this secret; None when there is none or it was revoked."""
    query = _select_tokens().where(TokenRow.secret_hash == hash_secret(secret), TokenRow.revoked_at.is_(None))
    row = session.execute(query).one_or_none()
    return _make_token(row) if row else None


def list_tokens(session: Session) -> tuple[TokenRecord, ...]:
    """All tokens, revoked ones too, the newest first."""
    return tuple(map(_make_token, session.execute(_select_tokens().order_by(TokenRow.id.desc()))))


def touch_token(session: Session, token: UUID) -> None:
    """Remember that the token was used now."""
    session.execute(update(TokenRow).where(TokenRow.id == token).values(last_used_at=func.now()))


def revoke_token(session: Session, name: str) -> int:
    """Revoke every token of this name; the number revoked. NotFound when none of it is in use."""
    live = (TokenRow.name == name, TokenRow.revoked_at.is_(None))
    revoked = session.execute(
        update(TokenRow).where(*live).values(revoked_at=func.now()).returning(TokenRow.id)
    ).all()
    if not revoked:
        raise NotFound("token in use called", name)
    return len(revoked)


def hash_secret(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _select_tokens() -> AnySelect:
    return select(
        TokenRow.id,
        TokenRow.name,
        TokenRow.scopes,
        TokenRow.created_at,
        TokenRow.last_used_at,
        TokenRow.revoked_at,
    )


def _make_token(row: AnyRow) -> TokenRecord:
    return TokenRecord(row.id, row.name, tuple(row.scopes), row.created_at, row.last_used_at, row.revoked_at)
