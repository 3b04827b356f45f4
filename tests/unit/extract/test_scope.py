"""What a position is limited to, in sentences made up for the test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.extract._parse import Parse
from app.extract._scope import find_scope
from app.records import Question

Read = Callable[[str], Parse]
TROOPS = Question("troops-velmar", "Send allied troops to Velmar", "Allied states send troops to Velmar.")
GROUND = Question(
    "ground-velmar", "Send ground troops to Velmar", "Allied states send ground troops to Velmar."
)
PIVOTS = frozenset({"troops", "soldiers", "units", "send", "sending", "deployment"})


def scope_of(read: Read, text: str, question: Question = TROOPS) -> str | None:
    parse = read(text)
    pivots = [t.i for t in parse.tokens if t.text.casefold() in PIVOTS]
    return find_scope(parse, range(len(parse.tokens)), pivots, question)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        # kinds
        ("Galland will not send combat troops.", "combat troops"),
        ("Galland ruled out ground troops.", "ground troops"),
        ("There will be no large-scale deployment of troops.", "large-scale deployment"),
        ("Galland opposes a permanent deployment.", "permanent deployment"),
        ("Galland rejected sending combat and ground troops.", "combat and ground troops"),
        # times
        ("Galland will not send troops at this stage.", "at this stage"),
        ("There are no plans to send troops at present.", "at present"),
        ("For now, Galland will not send troops.", "For now"),
        ("For the time being, Galland will not send troops.", "For the time being"),
        ("There are currently no plans to send troops.", "currently"),
        # conditions
        ("Galland will not send troops without a mandate.", "without a mandate"),
        ("Galland will not send troops without a UN mandate.", "without a UN mandate"),
        ("Galland will not send troops unless its allies agree.", "unless its allies agree"),
        ("Galland would send troops only with a mandate.", "only with a mandate"),
        ("Galland will send troops only if its allies agree.", "only if its allies agree"),
        ("Galland will send troops as long as its allies agree.", "as long as its allies agree"),
        ("Galland would send troops provided that its allies agree.", "provided that its allies agree"),
        # manner
        ("Galland will not send troops unilaterally.", "unilaterally"),
        ("Galland will not send troops on its own.", "on its own"),
        ("Galland would send troops under the Union's flag.", "under the Union's flag"),
        ("Galland will send troops as part of a wider mission.", "as part of a wider mission"),
        ("Galland will send troops for defence only.", "for defence only"),
        # places
        ("Galland will not send troops on the front line.", "on the front line"),
        ("Galland would station soldiers in the border region.", "in the border region"),
        ("Galland would station soldiers in western Velmar.", "in western Velmar"),
        # amounts
        ("Galland will send 700 soldiers.", "700 soldiers"),
        ("Galland will send up to 2,000 soldiers.", "up to 2,000 soldiers"),
        ("Galland will not send a single soldier; not a single soldier will go.", "not a single soldier"),
    ],
)
def test_a_limit_is_told_in_the_passage_s_own_words(read: Read, text: str, scope: str) -> None:
    assert scope_of(read, text) == scope


@pytest.mark.parametrize(
    "text",
    [
        "Galland will not send troops.",
        "Galland will send troops without delay.",
        "Galland backed sending troops without hesitation.",
        "Horvat rejected sending troops without giving a reason.",
        "Galland is the only state that would send troops.",
        "Galland would not only send troops.",
        "The two neighbours will send troops.",
        "Galland currently backs sending troops.",
        "Galland will send new troops.",
        "Horvat, who is currently in hospital with a broken leg, backs sending troops.",
        "Horvat rejected sending troops as the talks went on without the unions.",
    ],
)
def test_what_limits_nothing_is_left_out(read: Read, text: str) -> None:
    assert scope_of(read, text) is None


def test_what_the_question_says_itself_is_no_limit(read: Read) -> None:
    assert scope_of(read, "Galland ruled out ground troops.", GROUND) is None
    assert scope_of(read, "Galland ruled out combat troops.", GROUND) == "combat troops"


def test_two_limits_are_joined_and_the_kind_comes_first(read: Read) -> None:
    assert (
        scope_of(read, "At this stage Galland will not send combat troops.") == "combat troops; At this stage"
    )


def test_a_limit_outside_of_the_claim_is_none_of_it(read: Read) -> None:
    text = "Galland will not send troops. At this stage Norland trains them."
    parse = read(text)
    claim = [t.i for t in parse.tokens if t.sentence == 0]
    assert find_scope(parse, claim, [t.i for t in parse.tokens if t.text == "troops"], TROOPS) is None


def test_a_claim_that_points_back_has_the_limits_of_its_main_words(read: Read) -> None:
    parse = read("That is not planned at this stage.")
    assert find_scope(parse, range(len(parse.tokens)), [], TROOPS) == "at this stage"


def test_a_long_limit_is_cut_where_a_phrase_ends(read: Read) -> None:
    text = "Galland will not send troops without a resolution of the council on the guards along the road to the port."
    scope = scope_of(read, text)
    assert scope is not None
    assert scope.startswith("without a resolution of the council")
    assert len(scope.split()) <= 8


@pytest.mark.parametrize(
    "text", ["", "  ", "only", "without", "“", "a-" * 500 + " only", "without " * 200, "💬 only."]
)
@pytest.mark.parametrize("tokens", [[], [-1, 0, 10**6], range(5000)])
def test_odd_texts_and_tokens_never_raise(read: Read, text: str, tokens: list[int]) -> None:
    parse = read(text)
    assert find_scope(parse, tokens, [], TROOPS) is None or parse.tokens
    find_scope(parse, tokens, [0, -1, 10**6], TROOPS)
