"""Persons whom the registry lacks or spells otherwise, in sentences made up for the test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.extract._actors import Cast, Who
from app.records import ActorKind

CastOf = Callable[[str, date], Cast]
ON = date(2024, 2, 27)


def resolve(cast_of: CastOf, text: str, word: str) -> list[Who]:
    """Whom the last occurrence of a word in a text means."""
    cast = cast_of(text, ON)
    return cast.resolve([t.i for t in cast.parse.tokens if t.text == word][-1])


@pytest.mark.parametrize(
    ("text", "word", "name", "country"),
    [
        (
            "Jan Kowalczek, the Kenyan opposition leader, said the talks went on.",
            "Kowalczek",
            "Jan Kowalczek",
            "KE",
        ),
        ("Senator Paul Warrington said the talks went on.", "Warrington", "Paul Warrington", None),
        (
            "Poland's deputy prime minister, Maria Lasotska, said the talks went on.",
            "Lasotska",
            "Maria Lasotska",
            "PL",
        ),
        (
            "Maria Lasotska (Poland, Greens) said the talks went on.",
            "Lasotska",
            "Maria Lasotska",
            "PL",
        ),
    ],
)
def test_a_public_role_makes_an_unknown_person_an_actor(
    cast_of: CastOf, text: str, word: str, name: str, country: str | None
) -> None:
    found = resolve(cast_of, text, word)
    assert [(w.actor, w.name, w.kind, w.country) for w in found] == [(None, name, ActorKind.PERSON, country)]
    assert found[0].description


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Paul Warrington, a professor in London, said the talks went on.", "Warrington"),
        ("The journalist Paul Warrington said the talks went on.", "Warrington"),
        ("Paul Warrington said the talks went on.", "Warrington"),
        ("Senator Mary Hill spoke. The analyst Paul Warrington said the talks went on.", "Warrington"),
    ],
)
def test_experts_journalists_and_people_of_whom_nothing_is_told_are_nobody(
    cast_of: CastOf, text: str, word: str
) -> None:
    assert resolve(cast_of, text, word) == []


@pytest.mark.parametrize(
    "text",
    [
        "Senator Paul Warrington came. Later Warrington said the talks went on.",
        "Warrington: talks go on\n\nSenator Paul Warrington said so. Mr Warrington said the talks went on.",
    ],
)
def test_the_surname_alone_is_the_same_person(cast_of: CastOf, text: str) -> None:
    assert [w.name for w in resolve(cast_of, text, "Warrington")] == ["Paul Warrington"]


def test_a_namesake_of_a_leader_with_another_first_name_is_somebody_else(cast_of: CastOf) -> None:
    text = "Senator Paul Scholz came to the hall. Scholz said the talks went on."
    assert [(w.actor, w.name) for w in resolve(cast_of, text, "Scholz")] == [(None, "Paul Scholz")]


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        ("Foreign Minister Sergei Ławrow said the talks went on.", "Ławrow", "sergey-lavrov"),
        ("Alaxandr Łukaszenka said the talks went on.", "Łukaszenka", "alexander-lukashenko"),
        ("Sergey Ryabkov came. Later Riabkow said the talks went on.", "Riabkow", "sergei-ryabkov"),
        ("The talks went on, said Zacharowa.", "Zacharowa", "maria-zakharova"),
    ],
)
def test_another_spelling_is_the_registered_person(cast_of: CastOf, text: str, word: str, actor: str) -> None:
    assert [w.actor for w in resolve(cast_of, text, word)] == [actor]


def test_a_middle_initial_does_not_hide_a_registered_person(cast_of: CastOf) -> None:
    found = resolve(cast_of, "General Charles Q. Brown said the talks went on.", "Brown")
    assert [w.actor for w in found] == ["charles-q-brown-jr"]


def test_an_unregistered_spokesperson_speaks_for_the_body(cast_of: CastOf) -> None:
    text = "White House spokesman Paul Warrington said the talks went on. Warrington left early."
    assert [(w.actor, w.via) for w in resolve(cast_of, text, "Warrington")] == [
        ("white-house", "Paul Warrington")
    ]


@pytest.mark.parametrize("word", ["Council", "Times", "Square"])
def test_a_body_or_a_place_is_no_person(cast_of: CastOf, word: str) -> None:
    assert (
        resolve(cast_of, f"The minister spoke. The Green Valley {word} said the talks went on.", word) == []
    )
