"""Errors for readers: what happened, and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.serve.pages._parts import Alternate, Link
from app.serve.pages._render import render
from app.serve.problems import Problem

LINKS = (Link("/", "The matrix"), Link("/questions", "All questions"), Link("/documents", "All documents"))


@dataclass(frozen=True, slots=True)
class ErrorPage:
    title: str
    alternates: tuple[Alternate, ...]
    status: str
    message: str
    broken: bool  # whether it is our fault rather than the address's
    links: tuple[Link, ...]


def answer_problem(request: Request, problem: Problem, headers: Mapping[str, str]) -> HTMLResponse:
    """A problem as a page, in the words it has for programs."""
    page = ErrorPage(
        title=problem.title,
        alternates=(),
        status=f"Error {problem.status}",
        message=problem.detail.replace(" The addresses are listed at /docs.", ""),
        broken=problem.status >= 500,
        links=LINKS,
    )
    return render(
        request,
        "error.html",
        page,
        status=problem.status,
        headers={"Cache-Control": "no-store", **headers},
    )
