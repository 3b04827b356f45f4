"""A text cut at the edges of its passages."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.records import Span
from app.serve.passages import Mark, cut_text, split_paragraphs
from app.serve.words import WORDS

TEXT = "Scholz said no, Sunak too."


def mark(number: int, start: int, end: int) -> Mark:
    return Mark(UUID(int=number), number, Span(start, end), WORDS["rejects"], False, "X")


def cut(text: str, *marks: Mark) -> list[tuple[str, list[int]]]:
    return [
        ("".join(bit.text for bit in run.bits), [one.number for one in run.marks])
        for paragraph in cut_text(text, marks)
        for run in paragraph.runs
    ]


def test_crossing_passages_are_cut_at_every_edge() -> None:
    assert cut(TEXT, mark(1, 0, 14), mark(2, 7, 25)) == [
        ("Scholz ", [1]),
        ("said no", [1, 2]),
        (", Sunak too", [2]),
        (".", []),
    ]


def test_three_passages_in_one_place_are_all_kept() -> None:
    assert [numbers for _, numbers in cut(TEXT, mark(1, 0, 14), mark(2, 0, 14), mark(3, 5, 10))] == [
        [1, 2],
        [1, 2, 3],
        [1, 2],
        [],
    ]


def test_a_passage_begins_and_ends_once_even_over_paragraphs() -> None:
    text = "One said this.\n\nAnd that."
    paragraphs = cut_text(text, [mark(1, 4, len(text))])
    runs = [run for paragraph in paragraphs for run in paragraph.runs]
    assert sum(len(run.first) for run in runs) == 1
    assert sum(len(run.last) for run in runs) == 1
    assert [len(paragraph.begins) for paragraph in paragraphs] == [1, 0]


def test_speaker_and_cue_are_bits_within_a_run() -> None:
    paragraph = cut_text(TEXT, [mark(1, 0, 14)], speakers=[Span(0, 6)], cues=[Span(7, 11)])[0]
    assert [(bit.text, bit.speaker, bit.cue) for bit in paragraph.runs[0].bits] == [
        ("Scholz", True, False),
        (" ", False, False),
        ("said", False, True),
        (" no", False, False),
    ]


spans = st.tuples(st.integers(0, 40), st.integers(1, 20))


@given(text=st.text("ab \n", min_size=1, max_size=60), places=st.lists(spans, max_size=6))
def test_nothing_of_the_text_is_lost_or_doubled(text: str, places: list[tuple[int, int]]) -> None:
    marks = [
        mark(n, start, min(start + long, len(text)))
        for n, (start, long) in enumerate(places)
        if start < len(text)
    ]
    cut_again = [
        "".join(bit.text for run in paragraph.runs for bit in run.bits) for paragraph in cut_text(text, marks)
    ]
    assert cut_again == [text[span.start : span.end] for span in split_paragraphs(text)]
