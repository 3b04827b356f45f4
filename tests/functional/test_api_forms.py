"""The forms of an answer, and what tells a reader that he has it already."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from app import jobs
from app.db import Database
from app.errors import NotOffered
from app.serve.formats import Form, negotiate, write_cell, write_csv

API = "/api/v1"


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/json", Form.JSON),
        ("*/*", Form.JSON),
        ("text/html,application/xhtml+xml,*/*;q=0.8", Form.JSON),
        ("text/csv", Form.CSV),
        ("text/csv;q=0.5, application/json", Form.JSON),
        ("application/json;q=0.1, text/csv;q=0.9", Form.CSV),
        ("application/x-ndjson", Form.NDJSON),
        ("application/ndjson, text/csv", Form.NDJSON),
    ],
)
def test_the_accept_header_chooses_what_it_likes_best(accept: str, form: Form) -> None:
    assert negotiate(accept) is form


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "", "text/html"])
def test_a_form_that_is_not_offered_is_refused_with_those_that_are(accept: str) -> None:
    with pytest.raises(NotOffered, match=r"json .* csv .* ndjson"):
        negotiate(accept)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (0.9731, "0.9731"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-5, "-5"),
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@home", "'@home"),
        ("\tx", "'\tx"),
        ("a=b", "a=b"),
        (["a", "b"], "a|b"),
        (["=a"], "'=a"),
        ([], ""),
        ([{"a": 1}], '[{"a":1}]'),
    ],
)
def test_a_csv_cell_keeps_every_digit_and_runs_no_formula(value: object, cell: str) -> None:
    assert write_cell(value) == cell


def test_a_csv_without_rows_has_its_head() -> None:
    class Line(BaseModel):
        day: date
        words: str

    assert "".join(write_csv(Line, [])) == "day,words\r\n"
    row = Line(day=date(2024, 2, 27), words='a "b"\nc')
    assert "".join(write_csv(Line, [row])) == 'day,words\r\n2024-02-27,"a ""b""\nc"\r\n'


@pytest.mark.parametrize(
    "path",
    [
        "/matrix",
        "/statements",
        "/positions",
        "/positions/changes",
        "/documents",
        "/questions",
        "/alliances/nato",
    ],
)
def test_csv_and_ndjson_carry_the_same_rows(client: TestClient, path: str) -> None:
    table = client.get(API + path, params={"format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in table.headers["content-disposition"]
    lines = client.get(API + path, headers={"Accept": "application/x-ndjson"})
    assert lines.headers["content-type"] == "application/x-ndjson"
    rows, objects = read_csv(table.text), [json.loads(line) for line in lines.text.splitlines()]
    assert rows
    assert [list(row) for row in rows] == [list(each) for each in objects]


def test_csv_has_every_row_unless_a_page_is_asked_for(client: TestClient) -> None:
    everything = client.get(f"{API}/actors", params={"format": "csv"})
    assert len(read_csv(everything.text)) > 500
    page = client.get(f"{API}/actors", params={"format": "csv", "limit": 3})
    assert len(read_csv(page.text)) == 3
    assert "next" in page.links


def test_statements_in_csv_have_full_precision_and_no_formula(client: TestClient) -> None:
    rows = read_csv(client.get(f"{API}/statements", params={"format": "csv"}).text)
    assert {row["confidence"] for row in rows} == {"0.9", "0.9731"}
    titles = {row["document_title"] for row in rows if row["actor"] == "emmanuel-macron"}
    assert titles == {"'=HYPERLINK(“x”) Macron leaves it open"}


def test_the_matrix_as_a_table_has_every_leader_by_every_question(client: TestClient) -> None:
    query = {"as_of": "2024-06-30", "silent": "false", "question": ["troops-ukraine", "long-range-strikes"]}
    rows = read_csv(client.get(f"{API}/matrix", params={**query, "format": "csv"}).text)
    stances = {(row["actor"], row["question"]): row["stance"] for row in rows}
    assert stances["joe-biden", "long-range-strikes"] == "backs"
    assert stances["olaf-scholz", "long-range-strikes"] == "silent"
    assert len(rows) == 4 * 2


def test_an_unknown_form_is_refused_with_those_there_are(client: TestClient) -> None:
    by_name = client.get(f"{API}/matrix", params={"format": "xml"})
    by_header = client.get(f"{API}/matrix", headers={"Accept": "image/png"})
    for response in (by_name, by_header):
        assert response.status_code == 406
        assert response.headers["content-type"] == "application/problem+json"
        assert "ndjson" in response.json()["detail"]


def test_an_etag_is_strong_and_spares_the_answer(client: TestClient) -> None:
    first = client.get(f"{API}/matrix", params={"as_of": "2024-06-30"})
    etag = first.headers["etag"]
    assert etag.startswith('"')
    again = client.get(f"{API}/matrix", params={"as_of": "2024-06-30"}, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    proxied = client.get(
        f"{API}/matrix", params={"as_of": "2024-06-30"}, headers={"If-None-Match": f'"x", W/{etag}'}
    )
    assert proxied.status_code == 304


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ({"as_of": "2024-07-01"}, {}),
        ({"as_of": "2024-06-30", "format": "csv"}, {}),
        ({"as_of": "2024-06-30"}, {"Accept": "text/csv"}),
    ],
)
def test_another_view_or_form_has_another_etag(
    client: TestClient, query: dict[str, str], headers: dict[str, str]
) -> None:
    etag = client.get(f"{API}/matrix", params={"as_of": "2024-06-30"}).headers["etag"]
    other = client.get(f"{API}/matrix", params=query, headers={**headers, "If-None-Match": etag})
    assert other.status_code == 200
    assert other.headers["etag"] != etag


def test_new_data_ends_an_etag(own_client: TestClient) -> None:
    etag = own_client.get(f"{API}/statements").headers["etag"]
    database: Database = own_client.app.state.database  # type: ignore[attr-defined]
    jobs.derive_all(database.sessions)
    assert own_client.get(f"{API}/statements", headers={"If-None-Match": etag}).status_code == 200


def test_head_answers_like_get_without_the_body(client: TestClient) -> None:
    head, full = client.head(f"{API}/matrix"), client.get(f"{API}/matrix")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == full.headers["etag"]
    assert head.headers["content-length"] == full.headers["content-length"]
