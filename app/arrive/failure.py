"""What stands in a batch for a document that could not be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Which source failed and why, in words that say what to do."""

    name: str
    message: str
