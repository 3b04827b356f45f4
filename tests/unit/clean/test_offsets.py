"""Places in a normalised text lead back to the text as it was given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clean import normalise
from app.clean.offsets import find_places
from app.records import Span

ODD = (
    "ab \u00a0\u00ad\u200b\u0301\u0323\u0302\u00e9\r\n\t\x85\u2028\u2029\ufeff\u200d\ud800"
    "\U0001f469\U0001f680\x1f\u1112\u1161\ufb01\u212b"
)


@pytest.mark.parametrize(
    ("text", "passage", "original"),
    [
        ("no troops", "no troops", "no troops"),
        ("He said: no\u00a0  troops.", "no troops", "no\u00a0  troops"),
        ("a\r\n\r\n\r\nno troops\r\n", "no troops", "no troops"),
        ("re\u00adin\u00adforce\u200bment here", "reinforcement", "re\u00adin\u00adforce\u200bment"),
        ("cafe\u0301s open", "cafés", "cafe\u0301s"),
        ("a\u0302\u0323b", "\u1eadb", "a\u0302\u0323b"),
        ("\ufeffx\u2029y", "y", "y"),
        ("\U0001f4f0 x \ud800y", "x \ufffdy", "x \ud800y"),
    ],
)
def test_a_passage_is_found_in_the_text_as_given(text: str, passage: str, original: str) -> None:
    evened = normalise(text)
    places = find_places(text, evened)
    assert places is not None
    start = evened.index(passage)
    found = places.map_back(Span(start, start + len(passage)))
    assert text[found.start : found.end] == original


def test_another_text_has_no_places() -> None:
    assert find_places("some words", "other words") is None


def test_an_empty_span_stays_empty() -> None:
    places = find_places("a  b", "a b")
    assert places is not None
    assert places.map_back(Span(2, 2)) == Span(3, 3)
    assert places.map_back(Span(3, 3)) == Span(4, 4)


@given(st.text(alphabet=st.sampled_from(ODD) | st.characters(), max_size=60))
def test_every_place_lies_in_order_within_the_text(text: str) -> None:
    evened = normalise(text)
    places = find_places(text, evened)
    assert places is not None
    assert len(places.starts) == len(places.ends) == len(evened)
    for start, end in zip(places.starts, places.ends, strict=True):
        assert 0 <= start <= end <= len(text)
    words = [(i, j) for i in range(len(evened)) for j in range(i + 1, min(i + 4, len(evened) + 1))]
    for i, j in words:
        found = places.map_back(Span(i, j))
        assert found.start <= found.end
