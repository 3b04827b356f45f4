"""The rows of the matrix."""

from datetime import date

from app.records import Actor, ActorKind, Cell, Row, Stance
from app.serve.cells import build_rows

DAY = date(2024, 6, 30)
MACRON = Actor("emmanuel-macron", "Emmanuel Macron", ActorKind.PERSON, "FR")


def build(*cells: Cell, actor: Actor = MACRON, selected: str | None = None) -> str:
    return str(
        build_rows(
            (Row(actor, "President of France", cells),),
            countries={"FR": "France"},
            as_of=DAY,
            link="/?as_of=2024-06-30&cell=",
            actor_query="?as_of=2024-06-30",
            selected=selected,
        )
    )


def test_a_cell_says_stance_number_and_day_and_links_to_its_quotes() -> None:
    html = build(
        Cell(
            "emmanuel-macron", "troops", Stance.OPEN, statements=6, confirmed=True, latest_on=date(2024, 6, 6)
        )
    )
    assert (
        '<td class="cell open"><a href="/?as_of=2024-06-30&amp;cell=emmanuel-macron.troops#quotes">' in html
    )
    assert '<time datetime="2024-06-06">6 Jun</time>' in html
    assert '<span class="n">6<' in html
    assert "not yet confirmed" not in html


def test_what_only_the_machine_says_is_dotted() -> None:
    html = build(Cell("emmanuel-macron", "troops", Stance.OPEN, statements=1))
    assert '<span class="proposed">Open</span><span class="vh"> (not yet confirmed)</span>' in html


def test_silence_is_shown_and_linked() -> None:
    html = build(Cell("emmanuel-macron", "troops", None))
    assert '<td class="cell silent"><a href=' in html
    assert "Silent" in html
    assert "<time" not in html


def test_a_changed_cell_says_from_what() -> None:
    html = build(Cell("emmanuel-macron", "troops", Stance.BACKS, changed=True, was=Stance.OPEN))
    assert '<td class="cell backs changed">' in html
    assert ", was open" in html


def test_the_open_cell_is_marked() -> None:
    cell = Cell("emmanuel-macron", "troops", Stance.OPEN)
    assert 'aria-current="true"' in build(cell, selected="emmanuel-macron.troops")
    assert "aria-current" not in build(cell, selected="emmanuel-macron.strikes")


def test_a_contested_cell_says_so_in_words() -> None:
    assert "contested" in build(Cell("emmanuel-macron", "troops", Stance.OPEN, contested=True)).lower()


def test_everything_from_data_is_escaped() -> None:
    evil = Actor('x"><script>', "<b>Name</b>", ActorKind.PERSON, "FR")
    html = build(Cell('x"><script>', 'q"<', Stance.OPEN), actor=evil)
    assert "<script>" not in html
    assert "<b>Name" not in html
    assert 'q"<' not in html
