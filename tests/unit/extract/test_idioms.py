"""Turns of phrase, in sentences made up for the test."""

from __future__ import annotations

import pytest

from app.extract._idioms import find_idiom
from app.records import Stance


@pytest.mark.parametrize(
    "passage",
    [
        "Nothing is ruled out.",
        "It isn't ruled out.",
        "We cannot rule out sending troops.",
        "He did not exclude it.",
        "It is not off the table.",
        "She refused to rule it out.",
        "She declined to dismiss it.",
        "Troops are not unthinkable.",
        "Never say never.",
        "The door remains open.",
        "It is a policy of strategic ambiguity.",
        "There is no taboo.",
        "We might one day go further.",
        "We would go only if we are asked.",
        "All options remain with us.",
        "Their openness to sending troops is known.",
        "She is open to the idea.",
        "The cabinet is open to discussing it.",
    ],
)
def test_a_door_left_ajar_counts_as_open(passage: str) -> None:
    assert find_idiom(passage) is Stance.OPEN


@pytest.mark.parametrize(
    "passage",
    [
        "There is no question of it.",
        "It is out of the question.",
        "It is not on the table.",
        "She shut the door.",
        "There are no plans to send troops.",
        "He has no intention of sending anybody.",
        "We are not considering it.",
        "We ruled that out.",
        "He rules it out.",
        "We will do so under no circumstances.",
        "That is unacceptable.",
        "We will not send troops.",
        "No soldiers will be sent.",
        "It would escalate the war.",
        "It would be a declaration of war.",
        "That is a red line.",
        "He spoke against sending troops.",
        "They want talks rather than troops.",
    ],
)
def test_a_refusal_in_any_words_counts_as_rejects(passage: str) -> None:
    assert find_idiom(passage) is Stance.REJECTS


@pytest.mark.parametrize(
    "passage",
    [
        "She gave the green light.",
        "The restrictions must be lifted.",
        "It is time to lift the ban.",
        "Ukraine wants to join NATO.",
        "We will soon deliver tanks.",
        "He strongly supports it.",
        "They called for more weapons.",
    ],
)
def test_a_plain_yes_counts_as_backs(passage: str) -> None:
    assert find_idiom(passage) is Stance.BACKS


@pytest.mark.parametrize(
    ("open_passage", "rejecting_part"),
    [
        ("Nothing is ruled out.", "ruled out"),
        ("It is not off the table, though some call it out of the question.", "out of the question"),
        ("He would not say that it must not be excluded; a red line.", "red line"),
    ],
)
def test_open_goes_before_the_refusal_that_it_contains(open_passage: str, rejecting_part: str) -> None:
    assert rejecting_part in open_passage
    assert find_idiom(rejecting_part) is Stance.REJECTS
    assert find_idiom(open_passage) is Stance.OPEN


@pytest.mark.parametrize("passage", ["", "   ", "They met on Tuesday.", "The weather was mild."])
def test_a_passage_without_a_turn_of_phrase_has_no_stance(passage: str) -> None:
    assert find_idiom(passage) is None


def test_a_yes_and_a_no_in_one_passage_leave_it_to_the_parse() -> None:
    assert find_idiom("We fully support the plan but will not send troops.") is None


@pytest.mark.parametrize(
    "passage", ["NOTHING IS RULED OUT.", "It isn’t ruled out.", "Nothing\nis ruled\nout."]
)
def test_capitals_curly_apostrophes_and_line_ends_make_no_difference(passage: str) -> None:
    assert find_idiom(passage) is Stance.OPEN
