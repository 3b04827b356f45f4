"""Is it English? Only English is read, and a text in another language must not slip through as silence.

Refusing an English text is the worse mistake: a leader's words would be missing. So the everyday
words of English, which every sentence has and no other language has, are looked for first, and a
model is asked only where they are scarce (a headline, a list of foreign names, another language).
"""

import re
import unicodedata
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Words of English that are not also common words elsewhere: no "a", "in", "is", "for", "we", "had".
_EVERYDAY = frozenset({
    "the", "and", "that", "with", "from", "has", "not", "will", "would", "it", "this", "they", "said",
    "says", "are", "were", "which", "who", "his", "their", "been", "should", "our", "you", "its", "but",
    "about", "after", "could", "against", "than", "there", "these", "those", "what", "when", "while",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# English prose has about 0.2 of them among its words, other languages next to none.
_ENOUGH = 0.08
_SURE = 0.7  # of the model's probability; English headlines full of names stay below
_TOO_SHORT = 4  # words; less says nothing about the language
_READ = 20_000  # characters; the language does not change after that
# What the model calls close relatives of English it finds in English headlines.
_RELATIVES = frozenset({"en", "pcm", "sco", "jam", "ang", "bi", "tpi"})
_NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hr": "Croatian", "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def find_foreign_language(text: str) -> str | None:
    """The name of the language a text is in, when that is not English; None when it is, or may be."""
    text = text[:_READ]
    words = _WORD.findall(text)
    if not words:
        return None
    if not _is_latin(text):
        return _NAMES.get(_ask_model(text)[0], "another script")
    everyday = sum(1 for word in words if word.lower() in _EVERYDAY)
    if len(words) < _TOO_SHORT or everyday >= _ENOUGH * len(words):
        return None
    return _find_by_model(text)


def _find_by_model(text: str) -> str | None:
    """What the model is sure of, asked with the names and, as names mislead it, without them."""
    language, sure = _ask_model(text)
    if language in _RELATIVES or sure < _SURE:
        return None
    plain = " ".join(word for word in re.findall(r"\S+", text) if word[:1].islower())
    if len(plain.split()) >= _TOO_SHORT and _ask_model(plain)[0] in _RELATIVES:
        return None
    return _NAMES.get(language, "another language")


def _is_latin(text: str) -> bool:
    """Whether at least half the letters are of the Latin script."""
    letters = [char for char in text if char.isalpha()]
    latin = sum(1 for char in letters if char < "\u0250" or unicodedata.name(char, "").startswith("LATIN"))
    return 2 * latin >= len(letters)


def _ask_model(text: str) -> tuple[str, float]:
    language, sure = _load_model().classify(text)
    return str(language), float(sure)


@lru_cache
def _load_model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
