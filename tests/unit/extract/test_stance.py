"""The stance of a sentence towards what its pivot names, in sentences made up for the test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.extract._parse import Parse
from app.extract._stance import Judgement, judge
from app.records import Stance

Read = Callable[[str], Parse]


def judge_text(read: Read, text: str, pivot: str | None = "troops") -> Judgement | None:
    parse = read(text)
    pivots = [t.i for t in parse.tokens if t.text.casefold() == pivot]
    return judge(parse, pivots, range(len(parse.tokens)))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Germany will not send troops.", Stance.REJECTS),
        ("Germany should not send troops.", Stance.REJECTS),
        ("Germany never sends troops.", Stance.REJECTS),
        ("Germany says it will not send troops.", Stance.REJECTS),
        ("Germany promised not to send troops.", Stance.REJECTS),
        ("Germany has no plans to send troops.", Stance.REJECTS),
        ("Germany sees no reason to send troops.", Stance.REJECTS),
        ("Germany ruled out sending troops.", Stance.REJECTS),
        ("Germany opposes sending troops.", Stance.REJECTS),
        ("Germany rejected the deployment of troops.", Stance.REJECTS),
        ("Germany is against sending troops.", Stance.REJECTS),
        ("Germany warned against sending troops.", Stance.REJECTS),
        ("Germany refused to send troops.", Stance.REJECTS),
        ("Germany does not support sending troops.", Stance.REJECTS),
        ("Germany is not considering sending troops.", Stance.REJECTS),
        ("Germany will send tanks rather than troops.", Stance.REJECTS),
        ("Sending troops is unacceptable.", Stance.REJECTS),
        ("Sending troops would lead to war.", Stance.REJECTS),
        ("Troops would mean a direct conflict.", Stance.REJECTS),
    ],
)
def test_an_act_denied_or_warned_of_counts_as_rejects(read: Read, text: str, stance: Stance) -> None:
    judged = judge_text(read, text)
    assert judged is not None
    assert judged.stance is stance


@pytest.mark.parametrize(
    "text",
    [
        "Germany refused to rule out sending troops.",
        "Germany did not rule out sending troops.",
        "Nothing should be excluded, including troops.",
        "The deployment of troops should not be excluded.",
        "Sending troops is not unacceptable.",
        "Germany rejected a demand to rule out troops.",
        "Germany might send troops.",
        "Germany could send troops.",
        "Germany would send troops if Kyiv asked.",
        "Germany will send troops if Kyiv asks.",
        "Germany is considering sending troops.",
        "Sending troops is possible.",
    ],
)
def test_a_denial_denied_a_chance_or_a_condition_counts_as_open(read: Read, text: str) -> None:
    judged = judge_text(read, text)
    assert judged is not None
    assert judged.stance is Stance.OPEN


@pytest.mark.parametrize(
    "text",
    [
        "Germany will send troops.",
        "Germany should send troops.",
        "Germany must send troops.",
        "Germany plans to send troops.",
        "Germany agreed to send troops.",
        "Germany supports sending troops.",
        "Germany urged allies to send troops.",
        "Sending troops is necessary.",
    ],
)
def test_an_act_willed_or_due_counts_as_backs(read: Read, text: str) -> None:
    judged = judge_text(read, text)
    assert judged is not None
    assert judged.stance is Stance.BACKS


@pytest.mark.parametrize(
    "text", ["The troops arrived.", "Germany will help Ukraine, which has troops.", "The hall was full."]
)
def test_a_mere_mention_has_no_stance(read: Read, text: str) -> None:
    assert judge_text(read, text) is None


def test_a_passage_that_only_points_back_is_judged_by_its_own_words(read: Read) -> None:
    judged = judge_text(read, "That is unacceptable.", None)
    assert judged is not None
    assert judged.stance is Stance.REJECTS


def test_words_outside_the_passage_do_not_count(read: Read) -> None:
    parse = read("Germany opposes sending troops.")
    inside = [t.i for t in parse.tokens if t.text in {"sending", "troops"}]
    whole = judge(parse, inside[1:], range(len(parse.tokens)))
    part = judge(parse, inside[1:], inside)
    assert whole is not None
    assert whole.stance is Stance.REJECTS
    assert part is None or part.stance is not Stance.REJECTS


def test_how_sure_a_judgement_is_lies_between_none_and_all(read: Read) -> None:
    for text in ("Germany will not send troops.", "Germany might send troops."):
        judged = judge_text(read, text)
        assert judged is not None
        assert 0 < judged.sure <= 0.95
