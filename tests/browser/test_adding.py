"""Adding a text through the plain forms, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Opens

# About none of the questions, so that no model has to be there.
WEATHER = (
    "The weather in the north will stay calm this week. Forecasters expect light rain on Thursday and sun "
    "at the weekend, with temperatures a little above those of last year. Farmers said they had hoped for "
    "more rain before the harvest, which begins in two weeks and lasts until the end of the month. {}"
)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_text_without_a_date_is_asked_for_one(open_browser: Opens, script: bool) -> None:
    reader = open_browser(java_script_enabled=script)
    page = reader.open("/ingest")
    page.fill("#p-text", WEATHER.format(f"Script: {script}."))
    page.click("text=Add this text")
    expect(page.locator("[role=alert]")).to_contain_text("When was this published?")
    expect(page.locator("#p-text")).to_have_value(WEATHER.format(f"Script: {script}."))
    page.fill("#p-day", "2024-05-02")
    page.click("text=Add this text")
    expect(page.locator(".results")).to_contain_text("no statement on any of the questions")
    page.click(".results a")
    expect(page.locator(".facts")).to_contain_text("2 May 2024, as given")
    reader.faults[:] = [fault for fault in reader.faults if "422" not in fault]


def test_the_same_text_twice_is_one_document(open_browser: Opens) -> None:
    page = open_browser().open("/ingest")
    for expected in ("Stored", "Held already"):
        page.fill("#p-text", WEATHER.format("Twice."))
        page.fill("#p-day", "2024-05-02")
        page.click("text=Add this text")
        expect(page.locator(".results .stage")).to_contain_text(expected)


def test_files_are_read_one_by_one_and_a_bad_one_is_told(open_browser: Opens) -> None:
    page = open_browser().open("/ingest")
    good: FilePayload = {
        "name": "good.txt",
        "mimeType": "text/plain",
        "buffer": WEATHER.format("A file.").encode(),
    }
    empty: FilePayload = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""}
    page.set_input_files("#f-files", [good, empty])
    page.fill("#f-day", "2024-05-02")
    page.click("button:has-text('Upload')")
    expect(page.locator(".results tbody tr")).to_have_count(2)
    expect(page.locator(".results tr.is-error")).to_contain_text("empty.txt")
    expect(page.locator(".results")).to_contain_text("good.txt")


def test_a_private_address_is_not_fetched(open_browser: Opens, address: str) -> None:
    page = open_browser().open("/ingest")
    page.fill("#u-text", f"{address}/about")
    page.click("text=Fetch these pages")
    expect(page.locator(".results tr.is-error")).to_have_count(1)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {},  # from here, but without the word that stands in the form
    ],
)
def test_a_form_from_elsewhere_is_refused(open_browser: Opens, headers: dict[str, str]) -> None:
    reader = open_browser()
    reader.open("/ingest")
    form: dict[str, str | float | bool] = {
        "text": WEATHER.format("Foreign."),
        "published": "2024-05-02",
        "token": "guessed",
    }
    answer = reader.page.request.post(f"{reader.address}/ingest/text", form=form, headers=headers)
    assert answer.status == 403
