"""Documents are stored once, belong to a story, and are found by their words."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.clean import ALIKE, estimate_likeness, sign_text
from app.errors import NotFound
from app.models import make_key
from app.queries.documents import (
    count_documents,
    find_document,
    find_story,
    get_document,
    list_documents,
    list_publishers,
    remove_samples,
    remove_silent_proposed,
    save_document,
)
from app.queries.registry import get_actor, propose_actor
from app.queries.statements import add_review, save_proposals, statements_of_document
from app.records import ActorKind, Verdict
from tests.database.conftest import make_document, make_proposal

WORDS = " ".join(f"word{i}" for i in range(200))


def test_a_document_comes_back_as_it_was_stored(session: Session) -> None:
    document = make_document("A text with an é and a 🇩🇪.", title="Title")
    key = save_document(session, document)
    record = get_document(session, key)
    assert (record.text, record.title, record.published) == (document.text, "Title", document.published)
    assert record.characters == len(document.text)
    assert (record.statements, record.sample, record.extractor) == (0, False, None)
    assert find_document(session, document.text_hash) == key


def test_the_same_text_is_the_same_document(session: Session) -> None:
    first = save_document(session, make_document("One text.", title="First"))
    again = save_document(session, make_document("One text.", title="Second", published=date(2025, 1, 1)))
    assert first == again
    assert get_document(session, first).title == "First"
    assert count_documents(session) == 1


def test_numbers_grow(session: Session) -> None:
    keys = [save_document(session, make_document(f"Text {i}.")) for i in range(3)]
    numbers = [get_document(session, key).number for key in keys]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


def test_a_document_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        get_document(session, make_key())


def store_alike(session: Session, text: str) -> None:
    likeness = sign_text(text)
    story = find_story(session, likeness, estimate_likeness, alike=ALIKE)
    save_document(session, make_document(text), story=story, likeness=likeness)


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        (WORDS.upper() + "!", True),
        ("Agency. " + WORDS, True),
        (WORDS[: int(len(WORDS) * 0.8)], True),
        (" ".join(w if i % 20 else "changed" for i, w in enumerate(WORDS.split())), True),
        (" ".join(f"other{i}" for i in range(200)), False),
        (WORDS[: int(len(WORDS) * 0.3)], False),
    ],
    ids=[
        "other case",
        "another head",
        "a cut tail",
        "5 % of words changed",
        "another text",
        "a short extract",
    ],
)
def test_wire_copy_is_one_story(session: Session, text: str, alike: bool) -> None:
    store_alike(session, WORDS)
    store_alike(session, text)
    stories = {document.story for document in list_documents(session).items}
    assert (len(stories) == 1) is alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (
            "The minister declined to comment on Monday.",
            "The minister declined to comment on Tuesday.",
            False,
        ),
        ("The minister declined to comment.", "The minister declined to comment!", True),
    ],
)
def test_short_texts_are_one_story_only_with_the_same_words(
    session: Session, one: str, other: str, alike: bool
) -> None:
    store_alike(session, one)
    store_alike(session, other)
    stories = {document.story for document in list_documents(session).items}
    assert (len(stories) == 1) is alike


def test_documents_are_found_by_words_publisher_and_day(session: Session) -> None:
    save_document(session, make_document("Troops were discussed.", published=date(2024, 2, 27)))
    save_document(session, make_document("Missiles were discussed.", published=date(2024, 5, 2)))

    def titles(**filters: object) -> int:
        page = list_documents(session, **filters)  # type: ignore[arg-type]
        assert count_documents(session, **filters) == len(page.items)  # type: ignore[arg-type]
        return len(page.items)

    assert titles() == 2
    assert titles(q="troop") == 1
    assert titles(q='"were discussed" -missiles') == 1
    assert titles(q="(((") == 0
    assert titles(since=date(2024, 5, 2)) == 1
    assert titles(until=date(2024, 5, 1)) == 1
    assert titles(publisher="The New Dispatch") == 2
    assert titles(publisher="Nobody") == 0
    assert titles(sample=True) == 0
    assert list_publishers(session) == ("The New Dispatch",)


def test_pages_of_documents_hold_each_once_the_newest_first(session: Session) -> None:
    for day in range(1, 6):
        for copy in range(2):
            save_document(session, make_document(f"Text {day} {copy}.", published=date(2024, 1, day)))
    seen = []
    cursor = None
    while True:
        page = list_documents(session, cursor=cursor, limit=3)
        seen += [(document.published, document.number) for document in page.items]
        cursor = page.next
        if cursor is None:
            break
        save_document(session, make_document(f"New {cursor}.", published=date(2024, 9, 9)))
    assert len(seen) == 10
    assert seen == sorted(seen, reverse=True)


def test_a_very_long_text_is_stored_and_searched(session: Session) -> None:
    text = "Needle. " + " ".join(f"Wörter{i}" for i in range(400_000))
    key = save_document(session, make_document(text))
    assert [document.id for document in list_documents(session, q="needle").items] == [key]


def test_samples_go_with_their_statements_and_reviews_and_nothing_else_goes(session: Session) -> None:
    text = "“No,” said Jane Roe."
    kept = save_document(session, make_document("“No,” said the chancellor."))
    save_proposals(session, kept, [make_proposal("“No,” said the chancellor.", "“No,”")], extractor="t")
    sample = save_document(session, make_document(text), sample=True)
    jane = propose_actor(session, "Jane Roe", ActorKind.PERSON)
    save_proposals(session, sample, [make_proposal(text, "“No,”", actor=jane)], extractor="t")
    (statement,) = statements_of_document(session, sample)
    add_review(session, statement.id, Verdict.CONFIRM, reviewer="desk")
    assert remove_samples(session) == 1
    assert remove_silent_proposed(session) == 1
    assert [document.id for document in list_documents(session).items] == [kept]
    assert len(statements_of_document(session, kept)) == 1
    with pytest.raises(NotFound):
        get_actor(session, jane)
