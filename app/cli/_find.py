"""Texts in, findings out: what `extract` and `attribute` share. No database, no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import orjson

from app.clean import normalise
from app.clean.offsets import Places, find_places
from app.cli._console import share_progress
from app.cli._lines import STDIO, BadLine, Given, batches, open_input, open_output, read_lines, report, tell
from app.cli._questions import read_questions
from app.config import ROOT
from app.extract import extract_statements, find_quotations
from app.records import Proposal, Quotation, SourceText, Span
from app.registers import load_questions, load_registers

Found = TypeVar("Found")
Find = Callable[[Sequence[SourceText]], Sequence[Found]]
Show = Callable[[Given, Found, Callable[[Span], Span]], dict[str, Any]]

# Texts that the models read at once. More is no faster and holds more in memory.
BATCH = 32


def extract_file(texts: str, out: str, questions: Path | None) -> int:
    """Statements of each text on the questions; the exit status."""
    asked = read_questions(questions) if questions else load_questions(ROOT / "data" / "questions.yml")
    registry = load_registers(ROOT / "data")

    def find(sources: Sequence[SourceText]) -> list[tuple[Proposal, ...]]:
        return extract_statements(sources, asked, registry)

    def show(given: Given, found: tuple[Proposal, ...], back: Callable[[Span], Span]) -> dict[str, Any]:
        return {"id": given.id, "statements": [show_proposal(proposal, back) for proposal in found]}

    return run(texts, out, find, show, label="Extracting")


def attribute_file(texts: str, out: str) -> int:
    """Quotations of each text; the exit status."""

    def find(sources: Sequence[SourceText]) -> list[tuple[Quotation, ...]]:
        return find_quotations([source.text for source in sources])

    def show(given: Given, found: tuple[Quotation, ...], back: Callable[[Span], Span]) -> dict[str, Any]:
        return {"id": given.id, "attributions": [show_quotation(quotation, back) for quotation in found]}

    return run(texts, out, find, show, label="Attributing")


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
