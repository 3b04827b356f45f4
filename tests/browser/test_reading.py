"""The way a reader goes: from the matrix to a date, to a cell, to the quote, to the marked passage."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens

CELL = "tr.mx-row:has-text('Emmanuel Macron') td.cell >> nth=0"


def follow_to_passage(page: Page) -> None:
    """Pick a date, open a cell, read its quote, follow it into the document."""
    page.fill("#as_of", "2024-06-30")
    page.click("text=Show")
    expect(page).to_have_url(re.compile("as_of=2024-06-30"))
    page.click(f"{CELL} >> a")
    panel = page.locator("#quotes")
    expect(panel.locator("h2")).to_contain_text("Emmanuel Macron")
    expect(panel.locator("blockquote")).to_contain_text("should not be excluded")
    assert "cell=emmanuel-macron.troops-ukraine" in page.url
    panel.locator("text=See it in document").first.click()
    passage = page.locator("span.at:target + mark.ev")
    expect(passage).to_contain_text("should not be excluded")
    expect(passage).to_have_class("ev open is-proposed")
    expect(page.locator(".note.open .stance")).to_have_text("open")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_matrix_to_the_marked_passage(open_browser: Opens, script: bool) -> None:
    reader = open_browser(java_script_enabled=script)
    follow_to_passage(reader.open("/"))


def test_a_cell_opens_in_place_and_back_closes_it(open_browser: Opens) -> None:
    page = open_browser().open("/?as_of=2024-06-30")
    page.evaluate("window.stayed = true")
    page.click(f"{CELL} >> a")
    expect(page.locator("#quotes h2")).to_contain_text("Emmanuel Macron")
    expect(page.locator(f"{CELL} >> a")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("#quotes")).to_have_count(0)
    assert "cell=" not in page.url
    assert page.evaluate("window.stayed") is True


def test_an_open_cell_survives_another_date(open_browser: Opens) -> None:
    page = open_browser().open("/?as_of=2024-06-30")
    page.click(f"{CELL} >> a")
    expect(page.locator("#quotes")).to_be_visible()
    page.fill("#as_of", "2024-03-01")
    page.click("text=Show")
    expect(page.locator("#quotes h2")).to_contain_text("Emmanuel Macron")


def test_arrow_keys_move_in_the_matrix_with_one_tab_stop(open_browser: Opens) -> None:
    page = open_browser().open("/?as_of=2024-06-30")
    assert page.locator("td.cell > a[tabindex='0']").count() == 1
    page.locator("td.cell > a").first.focus()
    where = "[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]"
    row, column = page.evaluate(where)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    moved = page.evaluate(where)
    assert moved[0] > row
    assert moved[1] == column + 1
    page.keyboard.press("Home")
    assert page.evaluate(where)[1] == 1
    page.keyboard.press("Control+End")
    assert page.locator("td.cell > a[tabindex='0']").count() == 1


def test_overlapping_passages_are_marked_and_markup_stays_text(open_browser: Opens) -> None:
    page = open_browser().open("/documents")
    page.click("text=Allies answer")
    # Two statements share one passage, and a third begins inside it.
    expect(page.locator(".doc-text mark.two").first).to_contain_text("German Chancellor Olaf Scholz")
    assert page.locator(".doc-text mark.ev").count() == 4
    expect(page.locator(".doc-text mark.ev.unclear")).to_contain_text("<b>no large deployment</b>")
    expect(page.locator(".doc-text .sp").first).to_have_text("Olaf Scholz")
    expect(page.locator(".doc-text .cue").first).to_have_text("ruled out")
    assert (
        page.locator(".doc-text mark.ev").first.get_attribute("class")
        == "ev rejects two two-rejects two-proposed"
    )


def test_a_sample_brief_says_so_and_links_its_source(open_browser: Opens) -> None:
    page = open_browser().open("/documents")
    page.click("text=Paris keeps the door open")
    expect(page.locator(".title")).to_contain_text("sample brief")
    expect(page.locator(".title a[rel]")).to_have_attribute("href", "https://news.example/article")


def test_take_away_links_give_this_view(open_browser: Opens) -> None:
    reader = open_browser()
    page = reader.open("/?as_of=2024-03-01&alliance=nato&stance=open")
    for form, kind in (("JSON", "application/json"), ("CSV", "text/csv")):
        link = page.locator(".takeaway a", has_text=form).get_attribute("href")
        answer = page.request.get(reader.address + str(link))
        assert answer.status == 200
        assert kind in answer.headers["content-type"]
        assert "emmanuel-macron" in answer.text()
        assert "olaf-scholz" not in answer.text()
