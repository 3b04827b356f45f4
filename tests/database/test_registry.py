"""The registry in the database is the registry of the files, and finds actors by any name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.errors import BadRequest, NotFound
from app.queries.registry import (
    get_actor,
    get_question,
    list_actors,
    list_questions,
    list_tenures,
    load_registry,
    make_slug,
    propose_actor,
    save_questions,
    save_registry,
)
from app.records import ActorKind, Question
from app.registers import Registry, load_questions


def test_what_was_saved_is_loaded(session: Session, registry: Registry) -> None:
    assert load_registry(session) == registry


def test_saving_twice_changes_nothing(session: Session, registry: Registry) -> None:
    save_registry(session, registry)
    assert load_registry(session) == registry


def test_a_tenure_that_is_no_longer_listed_is_gone_and_its_actor_stays(
    session: Session, registry: Registry
) -> None:
    kept = tuple(t for t in registry.tenures if t.actor != "olaf-scholz")
    actors = {slug: actor for slug, actor in registry.actors.items() if slug != "olaf-scholz"}
    save_registry(session, replace(registry, tenures=kept, actors=actors))
    loaded = load_registry(session)
    assert loaded.holders("de-chancellor", date(2024, 2, 27)) == ()
    assert loaded.actors["olaf-scholz"].name == "Olaf Scholz"


def test_questions_keep_their_order_and_others_stand_behind(session: Session) -> None:
    questions = load_questions()
    assert list_questions(session) == questions
    more = Question("a-first-by-name", "A", "A is done.", "", ("a",))
    save_questions(session, (*questions[::-1], more))
    assert list_questions(session) == (*questions[::-1], more)
    assert get_question(session, "a-first-by-name") == more


def test_what_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        get_actor(session, "nobody")
    with pytest.raises(NotFound):
        get_question(session, "nothing")


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("scholz", "olaf-scholz"),
        ("Zelensky", "volodymyr-zelenskyy"),
        ("Élysée", "elysee"),
        ("élysée", "elysee"),
    ],
)
def test_an_actor_is_found_by_a_part_of_any_name(session: Session, words: str, slug: str) -> None:
    assert slug in {actor.slug for actor in list_actors(session, q=words).items}


@pytest.mark.parametrize("words", ["%", "_", "\\", "100%"])
def test_signs_of_a_pattern_are_only_signs(session: Session, words: str) -> None:
    assert list_actors(session, q=words).items == ()


def test_actors_are_filtered_by_kind_country_and_alliance_of_the_day(session: Session) -> None:
    def states(on: date) -> set[str]:
        page = list_actors(session, kind=ActorKind.STATE, alliance="nato", on=on, limit=100)
        return {actor.slug for actor in page.items}

    assert states(date(2024, 3, 7)) - states(date(2024, 3, 6)) == {"sweden"}
    assert {a.slug for a in list_actors(session, kind=ActorKind.STATE, country="DE").items} == {"germany"}


def test_pages_hold_every_actor_once_in_order(session: Session, registry: Registry) -> None:
    slugs: list[str] = []
    cursor = None
    while True:
        page = list_actors(session, cursor=cursor, limit=250)
        slugs += [actor.slug for actor in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert slugs == sorted(registry.actors)


@pytest.mark.parametrize("cursor", ["", "x", "WyJhIiwiYiJd", "W10", "ew", "é", "WzFd", "WyJhXHUwMDAwIl0"])
def test_a_cursor_that_is_none_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(BadRequest, match="cursor"):
        list_actors(session, cursor=cursor)


def test_tenures_of_an_actor_stand_latest_first(session: Session) -> None:
    held = list_tenures(session, "mark-rutte")
    assert [office.slug for office, _ in held][:2] == ["nato-secretary-general", "nl-prime-minister"]
    assert all(tenure.actor == "mark-rutte" for _, tenure in held)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Siegfried Mureşan", "siegfried-muresan"),
        ("Radosław Sikorski", "radoslaw-sikorski"),
        ("Jens-Frederik O’Neill", "jens-frederik-oneill"),
        ("Šefčovič", "sefcovic"),
        ("Lars Løkke", "lars-lokke"),
        ("王毅", "unnamed"),
    ],
)
def test_a_name_becomes_a_slug(name: str, slug: str) -> None:
    assert make_slug(name) == slug


def test_an_unknown_speaker_is_proposed_once_and_found_again_by_name(session: Session) -> None:
    first = propose_actor(session, "Jane Roe", ActorKind.PERSON, country="GB", description="an MP")
    again = propose_actor(session, "jane roe", ActorKind.PERSON)
    assert first == again == "jane-roe"
    actor = get_actor(session, first)
    assert (actor.proposed, actor.country, actor.description) == (True, "GB", "an MP")


def test_a_proposed_actor_never_takes_the_slug_of_a_known_one(session: Session) -> None:
    assert propose_actor(session, "Olaf Scholz", ActorKind.PERSON) == "olaf-scholz-2"


def test_a_country_nobody_knows_is_left_out(session: Session) -> None:
    slug = propose_actor(session, "Jane Roe", ActorKind.PERSON, country="ZZ")
    assert get_actor(session, slug).country is None


def test_extraction_does_not_look_for_proposed_actors(session: Session) -> None:
    propose_actor(session, "Jane Roe", ActorKind.PERSON)
    assert "jane-roe" in load_registry(session).actors
    assert "jane-roe" not in load_registry(session, proposed=False).actors
    assert [actor.slug for actor in list_actors(session, proposed=True).items] == ["jane-roe"]


def test_a_proposed_actor_that_the_registers_list_is_accepted(session: Session, registry: Registry) -> None:
    propose_actor(session, "Jane Roe", ActorKind.PERSON)
    jane = replace(get_actor(session, "jane-roe"), proposed=False, aliases=("Roe",))
    save_registry(session, replace(registry, actors={**registry.actors, "jane-roe": jane}))
    assert get_actor(session, "jane-roe") == jane
