"""Statements: found by filters, read again by a better extractor, judged by people, seen as in the past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from app.errors import BadRequest, NotFound
from app.models import make_key
from app.queries.documents import get_document, save_document
from app.queries.statements import (
    add_review,
    cells_of_document,
    count_statements,
    get_statement,
    list_reviews,
    list_statements,
    load_evidence,
    save_proposals,
    statements_of_cell,
    statements_of_document,
)
from app.records import Attribution, Proposal, Stance, StatementFilters, Status, Verdict
from tests.database.conftest import TROOPS, Say, make_document, make_proposal

TEXT = "“No troops,” said the chancellor. “There will be none.” He backs missiles."
CELL = ("olaf-scholz", TROOPS)


@pytest.fixture
def document(session: Session) -> UUID:
    return save_document(session, make_document(TEXT))


Save = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def save(session: Session, document: UUID) -> Save:
    def store(*proposals: Proposal, extractor: str = "test 1") -> list[tuple[str, str]]:
        return save_proposals(session, document, proposals, extractor=extractor)

    return store


NO = make_proposal(TEXT, "“No troops,”")
NONE = make_proposal(TEXT, "“There will be none.”")


# ---- proposals ---------------------------------------------------------------------------------------


def test_a_proposal_becomes_a_statement_with_its_evidence(
    session: Session, document: UUID, save: Save
) -> None:
    assert save(NO) == [CELL]
    (statement,) = statements_of_document(session, document)
    assert statement.evidence == "“No troops,”" == TEXT[statement.start : statement.end]
    assert (statement.status, statement.said_on) == (Status.PROPOSED, date(2024, 2, 27))
    assert (statement.actor_name, statement.country) == ("Olaf Scholz", "DE")
    assert get_document(session, document).extractor == "test 1"
    assert get_document(session, document).statements == 1
    assert cells_of_document(session, document) == {CELL}


def test_reading_again_with_the_same_result_changes_nothing(
    session: Session, document: UUID, save: Save
) -> None:
    save(NO, NONE)
    before = statements_of_document(session, document)
    assert save(NONE, NO, extractor="test 2") == []
    assert statements_of_document(session, document) == before


def test_what_is_proposed_no_longer_is_withdrawn_and_keeps_its_address(
    session: Session, document: UUID, save: Save
) -> None:
    save(NO, NONE)
    gone = statements_of_document(session, document)[1]
    assert save(NO) == [CELL]
    assert [s.evidence for s in statements_of_document(session, document)] == ["“No troops,”"]
    assert get_statement(session, gone.id).withdrawn is not None


def test_what_is_proposed_differently_is_a_new_statement(
    session: Session, document: UUID, save: Save
) -> None:
    save(NO)
    (before,) = statements_of_document(session, document)
    assert save(replace(NO, stance=Stance.OPEN)) == [CELL]
    (after,) = statements_of_document(session, document)
    assert (before.stance, after.stance) == (Stance.REJECTS, Stance.OPEN)
    assert before.id != after.id


def test_of_two_proposals_for_one_passage_the_more_confident_is_kept(
    session: Session, document: UUID, save: Save
) -> None:
    save(replace(NO, confidence=0.4, stance=Stance.OPEN), NO)
    assert [s.stance for s in statements_of_document(session, document)] == [Stance.REJECTS]


@pytest.mark.parametrize("verdict", [Verdict.CONFIRM, Verdict.CORRECT, Verdict.REJECT])
@pytest.mark.parametrize(
    "again",
    [
        (),
        (NO,),
        (replace(NO, stance=Stance.BACKS, confidence=0.99),),
        (replace(NO, start=NO.start + 1, end=NO.end + 3),),
    ],
    ids=["nothing", "the same", "another stance", "a shifted passage"],
)
def test_reading_again_overwrites_nothing_that_a_person_decided(
    session: Session, document: UUID, save: Save, verdict: Verdict, again: tuple[Proposal, ...]
) -> None:
    save(NO)
    (statement,) = statements_of_document(session, document)
    changes = {"stance": "open", "actor": "boris-pistorius"} if verdict is Verdict.CORRECT else None
    add_review(session, statement.id, verdict, reviewer="desk", changes=changes)
    decided = statements_of_document(session, document)
    assert save(*again, extractor="test 2") == []
    assert statements_of_document(session, document) == decided


def test_a_new_passage_is_proposed_beside_what_was_decided(
    session: Session, document: UUID, save: Save
) -> None:
    save(NO)
    (statement,) = statements_of_document(session, document)
    add_review(session, statement.id, Verdict.REJECT, reviewer="desk")
    assert save(NO, NONE) == [CELL]
    assert [s.status for s in statements_of_document(session, document)] == [
        Status.REJECTED,
        Status.PROPOSED,
    ]


def test_an_unknown_speaker_becomes_a_proposed_actor(session: Session, document: UUID, save: Save) -> None:
    save(replace(NO, actor=None, speaker="Jane Roe", country="GB"))
    (statement,) = statements_of_document(session, document)
    assert (statement.actor, statement.actor_name, statement.country) == ("jane-roe", "Jane Roe", "GB")


def test_proposals_need_their_document(session: Session) -> None:
    with pytest.raises(NotFound):
        save_proposals(session, make_key(), [NO], extractor="test 1")


# ---- reviews -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([Verdict.CONFIRM], Status.CONFIRMED),
        ([Verdict.REJECT], Status.REJECTED),
        ([Verdict.CORRECT], Status.CORRECTED),
        ([Verdict.REJECT, Verdict.CONFIRM], Status.CONFIRMED),
        ([Verdict.CORRECT, Verdict.CONFIRM], Status.CONFIRMED),
        ([Verdict.CONFIRM, Verdict.REOPEN], Status.PROPOSED),
    ],
)
def test_the_latest_review_decides(
    session: Session, say: Say, verdicts: list[Verdict], status: Status
) -> None:
    statement = say("No troops.")
    for verdict in verdicts:
        changes = {"stance": "open"} if verdict is Verdict.CORRECT else None
        add_review(session, statement.id, verdict, reviewer="desk", changes=changes)
    assert get_statement(session, statement.id).status is status
    assert [review.verdict for review in list_reviews(session, statement.id)] == verdicts


def test_a_correction_changes_what_it_names_and_tells_before_and_after(session: Session, say: Say) -> None:
    statement = say("No troops at all.")
    changes: dict[str, object] = {
        "actor": "boris-pistorius",
        "stance": Stance.OPEN,
        "attribution": "indirect",
        "via": "a spokesman",
        "scope": "combat troops",
        "said_on": date(2024, 2, 26),
        "end": statement.start + 9,
    }
    review, cells = add_review(
        session, statement.id, Verdict.CORRECT, reviewer="desk", reason="misread", changes=changes
    )
    after = get_statement(session, statement.id)
    assert (after.actor, after.stance, after.attribution) == (
        "boris-pistorius",
        Stance.OPEN,
        Attribution.INDIRECT,
    )
    assert (after.via, after.scope, after.said_on) == ("a spokesman", "combat troops", date(2024, 2, 26))
    assert after.evidence == "No troops"
    assert cells == [("boris-pistorius", TROOPS), CELL]
    assert (review.before["stance"], review.after["stance"]) == ("rejects", "open")
    assert (review.reviewer, review.reason, review.statement) == ("desk", "misread", statement.id)


def test_reopening_brings_back_what_the_machine_proposed(session: Session, say: Say) -> None:
    statement = say("No troops.")
    add_review(session, statement.id, Verdict.CORRECT, reviewer="desk", changes={"actor": "boris-pistorius"})
    _, cells = add_review(session, statement.id, Verdict.REOPEN, reviewer="desk")
    assert get_statement(session, statement.id) == statement
    assert cells == [("boris-pistorius", TROOPS), CELL]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"actor": "nobody"}, "actor"),
        ({"actor": None}, "actor"),
        ({"question": "nothing"}, "question"),
        ({"stance": "maybe"}, "stance"),
        ({"stance": None}, "stance"),
        ({"attribution": 3}, "attribution"),
        ({"said_on": "yesterday"}, "said_on"),
        ({"evidence": "Other words."}, "evidence"),
        ({"status": "confirmed"}, "status"),
        ({"confidence": 1}, "confidence"),
        ({"start": -1}, "start"),
        ({"end": 100_000}, "start"),
        ({"start": 30, "end": 20}, "start"),
        ({"via": 7}, "via"),
        ({}, "changes"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_by_its_field(
    session: Session, say: Say, changes: dict[str, Any], field: str
) -> None:
    statement = say("No troops.")
    with pytest.raises(BadRequest) as refusal:
        add_review(session, statement.id, Verdict.CORRECT, reviewer="desk", changes=changes)
    assert refusal.value.field == field
    assert list_reviews(session, statement.id) == ()


def test_a_correction_to_what_another_statement_says_is_refused(
    session: Session, document: UUID, save: Save
) -> None:
    save(NO, replace(NO, actor="boris-pistorius"))
    statement = statements_of_document(session, document)[0]
    other = statements_of_document(session, document)[1].actor
    with pytest.raises(BadRequest, match="Another statement"):
        add_review(session, statement.id, Verdict.CORRECT, reviewer="desk", changes={"actor": other})


def test_what_was_withdrawn_is_not_judged(session: Session, document: UUID, save: Save) -> None:
    save(NO)
    (statement,) = statements_of_document(session, document)
    save()
    with pytest.raises(BadRequest, match="no longer proposes"):
        add_review(session, statement.id, Verdict.CONFIRM, reviewer="desk")


def test_a_review_needs_a_statement_and_a_reviewer(session: Session, say: Say) -> None:
    with pytest.raises(NotFound):
        add_review(session, make_key(), Verdict.CONFIRM, reviewer="desk")
    with pytest.raises(BadRequest, match="name"):
        add_review(session, say("No troops.").id, Verdict.CONFIRM, reviewer=" ")


# ---- lists ---------------------------------------------------------------------------------------------


@pytest.fixture
def several(say: Say) -> None:
    say("No troops.", on=date(2024, 2, 27))
    say("Sweden sends none.", actor="ulf-kristersson", on=date(2024, 3, 6), stance=Stance.OPEN)
    say("Sweden sends soldiers.", actor="ulf-kristersson", on=date(2024, 3, 7), stance=Stance.BACKS)
    say("NATO will grow.", actor="nato", question="ukraine-nato", stance=Stance.BACKS, on=date(2024, 3, 8))


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("filters", "evidence"),
    [
        ({}, ["NATO will grow.", "Sweden sends soldiers.", "Sweden sends none.", "No troops."]),
        ({"actor": ("olaf-scholz", "nato")}, ["NATO will grow.", "No troops."]),
        ({"question": ("ukraine-nato",)}, ["NATO will grow."]),
        ({"stance": (Stance.OPEN, Stance.REJECTS)}, ["Sweden sends none.", "No troops."]),
        ({"attribution": (Attribution.INDIRECT,)}, []),
        ({"country": ("SE",)}, ["Sweden sends soldiers.", "Sweden sends none."]),
        ({"alliance": ("nato",)}, ["NATO will grow.", "Sweden sends soldiers.", "No troops."]),
        ({"status": (Status.CONFIRMED,)}, []),
        ({"since": date(2024, 3, 7)}, ["NATO will grow.", "Sweden sends soldiers."]),
        ({"until": date(2024, 3, 6)}, ["Sweden sends none.", "No troops."]),
        ({"as_of": date(2024, 2, 27), "until": date(2024, 3, 6)}, ["No troops."]),
        ({"q": "soldier"}, ["Sweden sends soldiers."]),
        ({"q": '"sends none" or troops'}, ["Sweden sends none.", "No troops."]),
        ({"q": "'; drop table statement"}, []),
    ],
)
def test_statements_are_found_by_their_filters(
    session: Session, filters: dict[str, Any], evidence: list[str]
) -> None:
    asked = StatementFilters(**filters)
    assert [s.evidence for s in list_statements(session, asked).items] == evidence
    assert count_statements(session, asked) == len(evidence)


@pytest.mark.usefixtures("several")
def test_pages_of_statements_hold_each_once(session: Session) -> None:
    first = list_statements(session, StatementFilters(), limit=3)
    second = list_statements(session, StatementFilters(), limit=3, cursor=first.next)
    assert [len(first.items), len(second.items), second.next] == [3, 1, None]
    assert len({s.id for s in (*first.items, *second.items)}) == 4


@pytest.mark.parametrize("cursor", ["", "x", "WyJhIiwiYiJd", "WyIyMDI0LTAyLTI3IiwieCJd", "bnVsbA"])
def test_a_cursor_of_no_statement_list_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(BadRequest):
        list_statements(session, StatementFilters(), cursor=cursor)


def test_a_cell_has_the_actors_own_statements_until_the_day_without_rejected_ones(
    session: Session, say: Say
) -> None:
    say("No troops.", on=date(2024, 2, 27))
    wrong = say("Yes, troops.", on=date(2024, 2, 28))
    say("Never.", on=date(2024, 3, 1))
    add_review(session, wrong.id, Verdict.REJECT, reviewer="desk")
    found = statements_of_cell(session, *CELL, as_of=date(2024, 2, 29))
    assert [s.evidence for s in found] == ["No troops."]


# ---- the past --------------------------------------------------------------------------------------------


def move(session: Session, days: int) -> None:
    """Let everything so far have happened some days earlier."""
    session.execute(sql("set session_replication_role = replica"))
    for table, columns in {"statement": ("known_since", "withdrawn"), "review": ("at",)}.items():
        for column in columns:
            session.execute(sql(f"update {table} set {column} = {column} - interval '{days} days'"))
    session.execute(sql("set session_replication_role = default"))


def test_a_past_view_knows_what_was_known_then(session: Session, document: UUID, save: Save) -> None:
    today = datetime.now(UTC).date()
    save(NO)
    move(session, 10)
    (statement,) = statements_of_document(session, document)
    add_review(session, statement.id, Verdict.CORRECT, reviewer="desk", changes={"actor": "boris-pistorius"})
    move(session, 10)
    add_review(session, statement.id, Verdict.REJECT, reviewer="desk")
    move(session, 10)
    save(NONE)

    def known(days_ago: int) -> list[tuple[str, Status]]:
        evidence = load_evidence(session, known_by=today - timedelta(days=days_ago))
        return [(one.actor, one.status) for one in evidence]

    assert known(35) == []
    assert known(25) == [("olaf-scholz", Status.PROPOSED)]
    assert known(15) == [("boris-pistorius", Status.CORRECTED)]
    assert known(5) == [("boris-pistorius", Status.REJECTED)]
    assert known(0) == [("boris-pistorius", Status.REJECTED), ("olaf-scholz", Status.PROPOSED)]
    assert [(one.actor, one.status) for one in load_evidence(session)] == known(0)
    cell = [("boris-pistorius", TROOPS)]
    assert len(load_evidence(session, cell, known_by=today - timedelta(days=15))) == 1
    assert load_evidence(session, cell, known_by=today - timedelta(days=25)) == ()


def test_a_past_view_keeps_what_was_withdrawn_later(session: Session, document: UUID, save: Save) -> None:
    today = datetime.now(UTC).date()
    save(NO)
    move(session, 10)
    save()
    move(session, 10)
    assert len(load_evidence(session, known_by=today - timedelta(days=15))) == 1
    assert load_evidence(session, known_by=today) == load_evidence(session) == ()


def test_evidence_is_of_the_cells_asked_for(session: Session, say: Say) -> None:
    say("No troops.")
    say("Never.", actor="boris-pistorius")
    say("Membership.", question="ukraine-nato")
    assert [(one.actor, one.question) for one in load_evidence(session, [CELL])] == [CELL]
    assert load_evidence(session, []) == ()
    assert len(load_evidence(session)) == 3
