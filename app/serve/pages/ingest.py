"""Add texts: pasted, from an address, as files. Each is read while the request waits.

A text without a date is asked for one: who “the chancellor” was, and from when a position holds, hang on it.
A batch goes on when one of its texts cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse

from app import jobs
from app.arrive import Failure, fetch_url, read_text, read_upload
from app.clean import clean_arrival
from app.config import Settings
from app.errors import BadInput, DemarcheError
from app.records import Arrival, DateBasis
from app.serve.addresses import document_address
from app.serve.filters import Day, today
from app.serve.pages._forms import check_form, give_token, keep_token
from app.serve.pages._parts import Alternate, Fact
from app.serve.pages._render import render
from app.serve.words import count, spell

router = APIRouter()
MOST_ADDRESSES = 10
# A text takes a second or so; more than this is work for the command line, which shows a bar.
MOST_TEXTS = 50

Token = Annotated[str, Form(max_length=200)]
Line = Annotated[str, Form(max_length=500)]


@dataclass(frozen=True, slots=True)
class Problem:
    heading: str
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one text."""

    name: str
    failed: bool
    glyph: str
    stage: str
    stage_class: str
    href: str
    document: str
    message: str
    statements: int = 0
    new: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What the reader filled in, to stand in the form again when it has to be sent once more."""

    text: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    addresses: str = ""
    ask_date: bool = False


@dataclass(frozen=True, slots=True)
class IngestPage:
    title: str
    alternates: tuple[Alternate, ...]
    limits: str
    problem: Problem | None
    results_heading: str
    figures: tuple[Fact, ...]
    results: tuple[Result, ...]
    token: str
    text: str
    text_title: str
    publisher: str
    published: str
    ask_date: bool
    addresses: str
    most_addresses: int
    today: str


@router.get("/ingest", response_class=HTMLResponse)
def show_forms(request: Request) -> HTMLResponse:
    return answer(request, Given())


@router.post("/ingest/text", response_class=HTMLResponse)
def add_text(
    request: Request,
    *,
    token: Token = "",
    text: Annotated[str, Form()] = "",
    title: Line = "",
    publisher: Line = "",
    published: Annotated[Day, Form()] = None,
) -> HTMLResponse:
    check_form(request, token)
    given = Given(text, title.strip(), publisher.strip(), published)
    settings: Settings = request.app.state.settings
    try:
        arrival = read_text(
            text, settings, title=given.title or None, publisher=given.publisher or None, published=published
        )
        if lacks_date(arrival):
            return answer(request, replace(given, ask_date=True), status=422, problem=NO_DATE)
        results = [store(request, arrival, given.title or "Pasted text")]
    except DemarcheError as error:
        problem = Problem("This text was not added", error.message)
        return answer(request, given, status=error.status, problem=problem)
    return answer(request, Given(), results=results)


@router.post("/ingest/address", response_class=HTMLResponse)
def add_addresses(
    request: Request,
    *,
    token: Token = "",
    addresses: Annotated[str, Form(max_length=20_000)] = "",
    published: Annotated[Day, Form()] = None,
) -> HTMLResponse:
    check_form(request, token)
    asked = list(dict.fromkeys(addresses.split()))
    if not 1 <= len(asked) <= MOST_ADDRESSES:
        message = f"Give one to {spell(MOST_ADDRESSES)} addresses, one a line."
        problem = Problem("Nothing was fetched", message)
        return answer(request, Given(addresses=addresses), status=422, problem=problem)
    settings: Settings = request.app.state.settings
    results = store_all(request, _fetch_all(asked, settings), published)
    failed = "\n".join(result.name for result in results if result.failed)
    return answer(request, Given(addresses=failed), results=results)


@router.post("/ingest/files", response_class=HTMLResponse)
def add_files(
    request: Request,
    *,
    token: Token = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
    published: Annotated[Day, Form()] = None,
) -> HTMLResponse:
    check_form(request, token)
    chosen = [upload for upload in files or [] if upload.filename]
    if not chosen:
        problem = Problem("Nothing was uploaded", "Choose at least one file.")
        return answer(request, Given(), status=422, problem=problem)
    settings: Settings = request.app.state.settings
    return answer(request, Given(), results=store_all(request, _read_uploads(chosen, settings), published))


def _fetch_all(addresses: Iterable[str], settings: Settings) -> Iterator[Arrival | Failure]:
    for address in addresses:
        try:
            yield fetch_url(address, settings)
        except DemarcheError as error:
            yield Failure(address, error.message)


def _read_uploads(uploads: Iterable[UploadFile], settings: Settings) -> Iterator[Arrival | Failure]:
    for upload in uploads:
        body = upload.file.read(settings.max_bytes + 1)
        yield from read_upload(body, upload.filename or "file", settings, claimed=upload.content_type)


def store_all(
    request: Request, arrivals: Iterable[Arrival | Failure], published: date | None
) -> list[Result]:
    """Each text on its own: one that fails is told, the rest goes on."""
    sources = iter(arrivals)
    results = []
    for arrival in islice(sources, MOST_TEXTS):
        if isinstance(arrival, Failure):
            results.append(_failed(arrival.name, arrival.message))
            continue
        name = arrival.name or arrival.address or "text"
        dated = arrival if arrival.published or not published else _date_if_needed(arrival, published)
        try:
            if lacks_date(dated):
                raise BadInput(NO_DATE.message)
            results.append(store(request, dated, name))
        except DemarcheError as error:
            results.append(_failed(name, error.message))
    if next(sources, None) is not None:
        message = f"Only the first {MOST_TEXTS} texts are read here. `demarche ingest` reads any number."
        results.append(_failed("the rest", message))
    return results


def _date_if_needed(arrival: Arrival, published: date) -> Arrival:
    """The reader's date for a text that gives none; a date found in the page wins."""
    return replace(arrival, published=published) if _is_dateless(arrival) else arrival


def _is_dateless(arrival: Arrival) -> bool:
    try:
        return lacks_date(arrival)
    except DemarcheError:
        return False  # it cannot be read at all, and storing it will say why


def lacks_date(arrival: Arrival) -> bool:
    """Whether neither the reader nor the text says when it was published."""
    return clean_arrival(arrival, today=today()).date_basis is DateBasis.RETRIEVED


def store(request: Request, arrival: Arrival, name: str) -> Result:
    """The whole way: clean, extract, store, derive."""
    done = jobs.ingest(request.app.state.database.sessions, arrival)
    message = (
        count(done.statements, "statement") if done.statements else "no statement on any of the questions"
    )
    if not done.new:
        message = f"held already, the same text letter for letter; {message}"
    return Result(
        name=name,
        failed=False,
        glyph="done" if done.new else "silent",
        stage="Stored" if done.new else "Held already",
        stage_class="is-done" if done.new else "is-wait",
        href=document_address(done.document),
        document=f"Document {done.number}",
        message=f"{message}.",
        statements=done.statements if done.new else 0,
        new=done.new,
    )


def _failed(name: str, message: str) -> Result:
    return Result(name, True, "rejects", "Not read", "", "", "", message)


NO_DATE = Problem(
    "When was this published?",
    "The text gives no date. Give the day it was published and send it again; nothing was stored yet.",
)


def answer(
    request: Request,
    given: Given,
    *,
    status: int = 200,
    problem: Problem | None = None,
    results: list[Result] | None = None,
) -> HTMLResponse:
    """The forms, with what became of the last ones above them."""
    token = give_token(request)
    response = render(
        request,
        "ingest.html",
        make_page(given, token, problem, results or [], request.app.state.settings),
        here="/ingest",
        status=status,
    )
    keep_token(request, response, token)
    return response


def make_page(
    given: Given, token: str, problem: Problem | None, results: list[Result], settings: Settings
) -> IngestPage:
    return IngestPage(
        title="Add texts",
        alternates=(),
        limits=f"Reads plain text, HTML and PDF, up to {settings.max_bytes // 1_000_000} MB each",
        problem=problem,
        results_heading=_head_results(results),
        figures=_count_results(results),
        results=tuple(results),
        token=token,
        text=given.text,
        text_title=given.title,
        publisher=given.publisher,
        published=given.published.isoformat() if given.published else "",
        ask_date=given.ask_date,
        addresses=given.addresses,
        most_addresses=MOST_ADDRESSES,
        today=today().isoformat(),
    )


def _head_results(results: list[Result]) -> str:
    return f"{spell(len(results)).capitalize()} {'text' if len(results) == 1 else 'texts'} read"


def _count_results(results: list[Result]) -> tuple[Fact, ...]:
    stored = sum(result.new for result in results)
    failed = sum(result.failed for result in results)
    return (
        Fact("stored", str(stored)),
        Fact("already held", str(len(results) - stored - failed)),
        Fact("could not be read", str(failed)),
        Fact("statements proposed", str(sum(result.statements for result in results))),
    )
