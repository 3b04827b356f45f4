import json
from pathlib import Path

import pytest

from app.clean.language import find_foreign_language
from tests.fixtures.shared import find_shared


@pytest.mark.parametrize(
    "text",
    [
        "Nothing should be excluded.",
        "“No.”",
        "Yes",
        "Macron: no troops.",
        "Scholz says nein to Taurus",
        "Orbán, Szijjártó, Fico, Duda, Tusk, Sikorski, Kuleba reject it.",
        "Wołodymyr Zełenski met Petr Pavel, Ulf Kristersson and Kaja Kallas.",
        "Mette Frederiksen, Denmark prime minister, rejects sending soldiers",
        "Giorgia Meloni, Viktor Orbán, Petteri Orpo, Ulf Kristersson, Robert Fico, Andrej Plenković",
        "“We will not send soldiers.” “That is our position.”",
        "FINLAND: NO PLANS TO SEND TROOPS",
        "12 34 56",
        # A quotation in its own language inside an English report.
        "He said: „Es wird keine Bodentruppen geben“, and that this would not change.",
    ],
)
def test_english_is_let_through_however_short_and_foreign_its_names(text: str) -> None:
    assert find_foreign_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le président a dit non.", "French"),
        ("Der Kanzler lehnt die Entsendung von Truppen ab.", "German"),
        ("Президент отказался отправить войска.", "Russian"),
        ("Szef MON Władysław Kosiniak-Kamysz: nie wyślemy wojsk.", "Polish"),
        ("El presidente dijo que no enviará tropas a Ucrania porque no quiere una guerra.", "Spanish"),
        ("Orbán Viktor: Magyarország nem küld katonákat Ukrajnába.", "Hungarian"),
        ("De premier zei dat Nederland geen troepen stuurt.", "Dutch"),
        ("总统说不会派兵。", "Chinese"),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    assert find_foreign_language(text) == language


def test_no_real_article_nor_any_of_its_sentences_is_taken_for_foreign() -> None:
    news = find_shared("news/news.jsonl")
    texts = [json.loads(line)["text"] for line in news.read_text("utf-8").splitlines()]
    texts += [_text_of(path) for path in sorted(find_shared("gold").glob("[nrs]*-*.json"))]
    pieces = [paragraph for text in texts for paragraph in text.split("\n\n")[:4]]
    assert [text for text in texts + pieces if find_foreign_language(text)] == []


def _text_of(path: Path) -> str:
    text: str = json.loads(path.read_text("utf-8"))["text"]
    return text
