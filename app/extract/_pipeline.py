"""The four steps in one pass over a text: attribute, match, judge, resolve.

A text that cannot be about any question is recognised by its words and costs nothing more. In the others
only paragraphs that can matter are marked and parsed: those with a question's words, and their neighbours,
since "the idea" and "he" point backwards. A statement needs an actor, a question and a stance; where one
is missing there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.extract._actors import Cast, Who
from app.extract._claims import QUOTED, Claim, Claims
from app.extract._gazetteer import GazetteerCache, bare
from app.extract._idioms import find_idiom
from app.extract._mark import find_quotations
from app.extract._parse import Parse, parse_many, split_paragraphs
from app.extract._questions import Matcher
from app.extract._stance import Judgement, judge
from app.extract._topics import CONTEXT_SENTENCES, Topic, Topics
from app.extract._weigh import LEAST, Candidate, weigh
from app.records import Proposal, Question, Quotation, SourceText, Span
from app.registers import Registry

_gazetteers = GazetteerCache()

# Verbs that give their subject a position of its own, when somebody else says them.
DECIDING = frozenset("refuse reject oppose want block decline support back rule demand plan exclude".split())


def extract_statements(
    texts: Sequence[SourceText], questions: Sequence[Question], registry: Registry
) -> list[tuple[Proposal, ...]]:
    """The statements of each text, in the order of the texts; offsets count its code points.

    Results do not depend on which texts are given together.
    """
    candidates = find_candidates(texts, questions, registry)
    return [settle([c.propose(weigh(c)) for c in found]) for found in candidates]


def settle(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals that are sure enough to be shown at all, without doubles."""
    return _without_doubles([p for p in proposals if p.confidence >= LEAST])


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
    cast = Cast(parse, registry, _gazetteers.of(registry), on=source.published)
    topics = Topics(parse, matcher)
    reader = _Reader(parse, cast, topics)
    return [c for claim in Claims(parse, cast, quotations).find() for c in reader.candidates(claim)]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to judge the claims of one text."""

    parse: Parse
    cast: Cast
    topics: Topics

    def candidates(self, claim: Claim) -> list[Candidate]:
        found: list[Candidate] = []
        for topic in self.topics.of(claim.tokens):
            judgement = self._judge(claim, topic)
            if judgement is None or _too_thin(topic, judgement) or self._somebody_elses(claim, topic):
                continue
            found.extend(self._candidate(claim, who, topic, judgement) for who in claim.who)
        return found

    def _judge(self, claim: Claim, topic: Topic) -> Judgement | None:
        """A turn of phrase decides; the parse where there is none. Both agreeing is surer than either."""
        start, end = claim.span
        inside = claim.tokens
        if claim.kind == QUOTED:
            inside = inside | {t.i for t in self.parse.tokens_in(start, end)}
        judgement = judge(self.parse, topic.hit.words, inside)
        idiom = find_idiom(self.parse.text[start:end])
        if idiom is None:
            return judgement
        if judgement is not None and judgement.stance is idiom:
            return Judgement(idiom, 0.95, "idiom agreed")
        return Judgement(idiom, 0.8, "idiom")

    def _candidate(self, claim: Claim, who: Who, topic: Topic, judgement: Judgement) -> Candidate:
        quotation = claim.quotation
        return Candidate(
            proposal=Proposal(
                speaker=who.name,
                actor=who.actor,
                kind=who.kind,
                country=who.country,
                question=topic.hit.slug,
                stance=judgement.stance,
                attribution=claim.attribution,
                via=who.via,
                start=claim.span[0],
                end=claim.span[1],
                confidence=0.0,
                description=who.description,
                source=quotation.source if quotation else (Span(who.start, who.end),),
                cue=quotation.cue if quotation else (),
                content=quotation.content if quotation else (),
            ),
            who=who,
            topic=topic,
            judgement=judgement,
            kind=claim.kind,
            words=len(claim.tokens),
            weight=self.topics.weight.get(topic.hit.slug, 0.0),
        )

    def _somebody_elses(self, claim: Claim, topic: Topic) -> bool:
        """Whether the clause that carries the proposal has an actor of another side as its subject."""
        if claim.kind != QUOTED:
            return False
        sides = {w.country for w in claim.who}
        for word in topic.hit.words[:1]:
            for token in [self.parse.tokens[word], *self.parse.ancestors(word)]:
                if token.i not in claim.tokens:
                    break
                if token.lemma not in DECIDING:
                    continue
                for child in self.parse.children(token.i):
                    if child.dep == "nsubj" and child.pos == "PROPN":
                        others = self.cast.resolve(child.i)
                        if others and not any(o.country in sides for o in others):
                            return True
        return False


def _too_thin(topic: Topic, judgement: Judgement) -> bool:
    """What only points back to a question must say something plain of it."""
    if topic.back > CONTEXT_SENTENCES + 1:
        return not judgement.why.startswith("idiom")
    return topic.back >= 2 and judgement.why == "words"


def _without_doubles(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """One statement an actor, question and passage: of overlapping ones the surest stays."""
    kept: list[Proposal] = []
    for p in sorted(proposals, key=lambda p: (-p.confidence, p.start, p.end)):
        rival = any(
            k.question == p.question
            and (k.actor or k.speaker) == (p.actor or p.speaker)
            and min(k.end, p.end) - max(k.start, p.start) > 0.3 * min(k.end - k.start, p.end - p.start)
            for k in kept
        )
        if not rival:
            kept.append(p)
    return tuple(sorted(kept, key=lambda p: (p.start, p.end, p.question, p.speaker)))
