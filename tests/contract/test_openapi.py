"""The interface that programs rely on: what is in openapi.json changes on purpose or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

SNAPSHOT = Path(__file__).with_name("openapi.json")
HOW = "If it was meant, write it anew: WRITE_SNAPSHOT=1 pytest tests/contract/test_openapi.py"


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_description_is_the_one_that_was_agreed(described: dict[str, Any]) -> None:
    text = json.dumps(
        {**described, "info": {**described["info"], "version": "any"}}, indent=1, ensure_ascii=False
    )
    if os.environ.get("WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(text + "\n", encoding="utf-8")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(text), HOW


def test_it_is_openapi_3_1_with_the_paths_of_the_design(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    named = {name for name, _ in operations(described)}
    for path in ("matrix", "positions", "positions/changes", "statements", "documents", "actors", "offices"):
        assert f"GET /api/v1/{path}" in named
    assert {"POST /api/v1/documents", "GET /api/v1/documents/{document}/annotations"} <= named


def test_everything_is_described(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        assert operation.get("summary"), name
        assert operation.get("description"), name
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), (name, parameter["name"])
        for status, answer in operation["responses"].items():
            assert answer["description"], (name, status)


def test_every_schema_that_is_named_is_there(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    named = {part.split('"')[0] for part in json.dumps(described).split("#/components/schemas/")[1:]}
    assert named <= set(schemas)


def test_every_error_is_a_problem_document(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        errors = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert "422" in errors, name
        for status, answer in errors.items():
            assert list(answer["content"]) == ["application/problem+json"], (name, status)


def test_every_view_tells_of_its_etag_and_of_304(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        if name.startswith("GET") and "health" not in name:
            assert "ETag" in operation["responses"]["200"]["headers"], name
            assert "304" in operation["responses"], name


def test_answers_have_examples(described: dict[str, Any]) -> None:
    for name in ("Statement", "MatrixRow", "DocumentShown", "ActorShown", "Problem", "PositionShown"):
        fields = described["components"]["schemas"][name]["properties"].values()
        assert any("examples" in field for field in fields), name


def test_the_docs_are_served_from_this_machine_alone(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "//" not in page.text.replace("</", "")
    for address in ("/docs/files/swagger-ui-bundle.js", "/docs/files/swagger-ui.css", "/docs/start.js"):
        assert address in page.text
        assert client.get(address).status_code == 200
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "http" not in policy
