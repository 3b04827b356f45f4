import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clean.text import hash_text, normalise, normalise_line

# Mostly the characters that something is done with, so that their neighbours are tried as well.
AWKWARD = st.sampled_from(
    "ae1#* \t\n\r\x0b\x0c\x85\x00\u00ad\u00a0\u2003\u200b\u200c\u200d\u2028\u2029\u2060\ufeff\ufe0e\ufe0f"
    "\u0301\u0338\u2190\u2194\u212b\u1e69\ud83d👩🚀🏽❤🏴\U000e0067\U000e007f\U0001d15e"
)
TEXTS = st.one_of(
    st.text(), st.lists(AWKWARD).map("".join), st.lists(st.one_of(AWKWARD, st.characters())).map("".join)
)


@pytest.mark.parametrize(
    ("given_text", "text"),
    [
        ("Zele\u0301nsky", "Zelénsky"),
        ("one\r\ntwo\rthree\x85four\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("one\u2029two", "one\n\ntwo"),
        ("un\u00adthink\u00adable", "unthinkable"),
        ("20\u00a0000\u202ftroops\u2009now", "20 000 troops now"),
        ("Mac\u200bron\ufeff and\u2060 Scholz", "Macron and Scholz"),
        ("abc\u202edef\u202c", "abcdef"),
        ("line   \n\tnext ", "line\nnext"),
        ("one\n\n\n \n\ntwo", "one\n\ntwo"),
        ("e\u200c\u0301", "é"),
        ("nul\x00l", "null"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("“No” – she said…", "“No” – she said…"),
    ],
)
def test_what_is_invisible_or_merely_typographic_is_evened_out(given_text: str, text: str) -> None:
    assert normalise(given_text) == text


@pytest.mark.parametrize(
    "emoji", ["👩‍🚀", "❤️", "🏳️‍🌈", "👨🏽‍💻", "1️⃣", "🙂‍↔️", "🏴\U000e0067\U000e0062\U000e007f", "‼️"]
)
def test_emoji_keep_what_holds_them_together(emoji: str) -> None:
    assert normalise(f"We won {emoji} today") == f"We won {emoji} today"


@pytest.mark.parametrize("stray", ["no\u200dne", "no\ufe0fne", "👩\u200dnone", "no\U000e0067ne"])
def test_the_same_marks_elsewhere_are_taken_out(stray: str) -> None:
    assert normalise(stray).removeprefix("👩") == "none"


@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
def test_a_normalised_text_can_be_stored_and_shown(text: str) -> None:
    once = normalise(text)
    assert once == unicodedata.normalize("NFC", once)
    assert once == once.strip(" \n")
    assert not any(
        mark in once for mark in ("\n\n\n", "  ", " \n", "\r", "\x00", "\u00ad", "\u00a0", "\u200b")
    )
    hash_text(once)


def test_a_title_stands_on_one_line() -> None:
    assert normalise_line(" Allies\n divided\u00ad ") == "Allies divided"
    assert normalise_line(" \u200b ") is None
