"""Charts: what they draw, and that their numbers add up."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from app.records import Tally
from app.serve.charts import (
    PLACES,
    Band,
    Column,
    Dot,
    Segment,
    Tile,
    count_after,
    draw_axis,
    draw_band,
    draw_bar,
    draw_small_stack,
    draw_stack,
    draw_tiles,
    draw_timeline,
    gather_bars,
)
from app.serve.charts._stack import spread
from app.serve.charts._svg import Days
from app.serve.words import WORDS

MONDAY = date(2024, 2, 26)
TALLY = Tally(backs=1, open=2, rejects=3, silent=4)


def parse(svg: object) -> ElementTree.Element:
    """Well-formed, or this fails."""
    return ElementTree.fromstring(str(svg))


def widths(svg: object) -> list[float]:
    return [float(rect.attrib["width"].rstrip("%")) for rect in parse(svg).iter("rect")]


def test_a_bar_fills_its_width_in_the_fixed_order() -> None:
    bar = draw_bar(TALLY)
    assert sum(widths(bar)) == pytest.approx(100, abs=0.1)
    assert re.findall(r'class="(\w+) f"', bar) == ["backs", "open", "rejects", "silent"]
    assert parse(draw_bar(Tally())).findall("rect") == []


def test_weeks_become_months_when_there_are_too_many() -> None:
    few = [(MONDAY + timedelta(weeks=n), 2) for n in range(10)]
    assert [bar.statements for bar in gather_bars(few)] == [2] * 10
    many = [(MONDAY + timedelta(weeks=n), 1) for n in range(300)]
    bars = gather_bars(many)
    assert sum(bar.statements for bar in bars) == 300
    assert bars[0].first == date(2024, 2, 1)
    assert bars[0].last == date(2024, 2, 29)


def test_the_timeline_links_each_bar_and_says_what_is_not_counted() -> None:
    bars = gather_bars([(MONDAY, 9), (MONDAY + timedelta(weeks=8), 3)])
    svg = draw_timeline(
        bars, as_of=date(2024, 3, 31), since=date(2024, 3, 1), link=lambda day: f"/?a=1&d={day}"
    )
    links = [link.attrib["href"] for link in parse(svg).iter("a")]
    assert links == ["/?a=1&d=2024-03-03", "/?a=1&d=2024-04-28"]
    assert "3 statements later, not counted" in svg
    assert count_after(bars, date(2024, 3, 31)) == 3
    assert draw_timeline((), as_of=MONDAY, since=None, link=str) == ""


@pytest.mark.parametrize("as_of", [date(1900, 1, 1), date(2100, 12, 31), MONDAY])
def test_the_timeline_stays_inside_whatever_the_day(as_of: date) -> None:
    svg = draw_timeline(gather_bars([(MONDAY, 9)]), as_of=as_of, since=None, link=str)
    places = [float(x) for x in re.findall(r'x1?="(-?[\d.]+)%"', svg)]
    assert all(0 <= place <= 100 for place in places)


def test_a_stack_has_a_title_a_description_and_numbers_where_there_is_room() -> None:
    columns = [Column(date(2024, month, 28), TALLY) for month in (1, 2, 3)]
    svg = draw_stack(columns, title="A <title>", name="x")
    root = parse(svg)
    assert root.attrib["aria-labelledby"] == "x-t x-d"
    assert root.findtext("title") == "A <title>"
    assert root.findtext("desc") == (
        "Jan 2024: 1 backs, 2 open, 3 reject, 4 silent. Mar 2024: 1 backs, 2 open, 3 reject, 4 silent."
    )
    assert svg.count('class="num"') == 12
    assert "Jan 2024" in svg
    assert ">Mar<" in svg


def test_many_months_carry_few_labels_and_the_last_is_one_of_them() -> None:
    columns = [Column(date(2022 + n // 12, n % 12 + 1, 28), TALLY) for n in range(24)]
    svg = draw_stack(columns, title="t", name="x")
    labels = re.findall(r'y="246"[^>]*>([^<]+)<', svg)
    assert len(labels) <= 12
    assert labels[-1] == "Dec"
    assert 'class="num"' not in svg


def test_empty_charts_are_nothing() -> None:
    assert draw_stack([], title="t", name="x") == ""
    assert draw_small_stack([], title="t", name="x") == ""
    parse(draw_stack([Column(MONDAY, Tally())], title="t", name="x"))


def test_labels_beside_a_column_never_overlap() -> None:
    lines = spread([4, 8, 200, 226])
    assert all(after - before >= 17 for before, after in pairwise(lines))
    assert lines[-1] <= 228


def test_tiles_have_one_place_each_and_are_named() -> None:
    assert len(set(PLACES.values())) == len(PLACES)
    svg = draw_tiles(
        [
            Tile("FR", "France", WORDS["open"], "Emmanuel <Macron>", "/cells/a/b?c=1&d=2"),
            Tile("ZZ", "Nowhere", WORDS["silent"], None, "/"),
        ],
        label="Map",
    )
    links = list(parse(svg).iter("a"))
    assert [link.attrib["aria-label"] for link in links] == ["France: open, by Emmanuel <Macron>"]


def test_a_band_shows_word_sign_or_nothing_by_its_room() -> None:
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    band = Band(
        (
            Segment(WORDS["open"], first, date(2024, 6, 30)),
            Segment(WORDS["rejects"], date(2024, 7, 1), date(2024, 7, 20)),
            Segment(WORDS["unclear"], date(2024, 7, 21), date(2024, 7, 22), "Somebody & Co"),
        ),
        (Dot(date(2024, 3, 1), True), Dot(date(2024, 3, 2), False)),
    )
    svg = draw_band(band, first=first, last=last)
    parse(svg)
    assert ">Open</text>" in svg
    assert "#g-rejects" in svg
    assert "#g-unclear" not in svg
    assert svg.count('class="machine"') == 1
    parse(draw_axis(first=first, last=last))


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2023, 11, 1), date(2024, 2, 29), ["Nov 2023", "Dec", "Jan 2024", "Feb"]),
        (
            date(2022, 1, 24),
            date(2025, 12, 31),
            ["Jan 2022", "Jul", "Jan 2023", "Jul", "Jan 2024", "Jul", "Jan 2025", "Jul"],
        ),
        (date(2024, 2, 10), date(2024, 2, 20), ["Feb 2024"]),
        (date(1990, 5, 1), date(2024, 2, 20), ["1995", "2000", "2005", "2010", "2015", "2020"]),
    ],
)
def test_ticks_name_the_year_where_it_is_new(first: date, last: date, labels: list[str]) -> None:
    assert [label for _, label in Days(first, last).ticks(9)] == labels
