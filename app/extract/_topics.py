"""Which question each sentence of a text speaks of, and what "the idea" points back to.

A single sentence often fits several questions ("NATO troops in Ukraine", during the war or after a
ceasefire), or a question only together with what stands around it ("an invitation" to whom?). So a hit
is weighed by the places that the proposal names, and of questions that live on the same words the one
that the document speaks of otherwise wins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.extract._parse import Parse
from app.extract._questions import WEAK, Hit, Matcher, canonical_stem, stem
from app.extract._stance import find_anaphors

LEAST_MATCH = 0.3
CONTEXT_SENTENCES = 3  # how far back "the idea" may point
STRONG = 0.7  # a hit by more than the thing alone
KNOWN = 0.55  # hits of a question elsewhere in the text that let a weak one count
THEME = 1.5  # hits of a question, by score, that make it what a text is about
# Alliances are named in proposals of every kind; whose accession it is, a state's name tells.
COMMON_PLACES = frozenset({"nato", "eu"})
RECENT = 8  # sentences back at which an earlier hit counts no more
CLEAR = 0.5  # a hit that names a question for the reader
# The least that must speak for a question before a claim is asked about it at all.
OWN, BESIDE, PRESENT = 0.2, 0.4, 0.75


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that a passage speaks of. `back`: sentences back to the words that show it; 0: here."""

    hit: Hit
    back: int
    rivals: int  # other questions that the same words would fit
    place: float  # how near the proposal's place stands, 0..1
    share: float  # part of the hit's words that lie in the passage itself


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a question where a claim stands; scores are in 0..1, `back` counts sentences."""

    slug: str
    hit: Hit | None  # the question's best hit that has words in the claim, those words only
    share: float  # part of that hit's words that lie in the claim
    own: float  # its score
    beside: float  # best hit in the claim's sentences outside of it
    back: int  # sentences back to the last clear hit before the claim, at most RECENT
    recent: float  # the score of that hit
    newest: bool  # whether no other question was clearly named since
    after: float  # best hit in the sentence that follows
    first: float  # best hit in the text's first two sentences
    weight: float  # how much the whole text speaks of the question
    part: float  # its part of what the text says of all questions
    claimed: float  # as `weight`, words that fit several questions counting for each
    leads: float  # the same against the question that has most
    rival: float  # best hit in the claim of another question
    rival_recent: float  # best hit of another question in the two sentences before
    place: float  # how near the proposal's place stands
    where: int  # the sentence that names the question: the claim's own or the last before


class Topics:
    """The hits of every sentence of one text."""

    def __init__(self, parse: Parse, matcher: Matcher) -> None:
        self.parse = parse
        self.matcher = matcher
        self.stems = [stem(t.text) for t in parse.tokens]
        self.canon = [{canonical_stem(s) for s in self.stems[a:b]} for a, b in parse.sentences]
        self._spoken: dict[str, list[int]] = {}  # sentences that speak of what a proposal comes after
        self.hits = [self._hits_of(n) for n in range(len(parse.sentences))]
        self.weight: dict[str, float] = {}
        self.claimed: dict[str, float] = {}  # the same, questions that live on the same words each counting
        for hits in self.hits:
            for hit in hits:
                part = hit.score if hit.score >= CLEAR else hit.score / 2
                self.claimed[hit.slug] = self.claimed.get(hit.slug, 0.0) + part
            taken: set[int] = set()
            for hit in hits:
                # Of questions that live on the same words, only the best gains by them.
                if not taken & set(hit.words):
                    part = hit.score if hit.score >= STRONG else hit.score / 2
                    self.weight[hit.slug] = self.weight.get(hit.slug, 0.0) + part
                taken.update(hit.words)

    def _hits_of(self, number: int) -> list[Hit]:
        first, last = self.parse.sentences[number]
        found = self.matcher.match([t.text for t in self.parse.tokens[first:last]])
        hits = [
            replace(h, score=h.score * self._in_time(h.slug, number), words=tuple(first + i for i in h.words))
            for h in found
        ]
        return sorted(hits, key=lambda h: (-h.score, h.slug))

    def _in_time(self, slug: str, number: int) -> float:
        """A proposal for after a ceasefire is meant only where a ceasefire is spoken of."""
        later = self.matcher.later_than(slug)
        if not later:
            return 1.0
        if slug not in self._spoken:
            self._spoken[slug] = [
                n for n, words in enumerate(self.canon) if any(part <= words for part in later)
            ]
        spoken = self._spoken[slug]
        if bisect_right(spoken, number) > bisect_left(spoken, number - CONTEXT_SENTENCES):
            return 1.15
        return 0.95 if len(spoken) >= 2 else 0.6

    def signs(self, tokens: Collection[int]) -> list[Signs]:
        """Every question that these tokens may be about, with what speaks for it."""
        numbers = sorted({self.parse.tokens[i].sentence for i in tokens})
        if not numbers:
            return []
        total = sum(self.weight.values()) or 1.0
        heaviest = max(self.claimed.values(), default=1.0)
        found = []
        for slug, claimed in self.claimed.items():
            weight = self.weight.get(slug, 0.0)
            signs = self._signs_of(slug, numbers, tokens, total)
            if (
                signs.own >= OWN
                or signs.beside >= BESIDE
                or (signs.back <= CONTEXT_SENTENCES and signs.recent >= CLEAR)
                or (claimed >= PRESENT and claimed >= 0.5 * heaviest)
                or (weight >= PRESENT and signs.part >= 0.3)
            ):
                found.append(signs)
        return found

    def _signs_of(self, slug: str, numbers: Sequence[int], tokens: Collection[int], total: float) -> Signs:
        weight = self.weight.get(slug, 0.0)
        own, share, best = 0.0, 0.0, None
        beside = rival = 0.0
        where = numbers[0]
        for number in numbers:
            for hit in self.hits[number]:
                words = tuple(i for i in hit.words if i in tokens)
                here = len(words) / len(hit.words)
                if hit.slug != slug:
                    rival = max(rival, hit.score * here)
                elif words and hit.score * (0.5 + 0.5 * here) > own:
                    own, share, best = hit.score * (0.5 + 0.5 * here), here, replace(hit, words=words)
                    where = number
                elif not words:
                    beside = max(beside, hit.score)
        back, recent, newest = RECENT, 0.0, True
        for step in range(1, RECENT):
            number = numbers[0] - step
            if number < 0 or back < RECENT:
                break
            for hit in self.hits[number]:
                if hit.slug == slug and hit.score >= CLEAR:
                    back, recent = step, hit.score
                    if best is None and not beside:
                        where = number
                elif hit.score >= STRONG and step <= back:
                    newest = newest and any(h.slug == slug and h.score > hit.score for h in self.hits[number])
        following = self.hits[numbers[-1] + 1] if numbers[-1] + 1 < len(self.hits) else []
        before = [h for n in range(max(0, numbers[0] - 2), numbers[0]) for h in self.hits[n]]
        return Signs(
            slug=slug,
            hit=best,
            share=share,
            own=own,
            beside=beside,
            back=back,
            recent=recent,
            newest=newest,
            after=max((h.score for h in following if h.slug == slug), default=0.0),
            first=max((h.score for hits in self.hits[:2] for h in hits if h.slug == slug), default=0.0),
            weight=weight,
            part=weight / total,
            claimed=self.claimed[slug],
            leads=self.claimed[slug] / max(self.claimed.values()),
            rival=rival,
            rival_recent=max((h.score for h in before if h.slug != slug), default=0.0),
            place=self._place(slug, where),
            where=where,
        )

    def of(self, tokens: Collection[int]) -> list[Topic]:
        """The questions these tokens speak of: by their own words, else by what they point back to."""
        numbers = sorted({self.parse.tokens[i].sentence for i in tokens})
        if not numbers:
            return []
        own: dict[str, Topic] = {}
        for number in numbers:
            for topic in self._in_sentence(number, tokens):
                slug = topic.hit.slug
                if slug not in own or topic.hit.score > own[slug].hit.score:
                    own[slug] = topic
        chosen = self._without_rivals(list(own.values()))
        return chosen or self._pointed_at(tokens, numbers[0])

    def _in_sentence(self, number: int, tokens: Collection[int]) -> list[Topic]:
        found = []
        for hit in self.hits[number]:
            words = tuple(i for i in hit.words if i in tokens)
            if not words:
                continue
            share = len(words) / len(hit.words)
            place = self._place(hit.slug, number)
            score = hit.score * place * (1.0 if share >= 0.5 else 0.6)
            if hit.score <= WEAK and self.weight.get(hit.slug, 0.0) < KNOWN:
                continue
            if score >= LEAST_MATCH:
                found.append(Topic(replace(hit, score=score, words=words), 0, 0, place, share))
        return found

    def _without_rivals(self, topics: list[Topic]) -> list[Topic]:
        """Of questions that live on the same words, the best one."""
        chosen: list[Topic] = []
        for topic in sorted(
            topics, key=lambda t: (-t.hit.score, -self.weight.get(t.hit.slug, 0), -t.hit.covered, t.hit.slug)
        ):
            rivals = [c for c in chosen if set(c.hit.words) & set(topic.hit.words)]
            if not rivals:
                chosen.append(topic)
                continue
            best = rivals[0]
            # A question that is never among the best two of a sentence has no weight in the text.
            weight, heaviest = (self.weight.get(t.hit.slug, 0.0) for t in (topic, best))
            if topic.hit.score > 0.9 * best.hit.score and weight > 1.3 * heaviest:
                chosen = [replace(topic, rivals=best.rivals + 1) if c is best else c for c in chosen]
            else:
                chosen = [replace(c, rivals=c.rivals + 1) if c is best else c for c in chosen]
        return chosen

    def _pointed_at(self, tokens: Collection[int], number: int) -> list[Topic]:
        anaphors = tuple(find_anaphors(self.parse, tokens))
        for back in range(CONTEXT_SENTENCES + 1 if anaphors else 2):
            earlier = number - back
            if earlier < 0:
                break
            hits = [h for h in self.hits[earlier] if h.score >= 0.5 and not set(h.words) & set(tokens)]
            topics = self._without_rivals(
                [
                    Topic(h, back, 0, place, 0.0)
                    for h in hits
                    if (place := self._place(h.slug, earlier)) >= 0.9
                ]
            )
            if topics:
                best = topics[0]
                hit = Hit(best.hit.slug, best.hit.score * 0.85**back, anaphors)
                return [replace(best, hit=hit, back=back + 1)]
        return self._theme(anaphors)

    def _theme(self, anaphors: tuple[int, ...]) -> list[Topic]:
        """What the whole text is about, when it is about one question above all."""
        ranked = sorted(self.weight.items(), key=lambda w: (-w[1], w[0]))
        if not ranked or ranked[0][1] < THEME or (len(ranked) > 1 and ranked[1][1] > 0.6 * ranked[0][1]):
            return []
        return [Topic(Hit(ranked[0][0], 0.5, anaphors), CONTEXT_SENTENCES + 2, 0, 1.0, 0.0)]

    def _place(self, slug: str, number: int) -> float:
        """1 where a place of the proposal stands in the sentence or the two before it, less further off."""
        wanted = self.matcher.places_of(slug) - COMMON_PLACES
        if not wanted:
            return 1.0
        for back in range(3):
            if number - back < 0:
                break
            first, last = self.parse.sentences[number - back]
            if _names_one(wanted, self.stems[first:last]):
                return 1.0 if back == 0 else 0.95
        return 0.9 if _names_one(wanted, self.stems[:80]) else 0.6


def _names_one(wanted: Collection[str], stems: Sequence[str]) -> bool:
    """Whether a place or its adjective is named: "ukrain" in "ukrainian"."""
    return any(s == w or (len(w) > 4 and s.startswith(w[:5])) for s in stems for w in wanted)
