"""Annotated documents, and what the product's own search for candidates finds in them.

Three kinds share one form (documents with statements, each with character offsets): whole articles of an
invented world (training/texts, with the registry of that world), real articles whose labels are kept
without their text (training/news.jsonl), and folders in the format of the gold set.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.config import ROOT
from app.extract._pipeline import find_candidates, read_verdicts, sift
from app.extract._weigh import Candidate
from app.records import Question, SourceText
from app.registers import Registry, load_questions, load_registers

TEXTS = ROOT / "training" / "texts"
NEWS_LABELS = ROOT / "training" / "news.jsonl"
HELD_OUT = 5  # one document in so many is kept from the trained reader


@dataclass(frozen=True)
class Document:
    """A text with every statement that is in it on the questions asked."""

    id: str
    corpus: str
    source: SourceText
    statements: tuple[dict[str, Any], ...]
    questions: tuple[Question, ...]
    registry: Registry


@dataclass(frozen=True)
class Labelled:
    """A candidate with its class: a stance, or "none" when it is no statement.

    `same_passage`: an annotated statement on the question stands here, by another speaker.
    """

    document: Document
    candidate: Candidate
    label: str
    same_passage: bool


def question_of(entry: dict[str, Any]) -> Question:
    return Question(
        entry["slug"], entry["title"], entry["proposal"], entry["description"], tuple(entry["keywords"])
    )


def source_of(entry: dict[str, Any]) -> SourceText:
    published = entry.get("published")
    on = date.fromisoformat(published[:10]) if published else None
    return SourceText(entry["id"], entry["text"], entry.get("title"), on)


def read_texts(folder: Path = TEXTS) -> list[Document]:
    """The articles of the invented world; its registry lies in the folder `world` beside them."""
    registry = load_registers(folder / "world")
    documents = []
    for path in sorted(folder.glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        questions = tuple(question_of(q) for q in entry["questions"])
        documents += [
            Document(t["id"], "texts", source_of(t), tuple(t["statements"]), questions, registry)
            for t in entry["texts"]
        ]
    return documents


def read_news(articles: Path, labels: Path = NEWS_LABELS) -> list[Document]:
    """Real articles with the labels written for this project. The first line of `labels` has the questions."""
    texts = {e["id"]: e for e in map(json.loads, articles.read_text(encoding="utf-8").splitlines())}
    lines = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    questions = {q["slug"]: question_of(q) for q in lines[0]["questions"]}
    registry = load_registers()
    return [
        Document(
            e["id"],
            "news",
            source_of(texts[e["id"]]),
            tuple(e["statements"]),
            tuple(questions[slug] for slug in e["asked"]),
            registry,
        )
        for e in lines[1:]
    ]


def read_gold(folder: Path) -> list[Document]:
    questions, registry = load_questions(), load_registers()
    entries = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    return [
        Document(e["id"], "gold", source_of(e), tuple(e["statements"]), questions, registry)
        for e in entries
        if isinstance(e, dict) and "statements" in e
    ]


def held_out(document: Document) -> bool:
    """Whether a document is kept from the trained reader: one in HELD_OUT, by a digest of its name."""
    return hashlib.sha256(document.id.encode()).digest()[0] % HELD_OUT == 0


def name_slugs(registry: Registry) -> dict[str, str]:
    """Slugs by every name; an official name wins over another actor's alias."""
    slugs = {name: a.slug for a in registry.actors.values() for name in a.aliases}
    slugs |= {a.name.removeprefix("The "): a.slug for a in registry.actors.values()}
    return slugs | {a.name: a.slug for a in registry.actors.values()}


def find_labelled(
    documents: Sequence[Document], *, verdicts: bool = True, sifted: bool = True
) -> Iterator[Labelled]:
    """The candidates of the documents, labelled.

    `sifted`: only those of which the trained reader would be asked; without `verdicts` it is not asked.
    """
    groups: dict[tuple[int, tuple[Question, ...]], list[Document]] = {}
    for d in documents:
        groups.setdefault((id(d.registry), d.questions), []).append(d)
    for group in groups.values():
        found = find_candidates([d.source for d in group], group[0].questions, group[0].registry)
        if verdicts:
            found = read_verdicts(sift(found) if sifted else found)
        slugs = name_slugs(group[0].registry)
        for document, candidates in zip(group, found, strict=True):
            for c in candidates:
                yield _labelled(document, c, slugs)


def _labelled(document: Document, candidate: Candidate, slugs: dict[str, str]) -> Labelled:
    """A statement agrees in speaker, question and half of the shorter passage; the one that shares most wins."""
    p = candidate.proposal
    best, most, same = "none", 0, False
    for s in document.statements:
        shared = min(p.end, s["end"]) - max(p.start, s["start"])
        if s["question"] != p.question or shared <= 0:
            continue
        if shared < 0.5 * min(p.end - p.start, s["end"] - s["start"]):
            continue
        if slugs.get(s["speaker"], s["speaker"]) in {p.actor, p.speaker}:
            if shared > most:
                best, most = s["stance"], shared
        else:
            same = True
    return Labelled(document, candidate, best, same and best == "none")
