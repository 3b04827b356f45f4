"""A parameter that an address does not have is refused.

Ignored, `?as_off=2024-06-30` would give today's matrix to an analyst who asked for June's, and nothing
in the answer would say so. The same holds for a single value that stands twice: which one counts?
"""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute

from app.errors import UnknownParameter


def known_parameters(route: APIRoute) -> dict[str, bool]:
    """Each query parameter of a route, and whether it may stand more than once."""
    return {
        field.alias: str(field.field_info.annotation).startswith("tuple")
        for field in get_flat_params(route.dependant)
        if isinstance(field.field_info, Query)
    }


async def refuse_unknown(request: Request) -> None:
    """Refuse the first parameter that is not known here, or stands twice where one value is meant."""
    route = request.scope.get("route")
    if not request.query_params or not isinstance(route, APIRoute):
        return
    known = known_parameters(route)
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        if name not in known:
            raise UnknownParameter(describe_unknown(name, sorted(known)), field=name[:60])
        if times > 1 and not known[name]:
            raise UnknownParameter(f"{name} stands {times} times; give it once.", field=name)


def describe_unknown(name: str, known: list[str]) -> str:
    """`as_off` -> There is no parameter “as_off” here. Is as_of meant? Known: …"""
    near = get_close_matches(name, known, n=1)
    meant = f" Is {near[0]} meant?" if near else ""
    listed = f" Known: {', '.join(known)}." if known else " This address takes none."
    return f"There is no parameter “{name[:60]}” here.{meant}{listed}"
