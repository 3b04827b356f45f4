"""What is found in a body before it is checked and put into one form."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Found:
    """A text and what its source says of itself; None where it says nothing that can be believed."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    address: str | None = None
