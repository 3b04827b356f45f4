"""A claim against the questions: everything that speaks for and against its being a statement.

For each question that a claim may be about, and each of its speakers, the rules give what they see (topic,
stance, turn of phrase, limits, day), and the passage is cut out for the trained reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.extract._actors import Cast, Who
from app.extract._claims import QUOTED, Claim
from app.extract._idioms import find_idiom
from app.extract._lexis import find_lexis, read_words
from app.extract._parse import Parse
from app.extract._scope import find_scope
from app.extract._stance import judge
from app.extract._topics import CLEAR, RECENT, Signs, Topic, Topics
from app.extract._verdict import Passage
from app.extract._weigh import Candidate
from app.extract._when import find_day
from app.records import Proposal, Question, Span, Stance

# A passage of so few words that names nothing of the proposal says nothing of it, unless in a turn of phrase.
THIN = 5
# Verbs that give their subject a position of its own, when somebody else says them.
DECIDING = frozenset("refuse reject oppose want block decline support back rule demand plan exclude".split())


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to judge the claims of one text."""

    parse: Parse
    cast: Cast
    topics: Topics
    questions: Mapping[str, Question]
    published: date | None

    def candidates(self, claim: Claim) -> list[Candidate]:
        """The claim against every question that it may be about, once a speaker."""
        chosen = {t.hit.slug: t for t in self.topics.of(claim.tokens)}
        inside = self._inside(claim)
        idiom = find_idiom(self.parse.text[claim.span[0] : claim.span[1]])
        said_on = find_day(self.parse, claim.tokens, claim.quotation, self.published)
        found: list[Candidate] = []
        for signs in self.topics.signs(claim.tokens):
            if signs.own == 0 and idiom is None and len(claim.tokens) <= THIN:
                continue  # "He gave no details."
            question, topic = self.questions[signs.slug], chosen.get(signs.slug)
            pivots = topic.hit.words if topic is not None else signs.hit.words if signs.hit else ()
            judgement = judge(self.parse, pivots, inside)
            words = read_words(self.parse, inside, pivots, question)
            lexis = find_lexis(words)
            scope = find_scope(self.parse, inside, pivots, question)
            elses = topic is not None and self._somebody_elses(claim, topic)
            found.extend(
                Candidate(
                    proposal=replace(_proposal(claim, who, signs.slug), scope=scope, said_on=said_on),
                    who=who,
                    signs=signs,
                    topic=topic,
                    judgement=judgement,
                    idiom=idiom,
                    kind=claim.kind,
                    words=len(claim.tokens),
                    others=len(claim.who),
                    elses=elses,
                    passage=self._passage(claim, who, signs),
                    question=question,
                    words_read=words,
                    lexis=lexis,
                )
                for who in claim.who
            )
        return found

    def _inside(self, claim: Claim) -> frozenset[int]:
        if claim.kind != QUOTED:
            return claim.tokens
        return claim.tokens | {t.i for t in self.parse.tokens_in(*claim.span)}

    def _passage(self, claim: Claim, who: Who, signs: Signs) -> Passage:
        """The claim with the sentence that shows what it is about, the speaker marked."""
        parse, (start, end) = self.parse, claim.span
        numbers = sorted({parse.tokens[i].sentence for i in claim.tokens})
        named_here = signs.own >= CLEAR or signs.beside >= CLEAR or signs.back >= RECENT
        shown = numbers[0] - 1 if named_here else signs.where
        before = self._sentence(shown) if 0 <= shown < numbers[0] else (start, start)
        own = self._sentence(numbers[0])
        if own[0] < start:
            # The rest of its own sentence says more than the one before.
            before = own if before[1] <= before[0] or named_here else before
        before = (before[0], min(before[1], start))
        last = self._sentence(numbers[-1])
        after = (end, max(end, last[1]))
        shown_to = max(end, after[1])
        named = {
            (m.who.start, m.who.end)
            for m in self.cast.scene.mentions_in(min(start, before[0]), shown_to)
            if _same(m.who, who)
        }
        named.add((who.start, who.end))
        if claim.quotation is not None and len(claim.who) == 1:
            named |= {(s.start, s.end) for s in claim.quotation.source}
        return Passage(parse.text, start, end, before, after, _apart(named))

    def _sentence(self, number: int) -> tuple[int, int]:
        first, last = self.parse.sentences[number]
        return self.parse.tokens[first].start, self.parse.tokens[last - 1].end

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


def _proposal(claim: Claim, who: Who, question: str) -> Proposal:
    """What is known of a statement before its stance."""
    quotation = claim.quotation
    return Proposal(
        speaker=who.name,
        actor=who.actor,
        kind=who.kind,
        country=who.country,
        question=question,
        stance=Stance.UNCLEAR,
        attribution=claim.attribution,
        via=who.via,
        start=claim.span[0],
        end=claim.span[1],
        confidence=0.0,
        description=who.description,
        source=quotation.source if quotation else (Span(who.start, who.end),),
        cue=quotation.cue if quotation else (),
        content=quotation.content if quotation else (),
    )


def _same(one: Who, other: Who) -> bool:
    return (one.actor or one.name) == (other.actor or other.name)


def _apart(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans that do not overlap, the longer of two kept."""
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return tuple(sorted(kept))
