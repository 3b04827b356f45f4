"""Whatever is sent, no answer is a fault of ours: no status from 500 on.

Schemathesis makes requests out of the description, right ones and wrong ones. Their number is bounded, and
they are the same in every run: who wants to look further sets HOSTILE_REQUESTS.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.openapi import from_asgi
from schemathesis.schemas import BaseSchema

from app.serve.problems import MEDIA_TYPE
from tests.conftest import Servers
from tests.functional.conftest import make_token, open_client

EACH = int(os.environ.get("HOSTILE_REQUESTS", "12"))  # requests for each operation


@pytest.fixture(scope="module")
def target(servers: Servers) -> Iterator[TestClient]:
    """An archive that may be written to. Addresses made up at random are not waited for."""
    made = servers.make_database("embedded").model_copy(update={"fetch_seconds": 1.0})
    yield from open_client(made)


@pytest.fixture(scope="module")
def token(target: TestClient) -> dict[str, str]:
    return make_token(target, "admin")


@pytest.fixture(scope="module")
def described(target: TestClient) -> BaseSchema:
    return from_asgi("/openapi.json", target.app)


def read_operations() -> list[tuple[str, str]]:
    """Method and path of every operation in the description that was agreed."""
    described = json.loads(Path(__file__).with_name("openapi.json").read_text(encoding="utf-8"))
    return [(method.upper(), path) for path, methods in described["paths"].items() for method in methods]


@pytest.mark.parametrize(("method", "path"), read_operations())
def test_no_request_is_answered_with_a_fault(
    method: str, path: str, described: BaseSchema, token: dict[str, str]
) -> None:
    @given(case=described[path][method].as_strategy())
    @settings(
        max_examples=EACH,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attack(case: Case[Any]) -> None:
        response = case.call(headers=token)
        assert response.status_code < 500, response.text
        if response.status_code >= 400:
            assert response.headers["content-type"] == [MEDIA_TYPE]

    attack()
