"""What the REST addresses answer: the same data that the pages show, complete and spelled out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

API = "/api/v1"


def get(client: TestClient, path: str, **query: Any) -> Any:
    response = client.get(API + path, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_matrix_has_rows_columns_cells_and_tallies(client: TestClient) -> None:
    matrix = get(client, "/matrix", as_of="2024-06-30", question=["troops-ukraine", "long-range-strikes"])
    assert matrix["as_of"] == "2024-06-30"
    assert [column["slug"] for column in matrix["columns"]] == ["troops-ukraine", "long-range-strikes"]
    rows = {row["actor"]: row for row in matrix["rows"]}
    assert rows["emmanuel-macron"]["office"] == "President of France"
    assert rows["emmanuel-macron"]["groups"] == ["nato"]
    cells = {slug: [cell["stance"] for cell in row["cells"]] for slug, row in rows.items()}
    assert cells["emmanuel-macron"] == ["open", "silent"]
    assert cells["olaf-scholz"] == ["rejects", "silent"]
    assert cells["joe-biden"] == ["rejects", "backs"]
    nato = next(group for group in matrix["groups"] if group["slug"] == "nato")
    troops = nato["tallies"][0]
    assert (troops["open"], troops["rejects"], troops["total"]) == (1, 3, 32)
    assert troops["silent"] == 28


def test_as_of_is_today_unless_given_and_is_spelled_out(client: TestClient) -> None:
    today = datetime.now(UTC).date().isoformat()
    for path in ("/matrix", "/positions", "/positions/changes", "/statements"):
        assert get(client, path)["as_of"] == today


def test_a_cell_says_what_it_was_before(client: TestClient) -> None:
    matrix = get(
        client,
        "/matrix",
        as_of="2024-06-30",
        since="2024-05-01",
        question="long-range-strikes",
        actor="joe-biden",
    )
    (row,) = matrix["rows"]
    (cell,) = row["cells"]
    assert (cell["stance"], cell["was"], cell["changed"]) == ("backs", "rejects", True)
    assert get(client, f"/statements/{cell['latest_statement']}")["stance"] == "backs"


@pytest.mark.parametrize(
    ("query", "actors"),
    [
        ({}, {"joe-biden", "emmanuel-macron", "olaf-scholz", "rishi-sunak"}),
        ({"actor": "olaf-scholz"}, {"olaf-scholz"}),
        ({"country": "de"}, {"olaf-scholz"}),
        ({"stance": "open"}, {"emmanuel-macron"}),
        ({"stance": ["open", "backs"]}, {"emmanuel-macron", "joe-biden"}),
        ({"attribution": "direct"}, {"olaf-scholz"}),
        ({"question": "long-range-strikes"}, {"joe-biden"}),
        ({"alliance": "eu"}, {"emmanuel-macron", "olaf-scholz"}),
        ({"from": "2024-03-01"}, {"joe-biden"}),
        ({"until": "2024-02-26"}, {"emmanuel-macron"}),
        ({"as_of": "2024-02-26"}, {"emmanuel-macron"}),
        ({"q": "ground troops"}, {"olaf-scholz"}),
        ({"status": "confirmed"}, set()),
        ({"actor": ""}, {"joe-biden", "emmanuel-macron", "olaf-scholz", "rishi-sunak"}),
    ],
)
def test_statements_are_narrowed_by_every_filter(
    client: TestClient, query: dict[str, Any], actors: set[str]
) -> None:
    found = get(client, "/statements", **query)
    assert {item["actor"] for item in found["items"]} == actors


def test_a_statement_is_the_exact_passage_of_its_document(client: TestClient) -> None:
    for statement in get(client, "/statements")["items"]:
        document = get(client, f"/documents/{statement['document']}")
        assert document["text"][statement["start"] : statement["end"]] == statement["evidence"]


def test_statements_of_one_document(client: TestClient) -> None:
    documents = get(client, "/documents")["items"]
    assert [item["published"] for item in documents] == ["2024-05-30", "2024-02-27", "2024-02-26"]
    found = get(client, "/statements", document=documents[1]["id"])["items"]
    assert len(found) == documents[1]["statements"] == 4


def test_positions_of_a_day_and_of_all_time(client: TestClient) -> None:
    asked = {"actor": "joe-biden", "question": "long-range-strikes"}
    (then,) = get(client, "/positions", as_of="2024-03-01", **asked)["items"]
    assert (then["stance"], then["since"], then["actor_name"]) == ("rejects", "2024-02-27", "Joe Biden")
    history = get(client, "/positions", history="true", **asked)["items"]
    assert [(item["stance"], item["valid_from"], item["valid_to"]) for item in history] == [
        ("rejects", "2024-02-27", "2024-05-30"),
        ("backs", "2024-05-30", None),
    ]


def test_a_state_stands_where_its_leader_does(client: TestClient) -> None:
    (state,) = get(client, "/positions", actor="france", as_of="2024-06-30")["items"]
    assert (state["stance"], state["holder"]) == ("open", "emmanuel-macron")


def test_changes_name_the_statements_before_and_after(client: TestClient) -> None:
    (change,) = get(client, "/positions/changes", actor="joe-biden")["items"]
    assert (change["before"], change["after"], change["on"]) == ("rejects", "backs", "2024-05-30")
    assert get(client, f"/statements/{change['statement_before']}")["said_on"] == "2024-02-27"
    assert get(client, f"/statements/{change['statement_after']}")["said_on"] == "2024-05-30"
    assert get(client, "/positions/changes", actor="joe-biden", until="2024-05-29")["items"] == []


@pytest.mark.parametrize(
    ("day", "chancellor"),
    [("2024-02-27", "olaf-scholz"), ("2025-06-01", "friedrich-merz")],
)
def test_an_office_names_its_holder_of_the_day(client: TestClient, day: str, chancellor: str) -> None:
    offices = get(client, "/offices", country="DE", on=day)
    assert offices["on"] == day
    heads = [item for item in offices["items"] if item["kind"] == "head_of_government"]
    assert [item["holders"] for item in heads] == [[chancellor]]


@pytest.mark.parametrize(("day", "member"), [("2024-03-06", False), ("2024-03-07", True)])
def test_an_alliance_has_the_members_of_the_day(client: TestClient, day: str, member: bool) -> None:
    nato = get(client, "/alliances/nato", on=day)
    assert ("SE" in [each["country"] for each in nato["members"]]) is member
    listed = {item["slug"]: item for item in get(client, "/alliances", on=day)["items"]}
    assert ("SE" in listed["nato"]["members"]) is member


def test_an_actor_has_the_offices_held(client: TestClient) -> None:
    found = get(client, "/actors", q="scholz")["items"]
    assert [actor["slug"] for actor in found] == ["olaf-scholz"]
    actor = get(client, "/actors/olaf-scholz")
    assert actor["name"] == "Olaf Scholz"
    chancellor = next(held for held in actor["tenures"] if held["kind"] == "head_of_government")
    assert (chancellor["since"], chancellor["country"]) == ("2021-12-08", "DE")


def test_questions_stand_in_the_order_of_the_register(client: TestClient) -> None:
    slugs = [item["slug"] for item in get(client, "/questions")["items"]]
    assert slugs[0] == "troops-ukraine"
    assert get(client, "/questions/troops-ukraine")["keywords"]


@pytest.mark.parametrize(
    "path",
    [
        "/statements",
        "/positions",
        "/positions/changes",
        "/documents",
        "/actors",
        "/offices",
        "/alliances",
        "/questions",
    ],
)
def test_every_list_is_walked_by_its_cursor_without_gap_or_repeat(client: TestClient, path: str) -> None:
    query: dict[str, Any] = {"country": "DE"} if path in {"/actors", "/offices"} else {}
    whole = get(client, path, limit=500, **query)["items"]
    walked: list[Any] = []
    response: Response = client.get(API + path, params={**query, "limit": 2})
    for _ in range(len(whole) + 1):
        page = response.json()
        walked += page["items"]
        assert len(page["items"]) <= 2
        assert (page["next"] is None) == ("next" not in response.links)
        if page["next"] is None:
            break
        by_link = client.get(response.links["next"]["url"])
        by_cursor = client.get(API + path, params={**query, "limit": 2, "cursor": page["next"]})
        assert by_link.json() == by_cursor.json()
        response = by_link
    assert walked == whole


def test_annotations_select_the_passage_by_words_and_by_place(client: TestClient) -> None:
    document = get(client, "/documents")["items"][1]["id"]
    response = client.get(f"{API}/documents/{document}/annotations")
    assert response.headers["content-type"].startswith("application/ld+json")
    collection = response.json()
    text = client.get(f"{API}/documents/{document}/text").text
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    assert collection["total"] == len(collection["first"]["items"]) == 4
    for annotation in collection["first"]["items"]:
        assert annotation["type"] == "Annotation"
        assert annotation["target"]["source"].endswith(f"/documents/{document}/text")
        quote, place = annotation["target"]["selector"]
        assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[place["start"] : place["end"]] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text[place["start"] - len(quote["prefix"]) :].startswith(around)
        tags = [body["value"] for body in annotation["body"] if body["purpose"] == "tagging"]
        assert tags == ["rejects"]


@pytest.mark.parametrize(
    "path", ["/health/live", "/health/ready", "/api/v1/health/live", "/api/v1/health/ready"]
)
def test_health_is_told_and_not_kept(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert response.headers["cache-control"] == "no-store"
