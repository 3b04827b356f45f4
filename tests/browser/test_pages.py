"""Every page, by machine eyes: no fault for axe in light and dark, no sideways scroll on a narrow screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Opens

ON = "as_of=2024-06-30"
PAGES = (
    f"/?{ON}&since=2024-03-01",
    f"/?{ON}&cell=emmanuel-macron.troops-ukraine",
    f"/?{ON}&group=country&alliance=nato,eu&silent=false",
    "/?name=nobody-of-this-name",
    "/?as_of=2020-01-01",
    "/questions",
    f"/questions/troops-ukraine?{ON}",
    f"/questions/reassurance-force?{ON}",
    "/actors",
    "/actors?q=macron",
    f"/actors/emmanuel-macron?{ON}",
    f"/actors/edi-rama?{ON}",
    f"/countries/FR?{ON}",
    f"/cells/emmanuel-macron/troops-ukraine?{ON}",
    f"/cells/edi-rama/troops-ukraine?{ON}",
    "/documents",
    "/documents?q=nothing-has-this-word",
    "/statements",
    "/statements?q=troops&stance=open",
    "/ingest",
    "/about",
)
# Reached by following a link, because their addresses hold keys.
FOLLOWED = {
    "a document": ("/documents", "table a[href^='/documents/']"),
    "a statement": ("/statements", ".st-list blockquote a"),
}


def find_violations(page: Page) -> str:
    found = Axe().run(page)
    return "" if found.violations_count == 0 else f"{page.url}\n{found.generate_report()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_page(open_browser: Opens, scheme: str) -> None:
    reader = open_browser(color_scheme=scheme)
    reports = [find_violations(reader.open(path)) for path in PAGES]
    for path, link in FOLLOWED.values():
        reader.open(path).locator(link).first.click()
        reports.append(find_violations(reader.page))
    assert "\n".join(filter(None, reports)) == ""


def test_axe_finds_no_violation_on_a_narrow_screen(open_browser: Opens) -> None:
    reader = open_browser(viewport={"width": 360, "height": 780})
    reports = [find_violations(reader.open(path)) for path in PAGES[::4]]
    assert "\n".join(filter(None, reports)) == ""


def test_no_page_scrolls_sideways_at_360_pixels(open_browser: Opens) -> None:
    reader = open_browser(viewport={"width": 360, "height": 780})
    widths = {}
    for path in PAGES:
        widths[path] = reader.open(path).evaluate("document.documentElement.scrollWidth")
    for name, (path, link) in FOLLOWED.items():
        reader.open(path).locator(link).first.click()
        widths[name] = reader.page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in widths.items() if width > 360} == {}


def test_an_unknown_address_says_so_as_a_page(open_browser: Opens) -> None:
    reader = open_browser()
    answer = reader.page.goto(reader.address + "/actors/nobody-of-this-name")
    assert answer is not None
    assert answer.status == 404
    assert "nobody-of-this-name" in reader.page.inner_text("main")
    assert find_violations(reader.page) == ""
    # The browser itself notes the status in its console; that is no fault of the page.
    reader.faults.clear()


def test_every_answer_carries_the_strict_policy(open_browser: Opens) -> None:
    reader = open_browser()
    answer = reader.page.goto(reader.address + "/about")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
