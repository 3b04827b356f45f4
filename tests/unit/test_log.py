"""Log lines that people read and machines parse."""

from __future__ import annotations

import pytest

from app.log import write_line


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, "stored"),
        ({"document": 17, "statements": 9}, "stored document=17 statements=9"),
        ({"title": "No troops"}, 'stored title="No troops"'),
        ({"title": 'a="b"'}, 'stored title="a=\\"b\\""'),
        ({"path": "/a\nINFO forged"}, 'stored path="/a\\nINFO forged"'),
        ({"name": ""}, 'stored name=""'),
    ],
)
def test_a_line_stays_a_line_and_a_pair_a_pair(facts: dict[str, object], line: str) -> None:
    assert write_line("stored", facts) == line
