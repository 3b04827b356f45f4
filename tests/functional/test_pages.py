"""Pages over the real application: they answer, they escape, and the matrix asks the database little."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

HTML = {"Accept": "text/html,*/*;q=0.8"}
PATHS = (
    "/",
    "/?as_of=2024-06-30&since=2024-01-01&group=country",
    "/?as_of=1950-01-01",
    "/questions",
    "/questions/troops-ukraine",
    "/actors",
    "/actors?all=true&kind=alliance",
    "/actors/emmanuel-macron",
    "/countries/fr",
    "/documents",
    "/statements",
    "/ingest",
    "/about",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing-here", 404, "Nothing is served at /nothing-here."),
        ("/actors/nobody", 404, "There is no actor “nobody” here."),
        ("/?as_of=27.2.2024", 422, "“27.2.2024” is not a day."),
        ("/?alliance=natto", 422, "There is no alliance “natto” here."),
        ("/?cell=nobody.troops-ukraine", 404, "nobody"),
        ("/documents/not-a-key", 422, "not-a-key"),
        ("/?name=%3Cscript%3Ealert(1)%3C/script%3E", 200, "&lt;script&gt;"),
    ],
)
def test_a_wrong_address_is_answered_in_plain_words(
    client: TestClient, path: str, status: int, words: str
) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status
    assert words in answer.text
    assert "<script>alert" not in answer.text


def test_the_matrix_costs_a_fixed_number_of_queries(client: TestClient) -> None:
    """The number must not grow with rows, columns or statements. The registry is kept between requests."""
    engine = client.app.state.database.engine  # type: ignore[attr-defined]
    asked: list[str] = []
    client.get("/", headers=HTML)
    event.listen(engine, "before_cursor_execute", note := lambda *given: asked.append(given[2]))
    try:
        assert client.get("/?as_of=2024-06-30", headers=HTML).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= 7, "\n".join(asked)


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/questions", headers=HTML).headers["etag"]
    assert client.get("/questions", headers={**HTML, "If-None-Match": etag}).status_code == 304
    assert "etag" not in client.get("/nothing-here", headers=HTML).headers


def test_static_files_are_kept_for_a_year_under_their_hash(client: TestClient) -> None:
    page = client.get("/about", headers=HTML).text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(address).headers["cache-control"]
    assert "immutable" not in client.get("/static/demarche.css").headers["cache-control"]
