"""Texts that nobody writes and somebody will send: extraction ends in time and its offsets hold.

What reaches extraction has been normalised (no NUL, no half surrogates, one kind of line end), but it must
not rest on that: the REST interface and the command line take texts of any make.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.arrive.lines import encode_text
from app.clean.text import normalise
from app.extract import extract_statements, find_quotations
from app.records import Proposal, Question, Quotation, SourceText, Span
from app.registers import Registry

DAY = date(2024, 2, 27)
MACRON = (
    "French President Emmanuel Macron said on Monday that sending Western troops to Ukraine should not be ruled "
    'out. "There is no consensus today to officially send ground troops," he told reporters.'
)
SCHOLZ = (
    "German Chancellor Olaf Scholz rejected the idea. No Western troops would be sent to Ukraine, he said, and "
    "Berlin's position would not change."
)
ELSEWHERE = (
    "The museum in the old harbour opens again on Saturday, the director said, and the garden is free."
)
# CPU seconds for what takes three at most on one idle core of 2026: only what grows out of hand exceeds it.
PATIENCE = 60.0


def extract(text: str, questions: Sequence[Question], registry: Registry) -> tuple[Proposal, ...]:
    """The statements of a text, having looked at each offset, in CPU seconds that can be borne."""
    began = process_time()
    (found,) = extract_statements([SourceText("one", text, published=DAY)], questions, registry)
    assert process_time() - began < PATIENCE
    for proposal in found:
        assert_inside(text, Span(proposal.start, proposal.end))
        for span in (*proposal.source, *proposal.cue, *proposal.content):
            assert_inside(text, span)
    return found


def mark(text: str) -> tuple[Quotation, ...]:
    began = process_time()
    (found,) = find_quotations([text])
    assert process_time() - began < PATIENCE
    for quotation in found:
        assert quotation.content
        for span in (*quotation.source, *quotation.cue, *quotation.content):
            assert_inside(text, span)
    return found


def assert_inside(text: str, span: Span) -> None:
    assert 0 <= span.start < span.end <= len(text)
    assert text[span.start : span.end].strip()


# ---- characters ----------------------------------------------------------------------------------------

STRANGE = {
    "nothing": "",
    "blanks": " \t\r\n\u00a0\u2003\u3000",
    "nul": "\0",
    "tabs": "\t\t",
    "carriage returns": "\r\n\r\n",
    "line separators": "\u2028\u2029\x85\x0b\x0c",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "directions": "\u200e\u200f\u202a\u202b\u202c\u202e\u2066\u2067\u2069",
    "Hebrew and Arabic": "\u202bשלום לכולם\u202c, سلام \u200f123\u200f",
    "Cyrillic": "Президент сказал: «Мы не пошлём войска в Украину».",
    "emoji": "\N{GRINNING FACE}\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{ROCKET}\u2764\ufe0f",
    "accents": "e\u0301\u0323n\u0303" + "\u0301" * 50,
    "marks of quotation": "\"\"''``“”‘’„«»",
    "marks left open": '“ "',
    "controls": "\x01\x1b[31m\x7f\x9f",
    "not a character": "\uffff\U0010ffff\ue000",
    "full width": "Ｍａｃｒｏｎ　ｓａｉｄ",
    "letters that grow in lower case": "İİİ ẞ ŉ",
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE.keys())
def test_strange_characters_shift_no_offset(
    strange: str, questions: Sequence[Question], registry: Registry
) -> None:
    for text in (
        strange,
        strange + MACRON + strange,
        f"{strange}\n\n{MACRON}\n\n{strange}\n\n{SCHOLZ}{strange}",
        MACRON.replace(" ", f" {strange} "),
        MACRON.replace("troops", f"tro{strange}ops"),
    ):
        extract(text, questions, registry)
        mark(text)


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE.keys())
def test_what_stands_a_paragraph_away_moves_a_statement_by_its_length_only(
    strange: str, questions: Sequence[Question], registry: Registry
) -> None:
    before = f"{strange}\n\n{ELSEWHERE}\n\n{ELSEWHERE}\n\n{ELSEWHERE}\n\n"
    plain = extract(before.replace(strange, "", 1) + MACRON, questions, registry)
    moved = extract(before + MACRON, questions, registry)
    assert [(p.actor, p.start + len(strange), p.end + len(strange)) for p in plain] == [
        (p.actor, p.start, p.end) for p in moved
    ]


LINE_ENDS = {
    "one": "\n",
    "two": "\n\n",
    "CRLF": "\r\n",
    "CRLF twice": "\r\n\r\n",
    "CR": "\r",
    "far": "\n" * 9,
}


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS.keys())
def test_line_ends_of_every_kind_give_the_same_speakers(
    end: str, questions: Sequence[Question], registry: Registry
) -> None:
    found = extract(end.join([MACRON, SCHOLZ]), questions, registry)
    assert {"emmanuel-macron", "olaf-scholz"} <= {p.actor for p in found}


AWKWARD = st.one_of(
    st.sampled_from([*STRANGE.values(), MACRON, SCHOLZ, " he said ", "Macron", "troops in Ukraine", "\n\n"]),
    st.text(max_size=12),
    st.text("\0\r\n\t\u200f\u0301\u200d“”\"'", max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(AWKWARD, max_size=12).map("".join))
@example('"' + MACRON)
@example(MACRON + "\0" + SCHOLZ)
def test_any_mixture_ends_with_offsets_inside_the_text(
    questions: Sequence[Question], registry: Registry, text: str
) -> None:
    extract(text, questions, registry)
    mark(text)


@pytest.mark.parametrize("half", [chr(0xD83D), chr(0xDE00)], ids=["high", "low"])
def test_half_surrogates_shift_no_offset(
    half: str, questions: Sequence[Question], registry: Registry
) -> None:
    for text in (half, MACRON + half + SCHOLZ, MACRON.replace("troops", f"tro{half}ops")):
        extract(text, questions, registry)
        mark(text)


def test_half_surrogates_are_replaced_before_a_text_is_stored() -> None:
    given_text = "Kyiv \ud83d said\0 no."
    assert normalise(encode_text(given_text).decode()) == "Kyiv \ufffd said no."
    assert normalise(given_text) == "Kyiv \ufffd said no."


# ---- sizes ---------------------------------------------------------------------------------------------

LONG = {
    "a word of 100,000 letters": MACRON + " " + "a" * 100_000,
    "a word of 12,000 letters and marks": MACRON + " " + "a'b-c/" * 2_000,
    "a sentence of 50,000 words": f"{MACRON.replace('.', ',')} and {'rain fell on the old town and ' * 7000}",
    "10,000 paragraphs, one about a question": "\n\n".join(["Rain."] * 5000 + [MACRON] + ["Rain."] * 5000),
    "10,000 empty lines": MACRON + "\n" * 10_000 + SCHOLZ,
    "200,000 words, some about a question": "\n\n".join(
        [*[ELSEWHERE] * 5500, MACRON, SCHOLZ, *[ELSEWHERE] * 5500, MACRON]
    ),
    "300 paragraphs about a country and no question": "\n\n".join(["Ukraine and NATO met again."] * 300),
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_long_text_is_read_in_time(text: str, questions: Sequence[Question], registry: Registry) -> None:
    found = extract(text, questions, registry)
    assert ("emmanuel-macron" in {p.actor for p in found}) == ("Macron" in text)


def test_time_grows_with_the_text_and_not_with_its_square(
    questions: Sequence[Question], registry: Registry
) -> None:
    """Everybody speaks of the question in every paragraph: all that is compared with all shows here."""
    spent = []
    for size in (30, 120):
        text = "\n\n".join([MACRON, SCHOLZ] * (size // 2))
        began = process_time()
        extract(text, questions, registry)
        spent.append(process_time() - began)
    # Four times the text costs five times as much or a little more; the square would be sixteen times.
    assert spent[1] < 9 * spent[0]


@pytest.mark.parametrize("text", ['"' * 3000, "“" * 3000, "“”" * 1500, '" ' * 3000, "'\"" * 1500])
def test_nothing_but_quotation_marks(text: str, questions: Sequence[Question], registry: Registry) -> None:
    assert extract(text, questions, registry) == ()
    mark(text)


def test_a_last_word_that_is_said_is_found_in_a_long_text(
    questions: Sequence[Question], registry: Registry
) -> None:
    """Offsets at the end of a long text are as right as at its beginning."""
    text = "\n\n".join([ELSEWHERE + " \N{GRINNING FACE}"] * 3000 + [MACRON])
    found = [p for p in extract(text, questions, registry) if p.actor == "emmanuel-macron"]
    assert found
    assert all(p.start >= len(text) - len(MACRON) for p in found)


# ---- company -------------------------------------------------------------------------------------------

TEXTS = (
    MACRON,
    SCHOLZ,
    ELSEWHERE,
    "",
    "\n",
    MACRON + "\n\n" + SCHOLZ,
    MACRON + "\r\n" + SCHOLZ,
    '"We will not send soldiers to Ukraine," Prime Minister Donald Tusk said.',
    "NATO has no plans to send combat troops to Ukraine, Jens Stoltenberg told reporters.",
    "Moscow: no NATO soldiers in Ukraine",
    '"' * 300,
    STRANGE["Cyrillic"],
)
ORDERS = st.one_of(
    st.permutations(range(len(TEXTS))),
    st.lists(st.integers(0, len(TEXTS) - 1), max_size=8),
)


@pytest.fixture(scope="module")
def alone(questions: Sequence[Question], registry: Registry) -> list[tuple[Proposal, ...]]:
    """What each text gives when it is read by itself."""
    return [extract(text, questions, registry) for text in TEXTS]


@settings(max_examples=20, deadline=None)
@given(ORDERS)
def test_a_text_gives_the_same_in_any_company(
    alone: list[tuple[Proposal, ...]],
    questions: Sequence[Question],
    registry: Registry,
    order: Sequence[int],
) -> None:
    sources = [SourceText(str(n), TEXTS[n], published=DAY) for n in order]
    assert extract_statements(sources, questions, registry) == [alone[n] for n in order]


@settings(max_examples=15, deadline=None)
@given(ORDERS)
def test_a_text_is_marked_the_same_in_any_company(order: Sequence[int]) -> None:
    assert find_quotations([TEXTS[n] for n in order]) == [find_quotations([TEXTS[n]])[0] for n in order]


def test_the_company_has_somebody_to_tell_apart(alone: list[tuple[Proposal, ...]]) -> None:
    """Otherwise the tests above would hold of an extraction that finds nothing."""
    assert {p.actor for found in alone for p in found} >= {"emmanuel-macron", "olaf-scholz"}
