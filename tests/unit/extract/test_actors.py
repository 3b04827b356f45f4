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
        ("Moscow's foreign minister rejected the idea.", "minister", IN_2024, "sergey-lavrov"),
        ("The minister of foreign affairs of Russia rejected it.", "minister", IN_2024, "sergey-lavrov"),
        ("The European Union's foreign policy chief rejected it.", "chief", IN_2024, "josep-borrell"),
        ("Ukraine's commander-in-chief rejected it.", "commander", IN_2024, "oleksandr-syrskyi"),
        ("Germany waited, but its chancellor rejected it.", "chancellor", IN_2024, "olaf-scholz"),
        ("The head of the Russian foreign ministry rejected it.", "head", IN_2024, "sergey-lavrov"),
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


def test_a_deputy_is_not_the_minister(cast_of: CastOf) -> None:
    found = resolve(cast_of, "The deputy foreign minister of Poland rejected the idea.", "minister")
    assert [(w.actor, w.via is not None) for w in found] in ([], [("poland", True)])


def test_the_head_of_a_committee_is_not_the_leader(cast_of: CastOf) -> None:
    found = resolve(cast_of, "The head of the German committee rejected the idea.", "head")
    assert "olaf-scholz" not in [w.actor for w in found]


def test_a_name_behind_a_long_title_is_meant(cast_of: CastOf) -> None:
    text = "The minister of foreign affairs of Russia Sergey Lavrov rejected the idea."
    assert [w.actor for w in resolve(cast_of, text, "minister")] == ["sergey-lavrov"]


def test_a_government_named_by_its_leader_is_the_state(cast_of: CastOf) -> None:
    found = resolve(cast_of, "President Emmanuel Macron's government rejected the idea.", "government")
    assert [w.actor for w in found] == ["france"]
    assert found[0].via is not None


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Germany's defence ministry rejected the idea.", "german-defence-ministry"),
        ("The Ministry of Defence of Ukraine rejected the idea.", "ukraine-defence-ministry"),
        ("The ministry of foreign affairs of China rejected the idea.", "chinese-foreign-ministry"),
    ],
)
def test_a_registered_ministry_is_an_actor(cast_of: CastOf, text: str, actor: str) -> None:
    word = "Ministry" if "Ministry" in text else "ministry"
    assert [w.actor for w in resolve(cast_of, text, word)] == [actor]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Senate of Norway rejected the idea.", "Senate"),
        ("Norway's army rejected the idea.", "army"),
        ("Norway waited. The House rejected the idea.", "House"),
    ],
)
def test_a_chamber_or_an_army_is_its_state(cast_of: CastOf, text: str, word: str) -> None:
    assert [w.actor for w in resolve(cast_of, text, word)] == ["norway"]


def test_a_ministry_the_registry_lacks_is_its_state(cast_of: CastOf) -> None:
    found = resolve(cast_of, "The Norwegian finance ministry rejected the idea.", "ministry")
    assert [w.actor for w in found] == ["norway"]
    assert found[0].via is not None


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
