"""Errors in plain words, and parameters that an address does not have."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import BadRequest, NotFound, UnknownParameter
from app.serve.parameters import describe_unknown
from app.serve.problems import kind_of, read_fields, say


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ({"type": "value_error", "msg": "Value error, Not so."}, "Not so."),
        ({"type": "missing", "msg": ""}, "It is needed and was not given."),
        (
            {"type": "enum", "msg": "", "input": "x", "ctx": {"expected": "'backs', 'open' or 'rejects'"}},
            "“x” is not one of: backs, open, rejects.",
        ),
        ({"type": "int_parsing", "msg": "", "input": "ten"}, "“ten” is not a whole number."),
        ({"type": "greater_than_equal", "msg": "", "ctx": {"ge": 1}}, "It must be 1 or more."),
        ({"type": "extra_forbidden", "msg": ""}, "There is no such field. Leave it out or correct its name."),
        ({"type": "something_new", "msg": "As the library says"}, "As the library says."),
    ],
)
def test_a_validation_error_is_said_in_plain_words(error: dict[str, Any], sentence: str) -> None:
    assert say(error) == sentence


def test_a_field_is_named_once_however_many_of_its_values_are_wrong() -> None:
    errors: list[dict[str, Any]] = [
        {"type": "missing", "msg": "", "loc": ("query", "stance", 0)},
        {"type": "missing", "msg": "", "loc": ("query", "stance", 1)},
        {"type": "missing", "msg": "", "loc": ("body", "changes", "stance")},
        {"type": "missing", "msg": "", "loc": ("body",)},
    ]
    assert [(each.where, each.field) for each in read_fields(errors)] == [
        ("query", "stance"),
        ("body", "changes.stance"),
        ("body", "body"),
    ]


def test_a_kind_of_problem_has_one_name() -> None:
    names = [kind_of(error) for error in (BadRequest, NotFound, UnknownParameter)]
    assert names == ["urn:demarche:bad-request", "urn:demarche:not-found", "urn:demarche:unknown-parameter"]


@pytest.mark.parametrize(
    ("name", "known", "sentence"),
    [
        (
            "as_off",
            ["as_of", "group"],
            "There is no parameter “as_off” here. Is as_of meant? Known: as_of, group.",
        ),
        ("colour", ["as_of"], "There is no parameter “colour” here. Known: as_of."),
        ("x", [], "There is no parameter “x” here. This address takes none."),
    ],
)
def test_an_unknown_parameter_is_told_with_those_there_are(
    name: str, known: list[str], sentence: str
) -> None:
    assert describe_unknown(name, known) == sentence
