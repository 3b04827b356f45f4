"""Tokens let programs write, revisions number the data, figures count it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import BadRequest, NotFound
from app.models import TokenRow
from app.queries.revisions import add_revision, current_revision, latest_of
from app.queries.statements import add_review
from app.queries.summary import count_all, statements_by_week
from app.queries.tokens import add_token, find_token, list_tokens, revoke_token, touch_token
from app.records import Verdict
from tests.database.conftest import TROOPS, Say


def test_a_token_is_found_by_its_secret_which_is_not_kept(session: Session) -> None:
    secret = add_token(session, "desk", ("ingest", "review"))
    token = find_token(session, secret)
    assert token is not None
    assert (token.name, token.scopes, token.last_used, token.revoked) == (
        "desk",
        ("ingest", "review"),
        None,
        None,
    )
    stored = session.execute(select(TokenRow.secret_hash)).scalar_one()
    assert secret not in stored
    assert find_token(session, secret + "x") is None
    assert find_token(session, stored) is None


def test_a_token_that_was_used_says_when(session: Session) -> None:
    token = find_token(session, add_token(session, "desk", ("ingest",)))
    assert token is not None
    touch_token(session, token.id)
    assert list_tokens(session)[0].last_used is not None


def test_a_revoked_token_opens_nothing_and_stays_listed(session: Session) -> None:
    secret = add_token(session, "desk", ("ingest",))
    assert revoke_token(session, "desk") == 1
    assert find_token(session, secret) is None
    assert [token.name for token in list_tokens(session)] == ["desk"]
    with pytest.raises(NotFound):
        revoke_token(session, "desk")


@pytest.mark.parametrize(("name", "scopes"), [("", ("ingest",)), ("desk", ("root",)), ("desk", ())])
def test_a_token_needs_a_name_and_a_scope_that_exists(
    session: Session, name: str, scopes: tuple[str, ...]
) -> None:
    with pytest.raises(BadRequest):
        add_token(session, name, scopes)


def test_revisions_count_up_from_one(session: Session) -> None:
    assert current_revision(session) == 0
    assert [add_revision(session, what) for what in ("registers a", "document b")] == [1, 2]
    assert current_revision(session) == 2
    assert latest_of(session, "registers ") == "registers a"
    assert latest_of(session, "review ") is None


def test_figures_count_what_stands(session: Session, say: Say) -> None:
    say("No troops.", on=date(2024, 2, 27))
    say("None at all.", on=date(2024, 3, 1))
    rejected = say("Never.", on=date(2024, 3, 3))
    say("Membership.", question="ukraine-nato", on=date(2024, 3, 4))
    add_review(session, rejected.id, Verdict.REJECT, reviewer="desk")
    assert statements_by_week(session, questions=[TROOPS]) == ((date(2024, 2, 26), 2),)
    assert statements_by_week(session) == ((date(2024, 2, 26), 2), (date(2024, 3, 4), 1))
    assert statements_by_week(session, since=date(2024, 3, 4)) == ((date(2024, 3, 4), 1),)
    assert statements_by_week(session, until=date(2024, 3, 3), actors=["olaf-scholz"]) == (
        (date(2024, 2, 26), 2),
    )
    counts = count_all(session)
    assert (counts.documents, counts.stories, counts.statements, counts.reviewed) == (4, 4, 4, 1)
    assert (counts.actors, counts.questions) == (0, 7)
