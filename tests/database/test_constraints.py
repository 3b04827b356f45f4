"""What the database itself refuses, whoever writes to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import PositionRow, ReviewRow, StatementRow
from app.queries._rows import WHOLE_ROWS
from app.queries.documents import save_document
from app.queries.statements import add_review
from app.records import Verdict
from tests.database.conftest import Say, make_document

TEXT = "Łódź: “No troops,” said the chancellor 🇩🇪 on Tuesday."


@pytest.fixture
def document(session: Session) -> UUID:
    return save_document(session, make_document(TEXT))


def make_row(document: UUID, **changes: Any) -> dict[str, Any]:
    start = TEXT.index("No troops")
    row = {
        "document_id": document,
        "actor": "olaf-scholz",
        "question": "troops-ukraine",
        "stance": "rejects",
        "attribution": "direct",
        "span_start": start,
        "span_end": start + 9,
        "evidence": "No troops",
        "said_on": date(2024, 2, 27),
        "confidence": 0.9,
        "original": {},
    }
    return row | changes


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"stance": "maybe"}, "ck_statement_stance"),
        ({"attribution": "hearsay"}, "ck_statement_attribution"),
        ({"status": "done"}, "ck_statement_status"),
        ({"confidence": 1.01}, "ck_statement_confidence"),
        ({"confidence": -0.01}, "ck_statement_confidence"),
        ({"evidence": "No troopz"}, "is not what stands at"),
        ({"evidence": "No troop"}, "is not what stands at"),
        ({"span_start": -1, "span_end": 8}, "is not what stands at"),
        ({"span_start": 9, "span_end": 9, "evidence": ""}, "ck_statement_span"),
        (
            {"span_start": len(TEXT) - 4, "span_end": len(TEXT) + 1, "evidence": "day."},
            "ck_statement_evidence",
        ),
        ({"span_start": 500, "span_end": 509}, "is not what stands at"),
        ({"source": [[0, len(TEXT) + 1]]}, "is not in its document"),
        ({"cue": [[5, 5]]}, "is not in its document"),
        ({"cue": [[7, 5]]}, "is not in its document"),
        ({"content": [[-1, 5]]}, "is not in its document"),
        ({"content": [["a"]]}, "invalid input syntax"),
        ({"actor": "nobody"}, "fk_statement_actor"),
        ({"question": "nothing"}, "fk_statement_question"),
    ],
)
def test_a_statement_that_is_not_in_the_text_or_not_of_its_kind_is_refused(
    session: Session, document: UUID, changes: Mapping[str, Any], rule: str
) -> None:
    with pytest.raises(Exception, match=rule) as refusal, session.begin_nested():
        session.execute(insert(StatementRow), [make_row(document, **changes)])
    assert type(refusal.value).__name__ in ("IntegrityError", "DataError")


def test_offsets_count_code_points(session: Session, document: UUID) -> None:
    start = TEXT.index("🇩🇪")
    row = make_row(document, span_start=start, span_end=start + 2, evidence="🇩🇪")
    session.execute(insert(StatementRow), [row])
    (span,) = session.execute(select(StatementRow.span_start, StatementRow.span_end)).all()
    assert TEXT[span.span_start : span.span_end] == "🇩🇪"


def test_a_passage_is_one_statement_of_an_actor_on_a_question(session: Session, document: UUID) -> None:
    session.execute(insert(StatementRow), [make_row(document)])
    with (
        pytest.raises(IntegrityError, match="uq_statement_document_id_actor_question_span"),
        session.begin_nested(),
    ):
        session.execute(insert(StatementRow), [make_row(document, stance="backs")])
    session.execute(insert(StatementRow), [make_row(document, actor="olaf-scholz", question="ukraine-nato")])
    session.execute(insert(StatementRow), [make_row(document, actor="boris-pistorius")])


def test_the_text_of_a_document_never_changes(session: Session, document: UUID) -> None:
    with pytest.raises(IntegrityError, match="never changes"), session.begin_nested():
        session.execute(text("update document set text = 'Other.' where id = :id"), {"id": document})
    session.execute(text("update document set title = 'Other.' where id = :id"), {"id": document})


def test_what_the_machine_proposed_never_changes(session: Session, say: Say) -> None:
    statement = say("No troops.")
    with pytest.raises(IntegrityError, match="never changes"), session.begin_nested():
        session.execute(update(StatementRow).where(StatementRow.id == statement.id).values(original={}))


@pytest.mark.parametrize(
    "command", ["update review set reviewer = 'x'", "delete from review", "truncate review"]
)
def test_a_review_can_only_be_added(session: Session, say: Say, command: str) -> None:
    statement = say("No troops.")
    add_review(session, statement.id, Verdict.CONFIRM, reviewer="desk")
    with pytest.raises(IntegrityError, match="only added"), session.begin_nested():
        session.execute(text(command))


def test_a_review_needs_a_reviewer(session: Session, say: Say) -> None:
    row = {"statement_id": say("No troops.").id, "verdict": "confirm", "before": {}, "after": {}}
    with pytest.raises(IntegrityError, match="ck_review_reviewer"), session.begin_nested():
        session.execute(insert(ReviewRow), [row | {"reviewer": ""}])


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"stance": "silent"}, "ck_position_stance"),
        ({"valid_to": date(2024, 2, 27)}, "ck_position_period"),
        ({"since": date(2024, 2, 28)}, "ck_position_since"),
        ({"statements": 0}, "ck_position_statements"),
    ],
)
def test_a_position_that_cannot_be_is_refused(
    session: Session, say: Say, changes: Mapping[str, Any], rule: str
) -> None:
    row = {
        "actor": "olaf-scholz",
        "question": "troops-ukraine",
        "stance": "rejects",
        "valid_from": date(2024, 2, 27),
        "valid_to": None,
        "since": date(2024, 2, 27),
        "statements": 1,
        "confirmed": False,
        "contested": False,
        "decided_by": say("No troops.").id,
        "latest_on": date(2024, 2, 27),
    }
    with pytest.raises(IntegrityError, match=rule), session.begin_nested():
        session.execute(insert(PositionRow), [{**row, **changes}], execution_options=WHOLE_ROWS)


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        ("insert into actor (slug, name, kind) values ('X y', 'X', 'person')", "ck_actor_slug"),
        ("insert into actor (slug, name, kind) values ('x', 'X', 'robot')", "ck_actor_kind"),
        (
            """insert into office (slug, title, country, alliance, kind, rank, press_titles)
            values ('x', 'X', 'DE', 'nato', 'other', 1, '{}')""",
            "ck_office_place",
        ),
        (
            """insert into tenure (id, actor, office, since, until, certainty) values
            (gen_random_uuid(), 'olaf-scholz', 'de-chancellor', '2024-02-02', '2024-02-02', 'memory')""",
            "ck_tenure_period",
        ),
        (
            """insert into membership (id, alliance, country) values
            (gen_random_uuid(), 'nato', 'IN'), (gen_random_uuid(), 'nato', 'IN')""",
            "uq_membership_alliance_country_since",
        ),
        (
            """insert into token (id, name, secret_hash, scopes) values
            (gen_random_uuid(), 'x', repeat('0', 64), '{root}')""",
            "ck_token_scopes",
        ),
        (
            """insert into "user" (id, name, password_hash, role) values
            (gen_random_uuid(), 'x', 'x', 'king')""",
            "ck_user_role",
        ),
    ],
)
def test_the_registry_refuses_what_cannot_be(session: Session, command: str, rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), session.begin_nested():
        session.execute(text(command))
