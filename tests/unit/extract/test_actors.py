"""Whose words a noun phrase means, in sentences made up for the test; nobody said these things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.extract._actors import Cast, Who
from app.records import ActorKind

CastOf = Callable[[str, date], Cast]
IN_2024, IN_2025 = date(2024, 2, 27), date(2025, 6, 1)


def resolve(cast_of: CastOf, text: str, word: str, on: date = IN_2024) -> list[Who]:
    """Whom the last occurrence of a word in a text means."""
    cast = cast_of(text, on)
    return cast.resolve([t.i for t in cast.parse.tokens if t.text == word][-1])


@pytest.mark.parametrize(
    ("text", "word", "on", "actor"),
    [
        ("The German chancellor rejected the idea.", "chancellor", IN_2024, "olaf-scholz"),
        ("The German chancellor rejected the idea.", "chancellor", IN_2025, "friedrich-merz"),
        ("The French president rejected the idea.", "president", IN_2024, "emmanuel-macron"),
        ("The Slovak prime minister rejected the idea.", "minister", IN_2024, "robert-fico"),
        ("The prime minister of Poland rejected the idea.", "minister", IN_2024, "donald-tusk"),
        ("The British foreign secretary rejected the idea.", "secretary", IN_2024, "david-cameron"),
        ("The NATO chief rejected the idea.", "chief", IN_2024, "jens-stoltenberg"),
    ],
)
def test_a_title_means_its_holder_on_the_day(
    cast_of: CastOf, text: str, word: str, on: date, actor: str
) -> None:
    assert [w.actor for w in resolve(cast_of, text, word, on)] == [actor]


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        ("Chancellor Scholz rejected the idea.", "Scholz", "olaf-scholz"),
        ("Hungary's leader, Viktor Orban, rejected the idea.", "leader", "viktor-orban"),
        ("NATO Secretary-General Jens Stoltenberg rejected the idea.", "Stoltenberg", "jens-stoltenberg"),
        ("Kremlin spokesman Dmitry Peskov rejected the idea.", "Peskov", "dmitry-peskov"),
    ],
)
def test_a_name_wins_over_the_title_beside_it(cast_of: CastOf, text: str, word: str, actor: str) -> None:
    assert [w.actor for w in resolve(cast_of, text, word)] == [actor]


@pytest.mark.parametrize(
    ("text", "word", "actor", "kind"),
    [
        ("Germany rejected the idea.", "Germany", "germany", ActorKind.STATE),
        ("Berlin rejected the idea.", "Berlin", "germany", ActorKind.STATE),
        ("NATO rejected the idea.", "NATO", "nato", ActorKind.ALLIANCE),
    ],
)
def test_a_state_its_capital_and_an_alliance_act_as_subjects(
    cast_of: CastOf, text: str, word: str, actor: str, kind: ActorKind
) -> None:
    assert [(w.actor, w.kind) for w in resolve(cast_of, text, word)] == [(actor, kind)]


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        ("Olaf Scholz arrived late. He rejected the idea.", "He", "olaf-scholz"),
        ("Giorgia Meloni met Olaf Scholz. She rejected the idea.", "She", "giorgia-meloni"),
        ("Giorgia Meloni met Olaf Scholz. He rejected the idea.", "He", "olaf-scholz"),
        ("Olaf Scholz met Emmanuel Macron. He rejected the idea.", "He", "olaf-scholz"),
        ("Germany waited. It rejected the idea.", "It", "germany"),
    ],
)
def test_a_pronoun_looks_back_for_the_last_fitting_subject(
    cast_of: CastOf, text: str, word: str, actor: str
) -> None:
    found = resolve(cast_of, text, word)
    assert [w.actor for w in found] == [actor]
    assert found[0].sure < 1


def test_a_pronoun_with_nobody_before_it_is_nobody(cast_of: CastOf) -> None:
    assert resolve(cast_of, "He rejected the idea.", "He") == []


@pytest.mark.parametrize(
    ("text", "word", "actor", "via"),
    [
        ("Sunak's office rejected the idea.", "office", "rishi-sunak", "Sunak's office"),
        ("German officials rejected the idea.", "officials", "germany", "German officials"),
        ("A Kremlin official rejected the idea.", "official", "kremlin", "A Kremlin official"),
    ],
)
def test_who_speaks_for_somebody_is_the_way_to_the_principal(
    cast_of: CastOf, text: str, word: str, actor: str, via: str
) -> None:
    assert [(w.actor, w.via) for w in resolve(cast_of, text, word)] == [(actor, via)]


def test_a_registered_spokesperson_is_an_actor_in_their_own_right(cast_of: CastOf) -> None:
    found = resolve(cast_of, "Dmitry Peskov, the Kremlin spokesman, rejected the idea.", "Peskov")
    assert [(w.actor, w.via) for w in found] == [("dmitry-peskov", None)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Key NATO countries rejected the idea.", "countries"),
        ("Several European leaders rejected the idea.", "leaders"),
        ("Western allies rejected the idea.", "allies"),
        ("Many experts rejected the idea.", "experts"),
    ],
)
def test_a_group_without_names_is_nobody(cast_of: CastOf, text: str, word: str) -> None:
    assert resolve(cast_of, text, word) == []


def test_names_joined_by_and_are_each_an_actor(cast_of: CastOf) -> None:
    found = resolve(cast_of, "Scholz and Macron rejected the idea.", "Scholz")
    assert [w.actor for w in found] == ["olaf-scholz", "emmanuel-macron"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Cameron rejected the idea.", []),
        ("Foreign Secretary Cameron rejected the idea.", ["david-cameron"]),
        ("David Cameron came. Then Cameron rejected the idea.", ["david-cameron"]),
    ],
)
def test_a_common_surname_needs_a_title_or_the_whole_name(
    cast_of: CastOf, text: str, actors: list[str]
) -> None:
    assert [w.actor for w in resolve(cast_of, text, "Cameron")] == actors


def test_a_relative_with_another_first_name_is_not_the_leader(cast_of: CastOf) -> None:
    assert resolve(cast_of, "Brigitte Macron rejected the idea.", "Macron") == []
