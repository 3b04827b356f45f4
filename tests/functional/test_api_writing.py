"""Writing over REST: documents and reviews, with a token that allows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.queries import tokens
from tests.conftest import Servers
from tests.functional.conftest import make_token, open_client

API = "/api/v1"
# A text that can be about no question: it is read and stored, and no model is needed for it.
TEXT = (
    "The museum of the town opened its new hall on Tuesday. Visitors came from all over the county, and the "
    "mayor cut the ribbon. The hall shows paintings of the nineteenth century and a collection of clocks."
)


@pytest.fixture(scope="module")
def desk(servers: Servers) -> Iterator[TestClient]:
    """The application over an archive of this file's own. Each test brings a text of its own."""
    yield from open_client(servers.make_database("embedded"))


@pytest.fixture(scope="module")
def ingest(desk: TestClient) -> dict[str, str]:
    return make_token(desk, "ingest")


def test_a_new_text_is_stored_and_the_same_text_again_is_found(
    desk: TestClient, ingest: dict[str, str]
) -> None:
    body = {
        "text": TEXT,
        "title": "A new hall",
        "published": "2024-03-05",
        "publisher": "County Post",
        "url": "https://county.example/hall",
    }
    first = desk.post(f"{API}/documents", json=body, headers=ingest)
    assert first.status_code == 201, first.text
    made = first.json()
    assert first.headers["location"] == f"{API}/documents/{made['id']}"
    assert (made["new"], made["statements"]) == (True, [])
    held = desk.get(first.headers["location"]).json()
    assert {name: held[name] for name in ("title", "published", "publisher", "address", "text")} == {
        "title": "A new hall",
        "published": "2024-03-05",
        "publisher": "County Post",
        "address": "https://county.example/hall",
        "text": TEXT,
    }
    again = desk.post(f"{API}/documents", json={"text": TEXT}, headers=ingest)
    assert (again.status_code, again.json()["id"], again.json()["new"]) == (200, made["id"], False)


def test_a_text_without_a_date_takes_todays_marked_as_such(desk: TestClient, ingest: dict[str, str]) -> None:
    body = {"text": TEXT.replace("town", "village")}
    made = desk.post(f"{API}/documents", json=body, headers=ingest).json()
    assert made["document"]["date_basis"] == "retrieved"


def test_a_file_is_taken_with_what_is_said_of_it(desk: TestClient, ingest: dict[str, str]) -> None:
    response = desk.post(
        f"{API}/documents",
        files={"file": ("hall.txt", TEXT.replace("town", "city").encode(), "text/plain")},
        data={"title": "From a file", "published": "2024-03-06", "publisher": ""},
        headers=ingest,
    )
    assert response.status_code == 201, response.text
    document = response.json()["document"]
    assert (document["title"], document["published"], document["how"]) == (
        "From a file",
        "2024-03-06",
        "file",
    )


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "text", "Give a text, an address (url) or a file."),
        ({"text": "  "}, "text", "Give a text"),
        ({"text": 7}, "text", "It must be text."),
        ({"text": TEXT, "published": "5 March"}, "published", "is not a day"),
        ({"text": TEXT, "date": "2024-03-05"}, "date", "There is no such field."),
        ({"url": "ftp://news.example/a"}, None, "http"),
        ({"url": "http://127.0.0.1:9/a"}, None, ""),
    ],
)
def test_a_document_that_cannot_be_taken_is_refused_by_field(
    desk: TestClient, ingest: dict[str, str], body: dict[str, Any], field: str | None, words: str
) -> None:
    response = desk.post(f"{API}/documents", json=body, headers=ingest)
    assert response.status_code == 422, response.text
    assert words in response.json()["detail"]
    if field:
        assert [error["field"] for error in response.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'"\xff"', "application/json", 422),
        (b"text", "text/plain", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"", "multipart/form-data", 400),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 422),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    desk: TestClient, ingest: dict[str, str], body: bytes, kind: str, status: int
) -> None:
    response = desk.post(f"{API}/documents", content=body, headers={**ingest, "Content-Type": kind})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_of_20_megabytes_is_refused(desk: TestClient, ingest: dict[str, str]) -> None:
    body = json.dumps({"text": "word " * 4_000_000})
    response = desk.post(
        f"{API}/documents", content=body, headers={**ingest, "Content-Type": "application/json"}
    )
    assert response.status_code == 413
    assert "10 MB" in response.json()["detail"]


def test_writing_needs_a_token_with_the_scope(desk: TestClient) -> None:
    body = {"text": TEXT.replace("town", "island")}
    without = desk.post(f"{API}/documents", json=body)
    assert without.status_code == 401
    assert without.headers["www-authenticate"] == "Bearer"
    assert "demarche tokens add" in without.json()["detail"]
    wrong = desk.post(f"{API}/documents", json=body, headers={"Authorization": "Bearer rubbish"})
    assert wrong.status_code == 401
    other = desk.post(f"{API}/documents", json=body, headers=make_token(desk, "review"))
    assert other.status_code == 403
    admin = desk.post(f"{API}/documents", json=body, headers=make_token(desk, "admin"))
    assert admin.status_code == 201


def test_a_revoked_token_is_refused(desk: TestClient) -> None:
    headers = make_token(desk, "ingest", name="short-lived")
    with desk.app.state.database.sessions.begin() as session:  # type: ignore[attr-defined]
        tokens.revoke_token(session, "short-lived")
    assert desk.post(f"{API}/documents", json={"text": TEXT}, headers=headers).status_code == 401


def find_statement(client: TestClient, actor: str) -> str:
    (found,) = client.get(f"{API}/statements", params={"actor": actor}).json()["items"]
    statement: str = found["id"]
    return statement


def stance_of(client: TestClient, actor: str) -> str | None:
    items = client.get(f"{API}/positions", params={"actor": actor}).json()["items"]
    return items[0]["stance"] if items else None


def test_a_review_moves_the_position_and_can_be_undone(desk: TestClient) -> None:
    review = make_token(desk, "review")
    address = f"{API}/statements/{find_statement(desk, 'emmanuel-macron')}/reviews"
    rejected = desk.post(address, json={"verdict": "reject", "reason": "irony"}, headers=review)
    assert rejected.status_code == 201, rejected.text
    assert stance_of(desk, "emmanuel-macron") is None
    desk.post(address, json={"verdict": "reopen"}, headers=review)
    assert stance_of(desk, "emmanuel-macron") == "open"
    changes = {"stance": "backs", "scope": "trainers"}
    corrected = desk.post(address, json={"verdict": "correct", "changes": changes}, headers=review)
    assert corrected.status_code == 201, corrected.text
    assert stance_of(desk, "emmanuel-macron") == "backs"
    verdicts = [item["verdict"] for item in desk.get(address).json()["items"]]
    assert verdicts == ["reject", "reopen", "correct"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"verdict": "love"}, 422),
        ({"verdict": "correct"}, 422),
        ({"verdict": "confirm", "changes": {"scope": "x"}}, 422),
        ({"verdict": "correct", "changes": {"stance": "maybe"}}, 422),
        ({"verdict": "correct", "changes": {"actor": "nobody"}}, 422),
        ({"verdict": "correct", "changes": {"question": "nothing"}}, 422),
        ({"verdict": "correct", "changes": {"stance": None}}, 422),
        ({"verdict": "correct", "changes": {"via": "a\u0000b"}}, 422),
    ],
)
def test_a_review_that_says_nothing_sensible_is_refused(
    desk: TestClient, body: dict[str, Any], status: int
) -> None:
    review = make_token(desk, "review")
    address = f"{API}/statements/{find_statement(desk, 'olaf-scholz')}/reviews"
    response = desk.post(address, json=body, headers=review)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"


def test_a_closed_house_asks_readers_for_a_token(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = make_token(desk, "ingest")
    monkeypatch.setattr(desk.app.state.settings, "public_read", False)  # type: ignore[attr-defined]
    assert desk.get(f"{API}/matrix").status_code == 401
    assert desk.get(f"{API}/matrix", headers=token).status_code == 200
    assert desk.get("/health/live").status_code == 200
    page = desk.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, "token" in page.text) == (401, True)
    kept = desk.get(f"{API}/matrix", headers=token)
    assert kept.headers["cache-control"] == "private, no-cache"
