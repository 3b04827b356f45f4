"""Names in filters are checked: one that nobody bears would give an empty answer that looks like silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from sqlalchemy.orm import Session

from app.errors import BadRequest
from app.serve.loaders import Known, load_known


def check_names(
    session: Session,
    *,
    question: Iterable[str] = (),
    actor: Iterable[str] = (),
    alliance: Iterable[str] = (),
    country: Iterable[str] = (),
) -> Known:
    """Refuse the first name that is not known; what is known comes back, for the names beside the slugs."""
    known = load_known(session)
    registry = known.registry
    for field, names, held in (
        ("question", question, [each.slug for each in known.questions]),
        ("actor", actor, registry.actors),
        ("alliance", alliance, registry.alliances),
        ("country", country, registry.countries),
    ):
        for name in names:
            if name not in held:
                raise BadRequest(describe_name(field, name, held), field=field)
    return known


def describe_name(field: str, name: str, held: Collection[str]) -> str:
    """`nto` -> There is no alliance “nto” here. Is nato meant?"""
    near = get_close_matches(name, held, n=1)
    few = f" There are: {', '.join(sorted(held))}." if len(held) <= 12 else ""
    hint = f" Is {near[0]} meant?" if near else few or f" They are listed at /api/v1/{LISTS[field]}."
    return f"There is no {field} “{name[:60]}” here.{hint}"


LISTS = {"question": "questions", "actor": "actors", "alliance": "alliances", "country": "offices"}
