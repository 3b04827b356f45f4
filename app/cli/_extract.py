"""`extract` and `attribute`: texts in, findings out. No database, no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, BinaryIO, TypeVar

import orjson
import typer

from app.clean import normalise
from app.clean.offsets import Places, find_places
from app.cli._console import share_progress
from app.cli._lines import STDIO, BadLine, Given, batches, open_input, open_output, read_lines, report, tell
from app.cli._questions import read_questions
from app.config import ROOT
from app.records import Proposal, Quotation, SourceText, Span

Found = TypeVar("Found")

# Texts that the models read at once. More is no faster and holds more in memory.
BATCH = 32

In = Annotated[
    str, typer.Argument(metavar="IN.jsonl", help="Texts, one JSON object a line. - is standard input.")
]
Out = Annotated[
    str, typer.Option("--out", "-o", metavar="OUT.jsonl", help="Where the findings go. - is standard output.")
]


def extract(
    texts: In,
    out: Out,
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            "-q",
            metavar="QUESTIONS.json",
            help="The proposals to look for: a JSON list. Without it those of data/questions.yml.",
        ),
    ] = None,
) -> None:
    """Find who backs or rejects what, on questions of your own. Needs no database and no network.

    IN has one object a line: {"id", "text", "title"?, "published"?, "url"?}. QUESTIONS is a list of
    {"slug", "title", "proposal", "description"?, "keywords"?}. OUT has, for each text in its order,
    {"id", "statements": [{"speaker", "actor", "question", "stance", "attribution", "via", "start", "end",
    "confidence"}]}; start and end count the Unicode code points of the text as given, end exclusive.

    Example: demarche extract news.jsonl --questions questions.json --out statements.jsonl

    Exit status: 0 all lines were read; 1 some line was not (it is named, the others are written), or
    nothing could be done; 2 wrong use.
    """
    from app.extract import extract_statements
    from app.registers import load_questions, load_registers

    asked = read_questions(questions) if questions else load_questions(ROOT / "data" / "questions.yml")
    registry = load_registers(ROOT / "data")

    def find(sources: Sequence[SourceText]) -> list[tuple[Proposal, ...]]:
        return extract_statements(sources, asked, registry)

    def show(given: Given, found: tuple[Proposal, ...], back: Callable[[Span], Span]) -> dict[str, Any]:
        return {"id": given.id, "statements": [show_proposal(proposal, back) for proposal in found]}

    raise typer.Exit(run(texts, out, find, show, label="Extracting"))


def attribute(texts: In, out: Out) -> None:
    """Find who says what: every quotation and reported speech with its source and cue, on whatever subject.

    IN is as for `extract`. OUT has, for each text in its order, {"id", "attributions": [{"source",
    "cue", "content"}]}, each a list of start and
    end pairs; a quotation may be in pieces, and may lack its source or its cue. Offsets count the Unicode
    code points of the text as given, end exclusive.

    Example: demarche attribute news.jsonl --out attributions.jsonl

    Exit status: as for `extract`.
    """
    from app.extract import find_quotations

    def find(sources: Sequence[SourceText]) -> list[tuple[Quotation, ...]]:
        return find_quotations([source.text for source in sources])

    def show(given: Given, found: tuple[Quotation, ...], back: Callable[[Span], Span]) -> dict[str, Any]:
        return {"id": given.id, "attributions": [show_quotation(quotation, back) for quotation in found]}

    raise typer.Exit(run(texts, out, find, show, label="Attributing"))


def show_proposal(proposal: Proposal, back: Callable[[Span], Span]) -> dict[str, Any]:
    span = back(Span(proposal.start, proposal.end))
    return {
        "speaker": proposal.speaker,
        "actor": proposal.actor,
        "question": proposal.question,
        "stance": proposal.stance,
        "attribution": proposal.attribution,
        "via": proposal.via,
        "start": span.start,
        "end": span.end,
        "confidence": proposal.confidence,
    }


def show_quotation(quotation: Quotation, back: Callable[[Span], Span]) -> dict[str, Any]:
    def pairs(spans: tuple[Span, ...]) -> list[list[int]]:
        return [[span.start, span.end] for span in map(back, spans)]

    return {
        "source": pairs(quotation.source),
        "cue": pairs(quotation.cue),
        "content": pairs(quotation.content),
    }


Find = Callable[[Sequence[SourceText]], Sequence[Found]]
Show = Callable[[Given, Found, Callable[[Span], Span]], dict[str, Any]]


def run(texts: str, out: str, find: Find[Found], show: Show[Found], *, label: str) -> int:
    """Read lines, find, write lines; the exit status."""
    failures = written = 0
    name = "standard input" if texts == STDIO else texts
    with open_input(texts) as (file, size), open_output(out) as target, share_progress() as progress:
        task = progress.add_task(label, total=size)
        lines = read_lines(file, lambda read: progress.advance(task, read))
        for given, bad in batches(lines, BATCH):
            failed = write_batch(given, find, show, target)
            for line in sorted([*bad, *failed], key=lambda line: line.line):
                tell(line, name)
            failures += len(bad) + len(failed)
            written += len(given) - len(failed)
    return report(failures, written, name)


def write_batch(given: list[Given], find: Find[Found], show: Show[Found], target: BinaryIO) -> list[BadLine]:
    """Write what was found in each text; the lines whose text could not be analysed come back.

    A text is looked at in its normalised form, and answered in its own.
    """
    cleaned = [clean(item.source) for item in given]
    bad: list[BadLine] = []
    for item, (_, places), findings in zip(given, cleaned, find_each(find, cleaned), strict=True):
        if isinstance(findings, Exception):
            bad.append(BadLine(item.line, f"This text could not be analysed ({findings!r})."))
        else:
            target.write(orjson.dumps(show(item, findings, places.map_back)) + b"\n")
    return bad


def find_each(find: Find[Found], cleaned: list[tuple[SourceText, Places]]) -> list[Found | Exception]:
    """What was found in each text. One that breaks the analysis does not take the others with it.

    Everything is caught: an archive of a million texts has one that nobody thought of, and the command has
    to say which, after a night, instead of ending there.
    """
    sources = [source for source, _ in cleaned]
    try:
        return list(find(sources))
    except Exception as error:
        if len(sources) == 1:
            return [error]
        return [found for pair in cleaned for found in find_each(find, [pair])]


def clean(source: SourceText) -> tuple[SourceText, Places]:
    """The text as the models know texts, with the way back to it as it was given."""
    text = normalise(source.text)
    places = find_places(source.text, text)
    if places is None:
        return source, Places.of(source.text)
    return replace(source, text=text), places
