"""The four steps in one pass over a text: attribute, match, judge, resolve.

A text that cannot be about any question is recognised by its words and costs nothing more. In the others
only paragraphs that can matter are marked and parsed: those with a question's words, and their neighbours,
since "the idea" and "he" point backwards. A statement needs an actor, a question and a stance; where one
is missing there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.extract._actors import Cast
from app.extract._claims import Claims
from app.extract._gazetteer import GazetteerCache, bare
from app.extract._mark import find_quotations
from app.extract._parse import Parse, parse_many, split_paragraphs
from app.extract._questions import Matcher
from app.extract._read import Reader
from app.extract._topics import Topics
from app.extract._verdict import find_verdicts
from app.extract._weigh import LEAST, Candidate, may_be, propose
from app.records import Proposal, Question, Quotation, SourceText
from app.registers import Registry

STRETCH = 2000  # characters: proposals are compared only with those of the same stretches of text

_gazetteers = GazetteerCache()


def extract_statements(
    texts: Sequence[SourceText], questions: Sequence[Question], registry: Registry
) -> list[tuple[Proposal, ...]]:
    """The statements of each text, in the order of the texts; offsets count its code points.

    Results do not depend on which texts are given together.
    """
    candidates = read_verdicts(sift(find_candidates(texts, questions, registry)))
    return [settle([propose(c) for c in found]) for found in candidates]


def sift(candidates: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """The candidates that are worth asking the trained reader about."""
    return [[c for c in found if may_be(c)] for found in candidates]


def read_verdicts(candidates: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """The candidates with what the trained reader says of each."""
    return [
        [
            replace(c, verdict=v)
            for c, v in zip(found, find_verdicts([(c.question, c.passage) for c in found]), strict=True)
        ]
        for found in candidates
    ]


def settle(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals that are sure enough to be shown at all, without doubles."""
    return without_doubles([p for p in proposals if p.confidence >= LEAST])


def find_candidates(
    texts: Sequence[SourceText], questions: Sequence[Question], registry: Registry
) -> list[list[Candidate]]:
    """All that might be statements, before they are weighed: what the weights are trained on."""
    matcher = Matcher(questions, _place_words(registry), _outsiders(registry))
    found: list[list[Candidate]] = [[] for _ in texts]
    chosen = {
        n: _paragraphs_that_matter(t.text, matcher)
        for n, t in enumerate(texts)
        if matcher.may_concern(t.text)
    }
    relevant = [n for n in chosen if chosen[n]]
    parses = parse_many((texts[n].text, chosen[n]) for n in relevant)
    marked = find_quotations([texts[n].text for n in relevant], [chosen[n] for n in relevant])
    for n, parse, quotations in zip(relevant, parses, marked, strict=True):
        found[n] = _candidates_of(texts[n], parse, quotations, matcher, registry)
    return found


def _place_words(registry: Registry) -> list[str]:
    """Words that name a state or an alliance, bare."""
    words = {bare(c.name) for c in registry.countries.values() if " " not in c.name}
    words |= {
        bare(d) for c in registry.countries.values() for d in c.demonyms if " " not in d and "." not in d
    }
    words |= {bare(a.name) for a in registry.alliances.values() if " " not in a.name}
    return sorted(words)


def _outsiders(registry: Registry) -> list[str]:
    """Adjectives of states that never belonged to NATO, the EU or the G7."""
    west = {m.country for m in registry.memberships if m.alliance in {"nato", "eu", "g7"}}
    return [d for c in registry.countries.values() if c.iso2 not in west for d in c.demonyms if " " not in d]


def _paragraphs_that_matter(text: str, matcher: Matcher) -> list[tuple[int, int]]:
    """Paragraphs with a question's words, with two before them (names, "he") and two after ("the idea")."""
    paragraphs = split_paragraphs(text)
    hot = [n for n, (a, b) in enumerate(paragraphs) if matcher.may_concern(text[a:b])]
    keep = {m for n in hot for m in range(n - 2, n + 3) if 0 <= m < len(paragraphs)}
    return [paragraphs[n] for n in sorted(keep)]


def _candidates_of(
    source: SourceText, parse: Parse, quotations: Sequence[Quotation], matcher: Matcher, registry: Registry
) -> list[Candidate]:
    if not parse.tokens:
        return []
    cast = Cast(parse, registry, _gazetteers.of(registry), on=source.published, quotations=quotations)
    topics = Topics(parse, matcher)
    asked = {p.question.slug: p.question for p in matcher.profiles}
    reader = Reader(parse, cast, topics, asked, source.published)
    return [c for claim in Claims(parse, cast, quotations).find() for c in reader.candidates(claim)]


def without_doubles(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """One statement an actor, question and passage: of overlapping ones the surest stays."""
    kept: list[Proposal] = []
    near: dict[tuple[str, str, int], list[Proposal]] = {}
    for p in sorted(proposals, key=lambda p: (-p.confidence, p.start, p.end)):
        stretches = range(p.start // STRETCH, p.end // STRETCH + 1)
        places = [(p.question, p.actor or p.speaker, n) for n in stretches]
        rival = any(
            min(k.end, p.end) - max(k.start, p.start) > 0.3 * min(k.end - k.start, p.end - p.start)
            for place in places
            for k in near.get(place, ())
        )
        if not rival:
            kept.append(p)
            for place in places:
                near.setdefault(place, []).append(p)
    return tuple(sorted(kept, key=lambda p: (p.start, p.end, p.question, p.speaker)))
