"""Names recognised by their letters, in sentences made up for the test."""

from __future__ import annotations

import pytest

from app.extract._gazetteer import Gazetteer, NameKind, bare


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Emmanuel Macron spoke.", [("Emmanuel Macron", NameKind.ACTOR, "emmanuel-macron")]),
        ("the German chancellor spoke", [("German chancellor", NameKind.TITLE, "de-chancellor")]),
        (
            "German Chancellor Olaf Scholz",
            [
                ("German Chancellor", NameKind.TITLE, "de-chancellor"),
                ("Olaf Scholz", NameKind.ACTOR, "olaf-scholz"),
            ],
        ),
        ("a German answer", [("German", NameKind.DEMONYM, "DE")]),
        ("the foreign minister", [("foreign minister", NameKind.ROLE, "foreign_minister")]),
    ],
)
def test_the_longest_name_wins(
    gazetteer: Gazetteer, text: str, found: list[tuple[str, NameKind, str]]
) -> None:
    assert [(n.text, n.kind, n.refs[0]) for n in gazetteer.find(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the US said", ["US"]),
        ("she asked us to wait", []),
        ("Poland said", ["Poland"]),
        ("poland said", []),
        ("Turkey said", ["Turkey"]),
        ("a turkey dinner", []),
        ("NATO said", ["NATO"]),
    ],
)
def test_capitals_tell_a_name_from_a_word(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert [n.text for n in gazetteer.find(text)] == names


@pytest.mark.parametrize("written", ["Viktor Orban", "Viktor Orbán", "Viktor Orba\u0301n", "VIKTOR ORBÁN"])
def test_accents_make_no_difference(gazetteer: Gazetteer, written: str) -> None:
    names = gazetteer.find(f"Yesterday {written} spoke.")
    assert [n.refs for n in names] == [("viktor-orban",)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Macron's idea", "Macron"),
        ("Macron’s idea", "Macron"),
        ("Giorgia Meloni's office", "Giorgia Meloni"),
        ("Berlin’s answer", "Berlin"),
    ],
)
def test_a_possessive_is_no_part_of_the_name(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert [n.text for n in gazetteer.find(text)] == [name]


def test_a_name_does_not_run_over_a_line_or_a_sentence(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Prime\nMinister") == []
    assert [n.text for n in gazetteer.find("He met Olaf. Scholz left.")] == ["Scholz"]


def test_offsets_hold_behind_characters_outside_the_basic_plane(gazetteer: Gazetteer) -> None:
    text = "\N{GRINNING FACE}\u200f «Olaf Scholz»"
    assert [text[n.start : n.end] for n in gazetteer.find(text)] == ["Olaf Scholz"]


def test_a_common_surname_is_weak_alone_and_not_with_its_first_name(gazetteer: Gazetteer) -> None:
    alone, whole = gazetteer.find("Cameron and then David Cameron")
    assert (alone.weak, alone.full) == (True, False)
    assert (whole.weak, whole.full) == (False, True)


@pytest.mark.parametrize(
    ("word", "plain"), [("Orbán", "orban"), ("Łódź", "lodz"), ("Støre", "store"), ("NATO", "nato")]
)
def test_bare_words_have_no_case_and_no_accents(word: str, plain: str) -> None:
    assert bare(word) == plain
