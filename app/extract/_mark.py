"""Who says what: quotations marked by the trained model."""

from __future__ import annotations

from collections.abc import Sequence

from app.records import Quotation


def find_quotations(
    texts: Sequence[str], paragraphs: Sequence[Sequence[tuple[int, int]]] | None = None
) -> list[tuple[Quotation, ...]]:
    return [() for _ in texts]
