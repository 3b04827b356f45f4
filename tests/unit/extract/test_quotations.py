"""What the marker finds in any text at all, and in sentences made up for the test."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.extract import find_quotations
from app.records import Quotation, Span

# Letters of several scripts, direction marks, joined emoji, marks of quotation, and line ends.
AWKWARD = st.sampled_from(
    [
        "\u200f",
        "\u202b",
        "\u2069",
        "\N{GRINNING FACE}",
        "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}",
        '"',
        "“",
        "”",
        "«",
        "»",
        "e\u0301",
        "\u00ad",
        "\n\n",
        "\r\n",
        " he said ",
        "שלום",
        "سلام",
        "\u0000",
    ]
)
TEXTS = st.lists(st.one_of(AWKWARD, st.text(max_size=12)), max_size=25).map("".join)
SAID = '"We will wait," the mayor said.'


def spans_of(quotation: Quotation) -> tuple[Span, ...]:
    return (*quotation.source, *quotation.cue, *quotation.content)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
@example("")
@example('"')
@example('""""""')
@example("“”“”«»")
@example("\u200f\u202b\u2069")
@example('\N{GRINNING FACE} "We will wait \N{GRINNING FACE}," the mayor said. \N{GRINNING FACE}')
@example("\u200f" + SAID + "\u200f")
@example(SAID * 60)
def test_spans_lie_inside_whatever_text_is_given(text: str) -> None:
    (found,) = find_quotations([text])
    for quotation in found:
        assert quotation.content
        for span in spans_of(quotation):
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_a_text_of_white_space_has_no_quotations(text: str) -> None:
    assert find_quotations([text]) == [()]


def test_no_texts_give_no_results() -> None:
    assert find_quotations([]) == []


@pytest.mark.parametrize("before", ["", "\u200f\u200f", "The hall was full. "])
def test_source_cue_and_content_are_found_where_they_stand(before: str) -> None:
    text = before + SAID
    (found,) = find_quotations([text])[0]
    parts = [[text[s.start : s.end] for s in spans] for spans in (found.source, found.cue, found.content)]
    assert parts[:2] == [["the mayor"], ["said"]]
    assert "We will wait" in parts[2][0]


def test_paragraphs_limit_what_is_read_and_keep_the_offsets_of_the_text() -> None:
    text = f"{SAID}\n\nNothing else happened.\n\n{SAID}"
    start = len(text) - len(SAID)
    (found,) = find_quotations([text], [[(start, len(text))]])
    (alone,) = find_quotations([SAID])
    assert [[(s.start - start, s.end - start) for s in spans_of(q)] for q in found] == [
        [(s.start, s.end) for s in spans_of(q)] for q in alone
    ]


def test_a_text_is_marked_the_same_beside_others() -> None:
    others = ["", "The minister said that it rained.", SAID * 20]
    assert find_quotations([*others, SAID])[-1] == find_quotations([SAID])[0]
