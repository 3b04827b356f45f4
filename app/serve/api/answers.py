"""What all answers share: models that read records, and the page of a list."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """A public answer. Its fields are documented by the text below each, and read from records by name."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True, frozen=True)


class Listed(Answer):
    """A page of a list. Each list has its own `items`."""

    next: str | None = Field(default=None, examples=["eyJhIjoyfQ"])
    """The `cursor` of the next page; null on the last. The Link header has the whole address."""


class ListedOn(Listed):
    """A page of a list that depends on a day."""

    as_of: date = Field(examples=["2024-06-30"])
    """The day the view is of: what was asked for, or today."""
