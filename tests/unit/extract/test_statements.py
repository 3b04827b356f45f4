"""From a text to its statements, end to end.

All texts are made up for the test. The leaders named in them did not say these words.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from app.config import ROOT
from app.extract import extract_statements
from app.records import Attribution, Proposal, Question, SourceText, Stance
from app.registers import Registry

DAY = date(2024, 2, 27)
TEXTS = {
    "will not": "The meeting lasted all afternoon. Chancellor Olaf Scholz said Germany will not send ground troops "
    "to Ukraine. The talks go on next week.",
    "refused to rule out": "The leaders met for dinner. French President Emmanuel Macron refused to rule out "
    "sending Western troops to Ukraine. Others listened.",
    "would not": "Journalists asked about the front. Prime Minister Robert Fico told reporters that Slovakia would "
    "not send soldiers to Ukraine. He then left the room.",
    "no plans": "Reporters waited outside. Prime Minister Donald Tusk said Poland has no plans to send troops to "
    "Ukraine. He gave no details.",
    "opposes": "The summit ended late. Prime Minister Viktor Orban said Hungary opposes NATO membership for "
    "Ukraine. The others went home.",
    "should": "The winter was hard. Foreign Secretary David Cameron said Ukraine should be allowed to strike "
    "targets inside Russia with British weapons. The debate goes on.",
    "warned": "Reporters waited outside. Kremlin spokesman Dmitry Peskov warned that NATO troops in Ukraine would "
    "lead to a direct conflict with the alliance. He gave no details.",
}
NOTHING = "The choir sang until midnight. The mayor thanked the guests. Everybody went home."


def extract(text: str, questions: tuple[Question, ...], registry: Registry) -> tuple[Proposal, ...]:
    return extract_statements([SourceText("one", text, published=DAY)], questions, registry)[0]


@pytest.mark.parametrize(
    ("which", "actor", "question", "stance"),
    [
        ("will not", "olaf-scholz", "troops-ukraine", Stance.REJECTS),
        ("refused to rule out", "emmanuel-macron", "troops-ukraine", Stance.OPEN),
        ("would not", "robert-fico", "troops-ukraine", Stance.REJECTS),
        ("no plans", "donald-tusk", "troops-ukraine", Stance.REJECTS),
        ("opposes", "viktor-orban", "ukraine-nato", Stance.REJECTS),
        ("should", "david-cameron", "long-range-strikes", Stance.BACKS),
        ("warned", "dmitry-peskov", "troops-ukraine", Stance.REJECTS),
    ],
)
def test_a_plain_report_gives_one_statement(  # noqa: PLR0917
    questions: tuple[Question, ...],
    registry: Registry,
    which: str,
    actor: str,
    question: str,
    stance: Stance,
) -> None:
    (found,) = extract(TEXTS[which], questions, registry)
    assert (found.actor, found.question, found.stance) == (actor, question, stance)
    assert found.attribution is Attribution.INDIRECT


@pytest.mark.parametrize("which", TEXTS)
def test_offsets_lie_inside_the_text_and_on_the_sentence_that_proves_it(
    questions: tuple[Question, ...], registry: Registry, which: str
) -> None:
    text = TEXTS[which]
    (found,) = extract(text, questions, registry)
    first, proof, _ = text.split(". ")
    assert text[found.start : found.end] == proof
    assert found.start == len(first) + 2
    for span in (*found.source, *found.cue, *found.content):
        assert 0 <= span.start < span.end <= len(text)


def test_offsets_count_code_points_behind_an_emoji(
    questions: tuple[Question, ...], registry: Registry
) -> None:
    text = "\N{GRINNING FACE}\N{GRINNING FACE}\n\n" + TEXTS["will not"]
    (found,) = extract(text, questions, registry)
    assert text[found.start : found.end] == TEXTS["will not"].split(". ")[1]


def test_a_title_is_read_as_of_the_day_of_the_text(
    questions: tuple[Question, ...], registry: Registry
) -> None:
    text = "The hall was full. The German chancellor said Germany will not send ground troops to Ukraine. He left."
    holders = [
        extract_statements([SourceText("one", text, published=day)], questions, registry)[0][0].actor
        for day in (date(2024, 2, 27), date(2025, 6, 1))
    ]
    assert holders == ["olaf-scholz", "friedrich-merz"]


@pytest.mark.parametrize("text", ["", " \n\n ", NOTHING, '"""', "\N{GRINNING FACE}"])
def test_a_text_about_no_question_gives_nothing(
    questions: tuple[Question, ...], registry: Registry, text: str
) -> None:
    assert extract(text, questions, registry) == ()


def test_without_questions_there_are_no_statements(registry: Registry) -> None:
    assert extract(TEXTS["will not"], (), registry) == ()


def test_a_text_about_no_question_loads_no_model() -> None:
    script = f"""
import sys
from app.extract import extract_statements
from app.records import SourceText
from app.registers import load_questions, load_registers
found = extract_statements([SourceText("one", {NOTHING!r})], load_questions(), load_registers())
loaded = {{"spacy", "onnxruntime", "tokenizers", "numpy"}} & sys.modules.keys()
print(found, sorted(loaded))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout.strip(), done.returncode) == ("[()] []", 0), done.stderr


def test_results_do_not_depend_on_which_texts_are_read_together(
    questions: tuple[Question, ...], registry: Registry
) -> None:
    sources = [SourceText(name, text, published=DAY) for name, text in {**TEXTS, "nothing": NOTHING}.items()]
    alone = [extract_statements([s], questions, registry)[0] for s in sources]
    assert extract_statements(sources, questions, registry) == alone
    assert extract_statements(sources[::-1], questions, registry) == alone[::-1]


def test_a_question_is_not_known_by_its_name(questions: tuple[Question, ...], registry: Registry) -> None:
    renamed = tuple(replace(q, slug=f"q-{n:03}") for n, q in enumerate(questions))
    names = {q.slug: r.slug for q, r in zip(questions, renamed, strict=True)}
    before = extract(TEXTS["will not"], questions, registry)
    after = extract(TEXTS["will not"], renamed, registry)
    assert after == tuple(replace(p, question=names[p.question]) for p in before)
