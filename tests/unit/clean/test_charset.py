import pytest

from app.clean.charset import decode_body
from app.clean.mojibake import is_hopeless, repair_mojibake

TEXT = "“We won’t,” said Orbán – café prices rose to €3 in Radom."


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None),
        ("utf-8", "windows-1252"),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-16-le", None),
        ("utf-16-be", None),
        ("utf-32", None),
        ("windows-1252", None),
        ("windows-1252", "utf-8"),
        ("windows-1252", "iso-8859-1"),
        ("windows-1252", "no-such-charset"),
        ("windows-1252", "unicode_escape"),
        ("windows-1250", "windows-1250"),
        ("mac_roman", None),
    ],
)
def test_letters_survive_however_they_were_encoded(encoding: str, declared: str | None) -> None:
    assert decode_body(TEXT.encode(encoding), declared) == TEXT


def test_polish_letters_tell_the_central_european_encoding() -> None:
    name = "Władysław Kosiniak-Kamysz and Radosław Sikorski"
    assert decode_body(name.encode("windows-1250"), None) == name


def test_a_page_declares_its_own_encoding_and_a_plain_text_does_not() -> None:
    page = '<meta charset="koi8-r"><p>Москва'.encode("koi8-r")
    assert "Москва" in decode_body(page, None, markup=True)
    assert "Москва" not in decode_body(page, None)


def test_utf_8_cut_in_the_middle_of_a_letter_stays_utf_8() -> None:
    assert decode_body("Orbán’s café’".encode()[:-1], None) == "Orbán’s café\ufffd"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("Theyâ€™re in OrbÃ¡nâ€™s office", "They’re in Orbán’s office"),
        ("â€œNo,â€\x9d she said", "“No,” she said"),
        ("â€œNo,â€ she said", "“No,” she said"),
        ("Â£3 billion", "£3 billion"),
        ("The SPÖ’s leader and a fiancé”—", "The SPÖ’s leader and a fiancé”—"),
        ("Ângela Müller – naïve", "Ângela Müller – naïve"),
    ],
)
def test_twice_encoded_letters_are_set_right_and_honest_ones_left(given: str, text: str) -> None:
    assert repair_mojibake(given) == text


def test_a_text_is_given_up_only_when_many_letters_are_lost() -> None:
    assert not is_hopeless("One caf\ufffd in a text." * 1)
    assert not is_hopeless("A long and readable text with a slip. " * 50 + "\ufffd" * 5)
    assert is_hopeless("M\ufffd\ufffdr \ufffd\ufffdt n\ufffd")
