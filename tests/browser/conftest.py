"""The real application over a real database, and Chromium in front of it.

A page that says something to the console, or asks another host for anything, fails the test that opened it.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from app import jobs
from app.config import Settings
from app.db import start_database, upgrade
from app.main import create_app
from tests.browser.archive import fill

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds: a busy machine is slow, and a slow page is no wrong page
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET = (
    "No Chromium here. To get it: `apt install chromium` (Debian, Ubuntu), "
    "or `.venv/bin/playwright install chromium`."
)


class MakesDatabases(Protocol):
    """The servers of tests/conftest.py."""

    def make_database(self, name: str) -> Settings: ...


def find_chromium(playwright: Playwright) -> str | None:
    """The system's Chromium, else the one Playwright installed."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            if os.environ.get("CI"):
                pytest.fail(HOW_TO_GET)
            pytest.skip(HOW_TO_GET)
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(servers: MakesDatabases) -> Iterator[str]:
    """Where the application serves the small archive."""
    settings = servers.make_database("embedded")
    with start_database(settings) as database:
        upgrade(database.engine)
        jobs.load_registers(database.sessions)
        fill(database)
        config = uvicorn.Config(
            create_app(database, settings),
            port=0,
            ws="none",
            lifespan="off",
            access_log=False,
            log_level="error",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


class Reader:
    """A browser with one page open, that notes what a page must not do."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._note_console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", lambda request: self._note_request(request.url))

    def _note_console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(f"console {kind}: {text}")

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "about:")):
            self.faults.append(f"another host: {url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


Opens = Callable[..., Reader]


@pytest.fixture
def open_browser(chromium: Browser, address: str) -> Iterator[Opens]:
    """Opens a browser, with Playwright's options for a context; its faults fail the test at the end."""
    readers: list[Reader] = []
    contexts: list[BrowserContext] = []

    def start(**options: Any) -> Reader:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        readers.append(Reader(context, address))
        return readers[-1]

    yield start
    for context in contexts:
        context.close()
    assert [fault for reader in readers for fault in reader.faults] == []
