"""One name in many spellings."""

from __future__ import annotations

import pytest

from app.extract._gazetteer import Gazetteer
from app.extract._spelling import distance, same_first_name, same_surname, skeleton, skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Riabkow", "Ryabkov"),
        ("Ławrow", "Lavrov"),
        ("Zełenski", "Zelensky"),
        ("Zelenskiy", "Zelenskyy"),
        ("Oleksij", "Oleksiy"),
        ("Pieskow", "Peskov"),
        ("Daczić", "Dačić"),
    ],
)
def test_spellings_of_one_name_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_ch_may_be_polish() -> None:
    assert skeletons("Zacharowa") & skeletons("Zakharova")
    assert skeletons("Chernov") & skeletons("Czernow")


@pytest.mark.parametrize(("one", "other"), [("Scholz", "Schmidt"), ("Tusk", "Trump"), ("Merz", "Metz")])
def test_other_names_have_another_skeleton(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lukashenka", "Lukashenko", True),
        ("Merz", "Metz", False),  # too short to differ
        ("Miller", "Muller", True),
        ("Biden", "Baiden", True),
        ("Rutte", "Hutte", False),  # the first sound stays
    ],
)
def test_long_surnames_may_differ_a_little(one: str, other: str, same: bool) -> None:
    assert same_surname(skeleton(one), skeleton(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Wołodymyr", "Volodymyr", True),
        ("Alaxandr", "Alexander", True),
        ("Paul", "Petra", False),
        ("A", "Anna", True),
    ],
)
def test_first_names_fit(one: str, other: str, same: bool) -> None:
    assert same_first_name(skeleton(one), skeleton(other)) is same


def test_a_distance_stops_where_it_does_not_matter() -> None:
    assert distance("kitten", "sitting") == 3
    assert distance("kitten", "unrelated words") == 4


@pytest.mark.parametrize(
    ("first", "surname", "slug"),
    [
        ("Sergei", "Ławrow", "sergey-lavrov"),
        ("Wołodymyr", "Zełenski", "volodymyr-zelenskyy"),
        ("Alaxandr", "Łukaszenka", "alexander-lukashenko"),
        ("Brigitte", "Macron", None),
        ("Jan", "Kowalczek", None),
    ],
)
def test_a_registered_person_is_found_by_the_sound_of_both_names(
    gazetteer: Gazetteer, first: str, surname: str, slug: str | None
) -> None:
    found = gazetteer.spelled(first, surname)
    assert (found.slug if found else None) == slug
