"""The registers in data/ load, answer for any day, and refuse a broken row by file and line."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.config import ROOT
from app.errors import BadRegister
from app.records import ActorKind, Alliance, Membership
from app.registers import Registry, load_questions, load_registers

Break = Callable[[str, str, str], Path]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registers()


@pytest.fixture
def break_file(tmp_path: Path) -> Break:
    """A copy of the registers in which one text of one file is replaced."""

    def change(file: str, old: str, new: str) -> Path:
        for source in (ROOT / "data").glob("*.csv"):
            shutil.copyfile(source, tmp_path / source.name)
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return change


@pytest.mark.parametrize(
    ("office", "on", "holder"),
    [
        ("de-chancellor", date(2024, 2, 27), "Olaf Scholz"),
        ("de-chancellor", date(2025, 5, 5), "Olaf Scholz"),
        ("de-chancellor", date(2025, 5, 6), "Friedrich Merz"),
        ("de-chancellor", date(2025, 6, 1), "Friedrich Merz"),
        ("us-president", date(2025, 1, 19), "Joe Biden"),
        ("us-president", date(2025, 1, 20), "Donald Trump"),
        ("ru-kremlin-spokesman", date(2024, 2, 27), "Dmitry Peskov"),
    ],
)
def test_an_office_has_the_holder_of_that_day(registry: Registry, office: str, on: date, holder: str) -> None:
    assert [actor.name for actor in registry.holders(office, on)] == [holder]


@pytest.mark.parametrize(
    ("alliance", "country", "on", "belongs"),
    [
        ("nato", "SE", date(2024, 3, 6), False),
        ("nato", "SE", date(2024, 3, 7), True),
        ("nato", "FI", date(2023, 4, 3), False),
        ("nato", "FI", date(2023, 4, 4), True),
        ("eu", "GB", date(2020, 1, 30), True),
        ("eu", "GB", date(2020, 1, 31), False),
        ("nato", "RU", date(2024, 3, 7), False),
    ],
)
def test_a_state_belongs_to_an_alliance_from_its_first_day_to_the_day_before_it_left(
    registry: Registry, alliance: str, country: str, on: date, belongs: bool
) -> None:
    assert (country in registry.members(alliance, on)) is belongs
    assert (alliance in registry.alliances_of(country, on)) is belongs


def test_nato_grows_by_one_on_the_day_sweden_joins(registry: Registry) -> None:
    before, after = (len(registry.members("nato", date(2024, 3, day))) for day in (6, 7))
    assert (before, after) == (31, 32)


def test_leaders_of_a_country_stand_by_rank(registry: Registry) -> None:
    leaders = registry.leaders("DE", date(2024, 2, 27))
    assert leaders[0][0].slug == "de-chancellor"
    assert leaders[0][1].name == "Olaf Scholz"
    ranks = [office.rank for office, _ in leaders]
    assert ranks == sorted(ranks)


def test_an_actor_has_the_offices_of_that_day(registry: Registry) -> None:
    assert [o.slug for o in registry.offices_of("olaf-scholz", date(2024, 2, 27))] == ["de-chancellor"]
    assert registry.offices_of("olaf-scholz", date(2026, 1, 1)) == ()


def test_a_country_has_its_state_as_an_actor(registry: Registry) -> None:
    state = registry.state_of("DE")
    assert state is not None
    assert (state.slug, state.kind) == ("germany", ActorKind.STATE)
    assert registry.state_of("ZZ") is None


def test_a_day_without_a_beginning_or_an_end_counts(registry: Registry) -> None:
    open_ended = Registry(
        alliances={"x": Alliance("x", "X")}, memberships=(Membership("x", "DE", None, None),)
    )
    assert open_ended.members("x", date.min) == open_ended.members("x", date.max) == ("DE",)


def test_a_shared_surname_names_all_who_bear_it(registry: Registry) -> None:
    assert registry.shared["Johnson"] == ("boris-johnson", "mike-johnson")
    assert "Brown" in registry.weak
    assert "Scholz" not in registry.weak


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("actors.csv", "actor_id,name", "id,name", r"actors.csv, line 1: expected the columns actor_id"),
        ("actors.csv", "ahn-gyu-back", "Ahn Gyu-back", r"actors.csv, line 4: .* not a valid actor_id"),
        ("actors.csv", "adrienne-watson,", "adam-szlapka,", r"actors.csv, line 3: “adam-szlapka” .* twice"),
        ("actors.csv", ",person,PL", ",robot,PL", r"actors.csv, line 2: “robot” is not a kind"),
        ("actors.csv", ",person,PL", ",person,XX", r"actors.csv, line 2: there is no country “XX”"),
        ("actors.csv", "Q21282134", "21282134", r"actors.csv, line 2: .* not a valid wikidata"),
        ("actors.csv", "|Szłapka|", "|Adam Szlapka|", r"actors.csv, line 2: aliases: “Adam Szlapka” stands"),
        ("actors.csv", "Watson,f,none", "Watson,,none", r"actors.csv, line 3: gender"),
        ("actors.csv", "Watson,f,none", "Johnson,f,none", r"aliases.csv, line \d+: “Johnson” is borne by"),
        ("actors.csv", "Watson,f,none", "Ahn,f,none", r"aliases.csv, line 3: “Ahn” is borne by"),
        ("actors.csv", "Watson,f,none", "Watson,f", r"actors.csv, line 3: 7 fields where 8 belong"),
        ("offices.csv", "defence_minister,4,", "defence_minister,first,", r"offices.csv, line 2: the rank"),
        ("offices.csv", "of Albania,AL,", "of Albania,XX,", r"offices.csv, line 2: there is no country or"),
        ("tenures.csv", "2020-12-31", "31.12.2020", r"tenures.csv, line 2: from: “31.12.2020” is not a date"),
        (
            "tenures.csv",
            "2024-07-30,memory",
            "2020-07-30,memory",
            r"tenures.csv, line 2: .* not a period",
        ),
        ("tenures.csv", "niko-peleshi,", "nobody,", r"tenures.csv, line 2: there is no actor “nobody”"),
        ("tenures.csv", "niko-peleshi,", "albania,", r"tenures.csv, line 2: albania is not a person"),
        (
            "tenures.csv",
            ",al-defence-minister,",
            ",al-king,",
            r"tenures.csv, line 2: there is no office",
        ),
        ("memberships.csv", "brics,AE,", "opec,AE,", r"memberships.csv, line 2: there is no alliance “opec”"),
        ("memberships.csv", "brics,BR,", "brics,AE,", r"memberships.csv, line 3: AE is in brics twice"),
        ("alliances.csv", "brics,", "bric,", r"actors.csv, line \d+: there is no alliance “brics”"),
        ("countries.csv", "AE,ARE", "ae,ARE", r"countries.csv, line 2: “ae” is not a valid iso2"),
    ],
)
def test_a_broken_row_is_refused_by_file_and_line(
    break_file: Break, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(BadRegister, match=message):
        load_registers(break_file(file, old, new))


def test_two_chancellors_on_one_day_are_refused_unless_the_note_says_why(break_file: Break) -> None:
    merz = "friedrich-merz,de-chancellor,2025-05-0"
    folder = break_file("tenures.csv", merz + "6", merz + "5")
    with pytest.raises(BadRegister, match=r"tenures.csv, line \d+: friedrich-merz holds de-chancellor"):
        load_registers(folder)
    text = (folder / "tenures.csv").read_text(encoding="utf-8").splitlines()
    row = next(i for i, line in enumerate(text) if line.startswith(merz))
    text[row] += "day approximate"
    (folder / "tenures.csv").write_text("\n".join(text), encoding="utf-8")
    assert len(load_registers(folder).holders("de-chancellor", date(2025, 5, 5))) == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRegister, match=r"countries.csv: cannot be read"):
        load_registers(tmp_path)


def test_the_questions_load() -> None:
    questions = load_questions()
    assert questions[0].slug == "troops-ukraine"
    assert "boots on the ground" in questions[0].keywords


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slug: a", "line 1: expected a list"),
        ("- slug: [", "line 1: not YAML"),
        ("\n- a", "line 2: expected a question"),
        ("- {slug: a, title: A}", "line 1: “proposal” is missing"),
        ("- {slug: A b, title: A, proposal: A.}", "line 1: “A b” is not a slug"),
        ("- {slug: a, title: A, proposal: A., colour: red}", "line 1: a question has no field “colour”"),
        ("- {slug: a, title: A, proposal: A., keywords: b}", "line 1: “keywords” is not a list"),
        (
            "- {slug: a, title: A, proposal: A.}\n- {slug: a, title: B, proposal: B.}",
            "line 2: the question “a” stands here twice",
        ),
    ],
)
def test_a_broken_question_is_refused_by_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "questions.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRegister, match=message):
        load_questions(path)
