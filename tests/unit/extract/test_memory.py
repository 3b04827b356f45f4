"""Whom "he", "the minister" and "the ministry" look back to, in sentences made up for the test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.extract._actors import Cast, Who

CastOf = Callable[[str, date], Cast]
ON = date(2024, 2, 27)


def resolve(cast_of: CastOf, text: str, word: str) -> list[Who]:
    """Whom the last occurrence of a word in a text means."""
    cast = cast_of(text, ON)
    return cast.resolve([t.i for t in cast.parse.tokens if t.text == word][-1])


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        # The subject of the main clause, not whoever is spoken of inside.
        ("Olaf Scholz said that Emmanuel Macron was late. He said the talks went on.", "He", "olaf-scholz"),
        ("Olaf Scholz thanked Emmanuel Macron for the invitation. He then left.", "He", "olaf-scholz"),
        # Not somebody in what he himself says.
        ("Olaf Scholz spoke. Emmanuel Macron would come later, he said.", "he", "olaf-scholz"),
        # Nobody from inside quotation marks.
        ('Olaf Scholz spoke. "I met Emmanuel Macron." He left.', "He", "olaf-scholz"),
        # A chain goes on.
        (
            "Olaf Scholz spoke. He thanked Emmanuel Macron. He said the talks went on.",
            "He",
            "olaf-scholz",
        ),
        # Behind a semicolon another clause begins.
        ("The German chancellor spoke; he said the talks went on.", "he", "olaf-scholz"),
        ("Petr Pavel spoke. Olaf Scholz did not wait: he said the talks went on.", "he", "olaf-scholz"),
        # Of all others in what he says, its subject comes last.
        ("Talks go on. Olaf Scholz could imagine a pause, he said.", "he", "olaf-scholz"),
    ],
)
def test_he_is_the_most_prominent_person(cast_of: CastOf, text: str, word: str, actor: str) -> None:
    assert [w.actor for w in resolve(cast_of, text, word)] == [actor]


def test_he_may_be_an_outsider_and_then_is_nobody(cast_of: CastOf) -> None:
    text = "Olaf Scholz arrived. The analyst Paul Warrington spoke on television. He said the talks went on."
    assert resolve(cast_of, text, "He") == []


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        ("Annalena Baerbock spoke. The minister said the talks went on.", "minister", "annalena-baerbock"),
        ("Petr Pavel spoke. The head of state said the talks went on.", "head", "petr-pavel"),
        ("Olaf Scholz met Petr Pavel. The politician said the talks went on.", "politician", "olaf-scholz"),
        ("Emmanuel Macron spoke. The Frenchman said the talks went on.", "Frenchman", "emmanuel-macron"),
        ("Petr Fiala spoke. His Polish colleague said the talks went on.", "colleague", "donald-tusk"),
    ],
)
def test_a_person_noun_is_whoever_it_fits(cast_of: CastOf, text: str, word: str, actor: str) -> None:
    assert [w.actor for w in resolve(cast_of, text, word)] == [actor]


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        (
            "The Russian Foreign Ministry spoke. The ministry said more.",
            "ministry",
            "russian-foreign-ministry",
        ),
        ("The European Commission met. The Commission said more.", "Commission", "european-commission"),
        ("Germany met France. The government said the talks went on.", "government", "germany"),
        ("NATO met in Brussels. The alliance said the talks went on.", "alliance", "nato"),
    ],
)
def test_a_short_form_is_the_body_last_spoken_of(cast_of: CastOf, text: str, word: str, actor: str) -> None:
    assert [w.actor for w in resolve(cast_of, text, word)] == [actor]


def test_a_headline_may_name_the_office_first(cast_of: CastOf) -> None:
    text = "Talks go on, says PM\n\nUlf Kristersson spoke in the hall."
    assert [w.actor for w in resolve(cast_of, text, "PM")] == ["ulf-kristersson"]
