"""What the models are trained on: labels lie inside their texts, and no measured text is among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.config import ROOT
from app.records import Stance
from tests.fixtures.shared import find_shared
from training.corpus import (
    NEWS_LABELS,
    Document,
    read_news,
    read_texts,
)

TRAINING = ROOT / "training"
MORE_LABELS, POLNEAR_LABELS = TRAINING / "news-more.jsonl", TRAINING / "polnear.jsonl"
LABELS = {*map(str, Stance)}
RUN = 8  # words that texts have in common to count as copied
NEAR = 0.3  # share of a text's runs that makes it a near copy


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold_texts() -> Iterator[dict[str, Any]]:
    for path in sorted(find_shared("gold").glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(entry, dict) and "statements" in entry:
            yield entry


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def check_labels(documents: list[Document]) -> None:
    for d in documents:
        asked = {q.slug for q in d.questions}
        for s in d.statements:
            assert 0 <= s["start"] < s["end"] <= len(d.source.text), d.id
            assert s["question"] in asked, d.id
            assert s["stance"] in LABELS, d.id
            passage = d.source.text[s["start"] : s["end"]]
            assert passage == passage.strip(), (d.id, passage)


def test_the_invented_articles_hold_their_evidence_where_they_say() -> None:
    documents = read_texts()
    assert len(documents) == 144
    check_labels(documents)
    for d in documents:
        for s in d.statements:
            assert d.source.text[s["start"] : s["end"]] == s["evidence"], d.id


def test_labels_of_real_news_lie_inside_their_articles() -> None:
    articles = find_shared("news/news.jsonl")
    check_labels(read_news(articles))
    check_labels(read_news(articles, MORE_LABELS))


def test_labels_of_polnear_lie_inside_its_training_articles() -> None:
    check_labels(read_news(find_shared("attribution/polnear-train.jsonl"), POLNEAR_LABELS))


def test_labels_of_real_articles_hold_no_text() -> None:
    for path in (NEWS_LABELS, MORE_LABELS, POLNEAR_LABELS):
        for line in lines_of(path)[1:]:
            assert set(line) == {"id", "asked", "statements"}
            for s in line["statements"]:
                assert "evidence" not in s
                assert "text" not in s


def test_no_labelled_article_is_a_near_copy_of_a_measured_text() -> None:
    articles = {e["id"]: e["text"] for e in lines_of(find_shared("news/news.jsonl"))}
    labelled = [e["id"] for e in lines_of(NEWS_LABELS)[1:]]
    gold = {e["id"]: runs(e["text"]) for e in gold_texts()}
    assert len(gold) == 64
    assert not set(labelled) & set(gold)
    for name in labelled:
        own = runs(articles[name])
        for measured, theirs in gold.items():
            assert len(own & theirs) < NEAR * max(1, min(len(own), len(theirs))), (name, measured)


def test_each_other_proposal_belongs_to_a_question_and_says_something_else() -> None:
    known = {("texts", q.slug): q.title for d in read_texts() for q in d.questions}
    for corpus, path in (("news", MORE_LABELS), ("polnear", POLNEAR_LABELS)):
        known |= {(corpus, q["slug"]): q["title"] for q in lines_of(path)[0]["questions"]}
    for path in sorted((TRAINING / "passages").glob("*.jsonl")):
        known |= {(path.stem, e["proposal"]["slug"]): e["proposal"]["title"] for e in lines_of(path)}
    entries = lines_of(TRAINING / "proposals.jsonl")
    assert len(entries) == len({(e["corpus"], e["slug"]) for e in entries}) > 1000
    for entry in entries:
        key = entry["corpus"], entry["slug"]
        assert key in known
        others = [*entry["same"], *filter(None, [entry["reversed"]]), *entry["near"]]
        titles = [o["title"] for o in others]
        assert known[key] not in titles, key
        assert len(set(titles)) == len(titles), key
        assert all(o["title"].strip() and o["proposal"].strip() for o in others), key
