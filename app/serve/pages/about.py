"""Method, figures of quality with the command that reproduces each, licence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict

from app import __version__
from app.config import ROOT
from app.queries.summary import count_all
from app.records import Counts
from app.serve.loaders import load_known
from app.serve.pages._parts import Alternate, Fact
from app.serve.pages._render import render
from app.serve.session import ReadSession
from app.serve.words import STANCES, StanceWord, say_number

router = APIRouter()
QUALITY = ROOT / "data" / "quality.json"


class Measured(BaseModel):
    """A figure as `make eval` stores it; unknown fields are left for whoever wrote them."""

    model_config = ConfigDict(extra="ignore")

    name: str
    value: float | str
    low: float | None = None
    high: float | None = None
    command: str = "make eval"
    peer: str | None = None
    note: str = ""


class Quality(BaseModel):
    """The file data/quality.json."""

    model_config = ConfigDict(extra="ignore")

    figures: tuple[Measured, ...] = ()
    measured_on: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: str
    interval: str
    peer: str
    command: str
    note: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    title: str
    alternates: tuple[Alternate, ...]
    stances: tuple[StanceWord, ...]
    figures: tuple[Figure, ...]
    measured: str
    facts: tuple[Fact, ...]


@router.get("/about", response_class=HTMLResponse)
def show_about(request: Request, session: ReadSession) -> HTMLResponse:
    page = make_page(read_quality(), count_all(session), load_known(session).revision)
    return render(request, "about.html", page, here="/about")


@cache
def read_quality(path: Path = QUALITY) -> Quality:
    """The stored figures; none where the file is missing."""
    if not path.exists():
        return Quality()
    return Quality.model_validate(json.loads(path.read_text(encoding="utf-8")))


def make_page(quality: Quality, counts: Counts, revision: int) -> AboutPage:
    on = f" on {quality.measured_on}" if quality.measured_on else ""
    return AboutPage(
        title="About",
        alternates=(),
        stances=STANCES,
        figures=tuple(_show(figure) for figure in quality.figures),
        measured=f"Measured{on}, each with the command that measures it again.",
        facts=(
            Fact("Documents", say_number(counts.documents)),
            Fact("Stories", f"{say_number(counts.stories)}: copies of one text count once"),
            Fact("Statements", say_number(counts.statements)),
            Fact("Reviewed", f"{say_number(counts.reviewed)} by a person"),
            Fact("Questions", say_number(counts.questions)),
            Fact("With a position", f"{say_number(counts.actors)} leaders, states and alliances"),
            Fact("Data revision", say_number(revision)),
            Fact("Version", __version__),
        ),
    )


def _show(figure: Measured) -> Figure:
    low, high = figure.low, figure.high
    return Figure(
        name=figure.name,
        value=figure.value if isinstance(figure.value, str) else f"{figure.value:g}",
        interval=f"{low:g} to {high:g}" if low is not None and high is not None else "",
        peer=figure.peer or "",
        command=figure.command,
        note=figure.note,
    )
