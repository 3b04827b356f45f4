"""What pages and REST are given, from statements stored in a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app import jobs
from app.errors import BadRequest, NotFound
from app.queries.revisions import add_revision
from app.queries.statements import add_review
from app.records import Attribution, Matrix, MatrixFilters, Stance, StatementFilters, StatementRecord, Verdict
from app.serve.loaders import load_actor, load_cell, load_country, load_matrix, load_question
from tests.database.conftest import TROOPS, Store

AS_OF = date(2024, 6, 30)
STRIKES = "long-range-strikes"

Say = Callable[..., StatementRecord]


@pytest.fixture
def say(session: Session) -> Say:
    """Store a statement of a document of its own, and keep the positions up."""
    store = Store(session)

    def store_and_derive(words: str, **facts: object) -> StatementRecord:
        statement = store.say(words, **facts)  # type: ignore[arg-type]
        jobs.refresh(session, [(statement.actor, statement.question)])
        add_revision(session, "test")
        return statement

    return store_and_derive


@pytest.fixture
def review(session: Session) -> Callable[[UUID, Verdict], None]:
    def judge(statement: UUID, verdict: Verdict) -> None:
        _, cells = add_review(session, statement, verdict, reviewer="Test")
        jobs.refresh(session, cells)

    return judge


@contextmanager
def counted_queries(session: Session) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*parts: object) -> None:
        seen.append(str(parts[2]))

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def stances(matrix: Matrix) -> dict[tuple[str, str], Stance | None]:
    return {(row.actor.slug, cell.question): cell.stance for row in matrix.rows for cell in row.cells}


# ---- the matrix --------------------------------------------------------------------------------------


def test_the_matrix_has_what_was_said_and_who_is_silent(session: Session, say: Say) -> None:
    statement = say("We will not send troops.")
    matrix = load_matrix(session, MatrixFilters(as_of=AS_OF, questions=(TROOPS,), alliances=("nato",)))
    assert matrix.tallies[0].total == 32
    assert (matrix.tallies[0].rejects, matrix.tallies[0].silent) == (1, 31)
    (cell,) = [row.cells[0] for row in matrix.rows if row.actor.slug == "olaf-scholz"]
    assert (cell.stance, cell.since, cell.latest_statement) == (
        Stance.REJECTS,
        date(2024, 2, 27),
        statement.id,
    )
    assert (matrix.statements, matrix.documents, matrix.confirmed) == (1, 1, 0)


def test_membership_is_that_of_the_day(session: Session) -> None:
    before, after = (
        load_matrix(
            session, MatrixFilters(as_of=date(2024, 3, day), questions=(TROOPS,), alliances=("nato",))
        )
        for day in (6, 7)
    )
    assert (before.tallies[0].total, after.tallies[0].total) == (31, 32)


def test_the_matrix_takes_as_many_queries_however_much_was_said(session: Session, say: Say) -> None:
    filters = MatrixFilters(as_of=AS_OF, questions=(TROOPS, STRIKES), since=date(2024, 5, 1))
    say("We will not send troops.")
    load_matrix(session, filters)
    with counted_queries(session) as few:
        load_matrix(session, filters)
    for number in range(5):
        say(f"We will not send troops, whatever number {number} says.")
        say("That may be so.", actor="rishi-sunak", question=STRIKES, stance=Stance.OPEN)
    load_matrix(session, filters)
    with counted_queries(session) as many:
        load_matrix(session, filters)
    # The revision, and the positions of two days; what they rest on is kept until the data changes.
    assert len(few) == len(many) == 3


def test_deriving_in_memory_gives_what_is_stored(session: Session, say: Say) -> None:
    say("We will not send troops.", on=date(2024, 2, 27))
    say("Perhaps one day.", on=date(2024, 5, 2), stance=Stance.OPEN)
    say("No troops.", actor="boris-pistorius", on=date(2024, 3, 1))
    say("Poland says no.", actor="poland", on=date(2024, 3, 1))
    stored = MatrixFilters(as_of=AS_OF, since=date(2024, 4, 1))
    derived = MatrixFilters(as_of=AS_OF, since=date(2024, 4, 1), min_confidence=0.5)
    short, long = load_matrix(session, stored), load_matrix(session, derived)
    assert short.groups == long.groups
    assert short.tallies == long.tallies
    assert (short.statements, short.documents) == (long.statements, long.documents)


@pytest.mark.parametrize(
    ("filters", "stance"),
    [
        pytest.param({}, Stance.OPEN, id="the latest"),
        pytest.param({"reviewed": True}, Stance.REJECTS, id="only what a person confirmed"),
        pytest.param({"attribution": Attribution.INDIRECT}, Stance.BACKS, id="only what was reported"),
        pytest.param({"min_confidence": 0.95}, Stance.REJECTS, id="more confident, or confirmed"),
        pytest.param({"known_by": date(2020, 1, 1)}, None, id="before anything was known"),
    ],
)
def test_a_reader_may_trust_fewer_statements(
    session: Session,
    say: Say,
    review: Callable[[UUID, Verdict], None],
    filters: dict[str, object],
    stance: Stance | None,
) -> None:
    review(say("No.", on=date(2024, 2, 1)).id, Verdict.CONFIRM)
    say("Yes, it is said.", on=date(2024, 3, 1), stance=Stance.BACKS, attribution=Attribution.INDIRECT)
    say("Perhaps.", on=date(2024, 4, 1), stance=Stance.OPEN)
    asked = MatrixFilters(as_of=AS_OF, questions=(TROOPS,), actors=("olaf-scholz",), **filters)  # type: ignore[arg-type]
    assert stances(load_matrix(session, asked)) == {("olaf-scholz", TROOPS): stance}


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"questions": ("troops",)}, "question"),
        ({"alliances": ("nta",)}, "alliance"),
        ({"countries": ("ZZ",)}, "country"),
        ({"actors": ("nobody",)}, "actor"),
    ],
)
def test_a_name_nobody_bears_is_refused(
    session: Session, filters: dict[str, tuple[str, ...]], field: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        load_matrix(session, MatrixFilters(as_of=AS_OF, **filters))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_reader_of_the_matrix_sees_a_new_actor_at_once(session: Session, say: Say) -> None:
    load_matrix(session, MatrixFilters(as_of=AS_OF))
    session.execute(
        text("insert into actor (slug, name, kind, proposed) values ('n-n', 'Nemo', 'person', true)")
    )
    say("No troops.", actor="n-n")
    matrix = load_matrix(session, MatrixFilters(as_of=AS_OF))
    assert [row.actor.name for row in matrix.rows if row.actor.slug == "n-n"] == ["Nemo"]


# ---- a question ----------------------------------------------------------------------------------------


def test_a_question_shows_where_everybody_stands_and_how_that_moved(session: Session, say: Say) -> None:
    first = say("We will not send troops.", on=date(2024, 2, 27))
    then = say("Nothing is excluded.", on=date(2024, 5, 2), stance=Stance.OPEN)
    say("Later, troops.", on=date(2024, 7, 5), stance=Stance.BACKS)
    view = load_question(session, TROOPS, AS_OF)
    assert [standing.stance for standing in view.standings] == [*Stance, None]
    assert [row.actor.slug for row in view.standings[1].rows] == ["olaf-scholz"]
    assert view.tally.total == sum(len(standing.rows) for standing in view.standings)
    (change,) = view.changes
    assert (change.actor.slug, change.change.on) == ("olaf-scholz", date(2024, 5, 2))
    assert change.before is not None
    assert change.after is not None
    assert (change.before.evidence, change.after.evidence) == (first.evidence, then.evidence)
    assert change.office == "Chancellor of Germany"


def test_months_end_with_the_day_of_the_view(session: Session, say: Say) -> None:
    say("We will not send troops.", on=date(2024, 2, 27))
    view = load_question(session, TROOPS, date(2024, 6, 12))
    assert len(view.months) == 24
    assert [month.last for month in view.months[-3:]] == [
        date(2024, 4, 30),
        date(2024, 5, 31),
        date(2024, 6, 12),
    ]
    by_day = {month.last: month.tally for month in view.months}
    assert (by_day[date(2024, 1, 31)].rejects, by_day[date(2024, 2, 29)].rejects) == (0, 1)
    nato = next(group for group in view.groups if group.slug == "nato")
    totals = {month.last: month.tally.total for month in nato.months}
    assert (totals[date(2024, 2, 29)], totals[date(2024, 3, 31)], nato.total) == (31, 32, 32)


def test_the_map_shows_each_state_with_who_speaks_for_it(session: Session, say: Say) -> None:
    say("We will not send troops.")
    tiles = {tile.country.iso2: tile for tile in load_question(session, TROOPS, AS_OF).tiles}
    assert {"DE", "FR", "US", "CA", "UA", "RU"} <= tiles.keys()
    assert "CN" not in tiles
    germany, france = tiles["DE"], tiles["FR"]
    assert germany.actor is not None
    assert (germany.stance, germany.actor.slug) == (Stance.REJECTS, "olaf-scholz")
    assert france.actor is not None
    assert (france.stance, france.actor.slug) == (None, "emmanuel-macron")


# ---- a leader, a state, a cell -----------------------------------------------------------------------


def test_a_leader_has_offices_bands_and_statements(session: Session, say: Say) -> None:
    say("We will not send troops.", on=date(2024, 2, 27))
    say("We do not send troops.", on=date(2024, 3, 5), via="Steffen Hebestreit")
    say("Nothing is excluded.", on=date(2024, 5, 2), stance=Stance.OPEN)
    say("Troops it is.", on=date(2024, 7, 2), stance=Stance.BACKS)
    view = load_actor(session, "olaf-scholz", AS_OF)
    assert view.office is not None
    assert view.office.slug == "de-chancellor"
    assert "nato" in {alliance.slug for alliance in view.alliances}
    (band,) = view.bands
    assert [(part.stance, part.first, part.until) for part in band.segments] == [
        (Stance.REJECTS, date(2024, 2, 27), date(2024, 5, 2)),
        (Stance.OPEN, date(2024, 5, 2), None),
    ]
    assert (band.now, len(band.dots)) == (Stance.OPEN, 3)
    assert [said.said_on.month for said in view.statements] == [5, 3, 2]
    assert view.via == ("Steffen Hebestreit",)


def test_filters_narrow_a_leaders_statements_and_nothing_else(session: Session, say: Say) -> None:
    say("We will not send troops.", on=date(2024, 2, 27))
    say("Nothing is excluded.", on=date(2024, 5, 2), stance=Stance.OPEN)
    view = load_actor(session, "olaf-scholz", AS_OF, filters=StatementFilters(stance=(Stance.OPEN,)))
    assert [said.stance for said in view.statements] == [Stance.OPEN]
    assert len(view.bands[0].segments) == 2


def test_closest_is_who_takes_the_same_stance_most_often(session: Session, say: Say) -> None:
    for question in (TROOPS, STRIKES):
        for actor in ("olaf-scholz", "giorgia-meloni"):
            say("No.", actor=actor, question=question)
        say("Yes or no.", actor="rishi-sunak", question=question, stance=Stance.BACKS)
    say("No.", actor="joe-biden")
    closest = load_actor(session, "olaf-scholz", AS_OF).closest
    assert [(one.actor.slug, one.agreed, one.shared) for one in closest] == [("giorgia-meloni", 2, 2)]


def test_a_states_band_passes_from_one_office_holder_to_the_next(session: Session, say: Say) -> None:
    say("We will not send troops.", on=date(2024, 2, 27))
    say("No troops from us.", actor="friedrich-merz", on=date(2024, 4, 1))
    say("We do not send troops.", actor="boris-pistorius", on=date(2024, 3, 3))
    view = load_country(session, "DE", date(2025, 6, 1))
    (band,) = view.bands
    assert [(part.holder.slug if part.holder else None, part.first) for part in band.segments] == [
        ("olaf-scholz", date(2024, 2, 27)),
        ("friedrich-merz", date(2025, 5, 6)),
    ]
    # What the leader of the opposition said was not said for Germany.
    assert [said.actor for said in band.dots] == ["olaf-scholz", "boris-pistorius"]
    assert view.changes == ()
    assert view.leaders[0].actor.slug == "friedrich-merz"
    chancellors = [held.actor.slug for held in view.held if held.office.slug == "de-chancellor"]
    assert chancellors[:2] == ["friedrich-merz", "olaf-scholz"]


def test_a_cell_has_its_quotes_newest_first(
    session: Session, say: Say, review: Callable[[UUID, Verdict], None]
) -> None:
    say("We will not send troops.", on=date(2024, 2, 27))
    confirmed = say("We do not send troops.", on=date(2024, 3, 5))
    wrong = say("Send troops.", on=date(2024, 3, 6), stance=Stance.BACKS)
    review(confirmed.id, Verdict.CONFIRM)
    review(wrong.id, Verdict.REJECT)
    view = load_cell(session, "olaf-scholz", TROOPS, AS_OF)
    assert [said.evidence for said in view.statements] == [
        "We do not send troops.",
        "We will not send troops.",
    ]
    assert view.position is not None
    assert (view.position.stance, view.documents, view.confirmed) == (Stance.REJECTS, 2, 1)


def test_a_contested_cell_shows_both_sides(session: Session, say: Say) -> None:
    say("We send troops.", stance=Stance.BACKS, confidence=0.9)
    against = say("We will not send troops.", confidence=0.8)
    view = load_cell(session, "olaf-scholz", TROOPS, AS_OF)
    assert view.position is not None
    assert view.position.contested
    assert [said.id for said in view.opposed] == [against.id]
    state = load_cell(session, "germany", TROOPS, AS_OF)
    assert [said.id for said in state.opposed] == [against.id]


def test_a_silent_cell_says_how_many_documents_were_searched(session: Session, say: Say) -> None:
    say("We will not send troops.")
    say("Not now.", on=date(2024, 7, 5))
    view = load_cell(session, "viktor-orban", TROOPS, AS_OF)
    assert (view.position, view.statements, view.searched) == (None, (), 1)


def test_a_states_cell_has_the_words_of_its_leaders_in_office(session: Session, say: Say) -> None:
    say("Germany says no.", actor="germany", on=date(2024, 2, 26))
    say("We will not send troops.", on=date(2024, 2, 27))
    say("No troops from us.", actor="friedrich-merz", on=date(2024, 4, 1))
    before = load_cell(session, "germany", TROOPS, AS_OF)
    assert [said.actor for said in before.statements] == ["olaf-scholz", "germany"]
    after = load_cell(session, "germany", TROOPS, date(2025, 6, 1))
    # In office, the new chancellor's position of before is what stands.
    assert [said.actor for said in after.statements] == ["friedrich-merz", "olaf-scholz", "germany"]
    assert after.holder is not None
    assert after.holder.slug == "friedrich-merz"


def test_what_is_not_there_is_not_found(session: Session) -> None:
    for load in (
        lambda: load_question(session, "nothing", AS_OF),
        lambda: load_actor(session, "nobody", AS_OF),
        lambda: load_country(session, "ZZ", AS_OF),
        lambda: load_cell(session, "nobody", TROOPS, AS_OF),
    ):
        with pytest.raises(NotFound):
            load()
