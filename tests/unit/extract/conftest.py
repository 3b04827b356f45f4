"""What the tests of extraction share: the registers of data/, and a parse of a sentence made up in a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.extract._actors import Cast
from app.extract._gazetteer import Gazetteer
from app.extract._parse import Parse, parse_paragraphs, split_paragraphs
from app.records import Question
from app.registers import Registry, load_questions


@pytest.fixture(scope="session")
def questions() -> tuple[Question, ...]:
    return load_questions()


@pytest.fixture(scope="session")
def gazetteer(registry: Registry) -> Gazetteer:
    return Gazetteer(registry)


@pytest.fixture(scope="session")
def read() -> Callable[[str], Parse]:
    """Parses a text whole."""

    def parse(text: str) -> Parse:
        return parse_paragraphs(text, split_paragraphs(text))

    return parse


@pytest.fixture(scope="session")
def cast_of(
    read: Callable[[str], Parse], registry: Registry, gazetteer: Gazetteer
) -> Callable[[str, date], Cast]:
    """Everybody a text names on a day."""

    def cast(text: str, on: date) -> Cast:
        return Cast(read(text), registry, gazetteer, on=on)

    return cast
