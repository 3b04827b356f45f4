"""What is wrong is said in plain words, with the field and what to do: RFC 9457."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

API = "/api/v1"
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        ("/matrix?as_off=2024-06-30", "as_off", "Is as_of meant?"),
        ("/statements?colour=red", "colour", "There is no parameter “colour” here."),
        ("/health/ready?x=1", "x", "This address takes none."),
        ("/matrix?as_of=2024-06-30&as_of=2024-07-01", "as_of", "stands 2 times"),
        ("/matrix?as_of=27.2.2024", "as_of", "Write year-month-day, for example 2024-02-27."),
        ("/matrix?as_of=2024-02-30", "as_of", "There is no such day"),
        ("/matrix?as_of=0001-01-01", "as_of", "out of range"),
        ("/matrix?as_of=20240227", "as_of", "is not a day"),
        ("/matrix?group=planet", "group", "is not one of: alliance, country, stance, none."),
        ("/matrix?stance=loves", "stance", "is not one of"),
        ("/matrix?min_confidence=2", "min_confidence", "Confidence runs from 0 to 1."),
        ("/matrix?min_confidence=nan", "min_confidence", "Confidence runs from 0 to 1."),
        ("/matrix?reviewed=perhaps", "reviewed", "neither yes nor no"),
        ("/matrix?alliance=nto", "alliance", "Is nato meant?"),
        ("/matrix?question=troups-ukraine", "question", "Is troops-ukraine meant?"),
        ("/matrix?country=DEU", "country", "is not a country code"),
        ("/matrix?country=QQ", "country", "There is no country “QQ” here."),
        ("/positions?actor=olaf-schulz", "actor", "Is olaf-scholz meant?"),
        ("/statements?actor=nobody-at-all", "actor", "There is no actor “nobody-at-all” here."),
        ("/statements?from=2024-03-01&until=2024-02-01", "from", "Swap them."),
        ("/statements?document=17", "document", "is not an identifier"),
        ("/statements?q=%00", "q", "zero character"),
        ("/statements?limit=0", "limit", "It must be 1 or more."),
        ("/statements?limit=501", "limit", "It must be 500 or less."),
        ("/statements?limit=ten", "limit", "“ten” is not a whole number."),
        ("/statements?cursor=rubbish", "cursor", "cursor"),
        ("/questions?cursor=%C3%A9%FF", "cursor", "cursor"),
        ("/statements/17", "statement", "is not an identifier"),
        ("/actors?kind=ghost", "kind", "is not one of"),
        ("/alliances/nato?on=yesterday", "on", "is not a day"),
    ],
)
def test_a_wrong_field_is_named_and_explained(
    client: TestClient, address: str, field: str, words: str
) -> None:
    response = client.get(API + address)
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    problem = response.json()
    assert problem["status"] == 422
    assert problem["title"]
    assert problem["type"].startswith("urn:demarche:")
    assert words in problem["detail"]
    assert [error["field"] for error in problem["errors"]] == [field]


def test_all_wrong_fields_are_named_at_once(client: TestClient) -> None:
    problem = client.get(f"{API}/matrix?as_of=x&stance=y&reviewed=z").json()
    assert [error["field"] for error in problem["errors"]] == ["as_of", "stance", "reviewed"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/here",
        f"/statements/{NOBODY}",
        f"/statements/{NOBODY}/reviews",
        f"/documents/{NOBODY}",
        f"/documents/{NOBODY}/text",
        f"/documents/{NOBODY}/annotations",
        "/actors/nobody",
        "/alliances/warsaw-pact",
        "/questions/nothing",
        "/actors/%00",
        "/questions/%00",
    ],
)
def test_what_is_not_there_is_a_404_that_names_it(client: TestClient, path: str) -> None:
    response = client.get(API + path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "Not found"


def test_a_method_that_is_not_there_is_a_405_that_lists_those_that_are(client: TestClient) -> None:
    response = client.delete(f"{API}/documents")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"
    expected = "DELETE does nothing at /api/v1/documents. What it does: GET, HEAD, POST."
    assert response.json()["detail"] == expected


def test_a_reader_gets_a_page_and_a_program_a_problem(client: TestClient) -> None:
    page = client.get("/questions/nothing", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    program = client.get("/questions/nothing", headers={"Accept": "application/json"})
    assert program.headers["content-type"] == "application/problem+json"
