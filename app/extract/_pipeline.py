"""The four steps in one pass over a text: attribute, match, judge, resolve.

A text that cannot be about any question is recognised by its words and costs nothing more. In the others
only paragraphs that can matter are parsed and marked: those with a question's words and their neighbours,
since "the idea" and "he" point backwards. Then every sentence is asked twice:

  who is quoted or reported here (the marker's quotations), and is what they say about a question;
  whom does the reporter describe as acting on a question ("Italy has ruled out troops").

A statement needs an actor, a question and a stance; where one is missing there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.extract._actors import FIRST, Cast, Who
from app.extract._gazetteer import GazetteerCache, bare
from app.extract._mark import find_quotations
from app.extract._parse import Parse, Token, parse_many, split_paragraphs
from app.extract._questions import Hit, Matcher
from app.extract._stance import Judgement, find_anaphors, judge
from app.records import ActorKind, Attribution, Proposal, Question, Quotation, SourceText, Span
from app.registers import Registry

CONTEXT_SENTENCES = 3  # how far back "the idea" may point
LEAST_MATCH = 0.5

_gazetteers = GazetteerCache()


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody takes a position in these tokens: what is left to ask is on which question, and which."""

    who: tuple[Who, ...]
    tokens: frozenset[int]  # the words that carry the position
    span: tuple[int, int]  # characters of the passage
    attribution: Attribution
    quotation: Quotation | None
    weight: float


def extract_statements(
    texts: Sequence[SourceText], questions: Sequence[Question], registry: Registry
) -> list[tuple[Proposal, ...]]:
    """The statements of each text, in the order of the texts; offsets count its code points.

    Results do not depend on which texts are given together.
    """
    matcher = Matcher(questions, _place_words(registry))
    relevant = [n for n, text in enumerate(texts) if matcher.may_concern(text.text)]
    found: list[tuple[Proposal, ...]] = [() for _ in texts]
    chosen = {n: _paragraphs_that_matter(texts[n].text, matcher) for n in relevant}
    relevant = [n for n in relevant if chosen[n]]
    parses = parse_many((texts[n].text, chosen[n]) for n in relevant)
    marked = find_quotations([texts[n].text for n in relevant], [chosen[n] for n in relevant])
    for n, parse, quotations in zip(relevant, parses, marked, strict=True):
        found[n] = _Reader(texts[n], parse, quotations, matcher, registry).read()
    return found


def _place_words(registry: Registry) -> list[str]:
    """Words that name a state or an alliance, bare."""
    words = set()
    for country in registry.countries.values():
        if " " not in country.name:
            words.add(bare(country.name))
        words.update(bare(d) for d in country.demonyms if " " not in d and "." not in d)
    words.update(bare(a.name) for a in registry.alliances.values() if " " not in a.name)
    return sorted(words)


def _paragraphs_that_matter(text: str, matcher: Matcher) -> list[tuple[int, int]]:
    """Paragraphs with a question's words, two before each (names, "he") and two after ("the idea")."""
    paragraphs = split_paragraphs(text)
    hot = [matcher.may_concern(text[a:b]) for a, b in paragraphs]
    keep = {m for n, h in enumerate(hot) if h for m in range(n - 2, n + 3) if 0 <= m < len(paragraphs)}
    return [paragraphs[n] for n in sorted(keep)]


class _Reader:
    """Reads one text."""

    def __init__(
        self,
        source: SourceText,
        parse: Parse,
        quotations: Sequence[Quotation],
        matcher: Matcher,
        registry: Registry,
    ) -> None:
        self.source = source
        self.parse = parse
        self.quotations = quotations
        self.matcher = matcher
        self.registry = registry
        self.cast = Cast(parse, registry, _gazetteers.of(registry), on=source.published)
        self.quoted = _quoted_tokens(parse)
        self.hits = [self._hits_of_sentence(n) for n in range(len(parse.sentences))]

    def read(self) -> tuple[Proposal, ...]:
        proposals = []
        for claim in self._claims():
            proposals.extend(self._statements_of(claim))
        return _without_doubles(proposals)

    # ---- match ------------------------------------------------------------------------------------

    def _hits_of_sentence(self, number: int) -> list[Hit]:
        first, last = self.parse.sentences[number]
        hits = self.matcher.match([t.text for t in self.parse.tokens[first:last]])
        return [replace(h, words=tuple(first + i for i in h.words)) for h in hits]

    def _questions_of(self, claim: Claim) -> list[tuple[Hit, bool]]:
        """The questions a claim is about, and whether only by pointing back ("the idea")."""
        numbers = sorted({self.parse.tokens[i].sentence for i in claim.tokens})
        found: dict[str, tuple[Hit, bool]] = {}
        for number in numbers:
            for hit in self.hits[number]:
                words = tuple(i for i in hit.words if i in claim.tokens)
                share = len(words) / max(1, len(hit.words))
                score = hit.score * (1.0 if share >= 0.5 else 0.55)
                if not words:
                    continue
                if hit.slug not in found or score > found[hit.slug][0].score:
                    found[hit.slug] = (Hit(hit.slug, score, words), False)
        direct = self._best_of([h for h, _ in found.values()], numbers[0] if numbers else 0)
        if direct:
            return [(h, False) for h in direct]
        anaphors = find_anaphors(self.parse, claim.tokens)
        if not anaphors or not numbers:
            return []
        for back in range(numbers[0], max(-1, numbers[0] - CONTEXT_SENTENCES - 1), -1):
            hits = [h for h in self.hits[back] if not (back == numbers[0] and any(i in claim.tokens for i in h.words))]
            earlier = self._best_of(hits, back)
            if earlier:
                fade = 0.8 ** (numbers[0] - back)
                return [(Hit(h.slug, h.score * fade, tuple(anaphors)), True) for h in earlier[:1]]
        return []

    def _best_of(self, hits: list[Hit], number: int) -> list[Hit]:
        """Of questions that share words, the one whose places and phrases fit best; others beside it."""
        kept = []
        for hit in hits:
            score = hit.score * self._place_fit(hit.slug, number)
            if score >= LEAST_MATCH:
                kept.append(replace(hit, score=score))
        kept.sort(key=lambda h: (-h.score, h.slug))
        chosen: list[Hit] = []
        for hit in kept:
            rivals = [c for c in chosen if set(c.words) & set(hit.words)]
            if rivals and hit.score < 0.97 * max(r.score for r in rivals):
                continue
            if rivals:
                # Equal on the words themselves: what the document speaks of otherwise decides.
                if self._in_document(hit.slug) > max(self._in_document(r.slug) for r in rivals):
                    chosen = [c for c in chosen if c not in rivals]
                else:
                    continue
            chosen.append(hit)
        return chosen

    def _in_document(self, slug: str) -> float:
        return sum(h.score for hits in self.hits for h in hits[:1] if h.slug == slug)

    def _place_fit(self, slug: str, number: int) -> float:
        """Whether the places of the proposal stand near: 1 in the sentence or just before, less further off."""
        from app.extract._questions import stem

        wanted = {p for p in self.matcher.places_of(slug) if p not in _ALLIANCE_STEMS}
        if not wanted:
            return 1.0
        for back in range(3):
            if number - back < 0:
                break
            first, last = self.parse.sentences[number - back]
            seen = {stem(t.text) for t in self.parse.tokens[first:last]}
            if wanted & seen or any(len(w) > 4 and any(s.startswith(w[:6]) for s in seen) for w in wanted):
                return 1.0
            others = {s for s in seen if s in _place_stems(self.registry)} - wanted
            if others and back == 0:
                continue
        whole = {stem(w) for w in self.parse.text.split()[:60]}
        return 0.9 if any(any(s.startswith(w[:6]) for s in whole) for w in wanted) else 0.6

    # ---- claims -----------------------------------------------------------------------------------

    def _claims(self) -> list[Claim]:
        quoted = [c for q in self.quotations if (c := self._claim_of_quotation(q)) is not None]
        taken = {i for c in quoted for i in c.tokens}
        reported = [c for n in range(len(self.parse.sentences)) for c in self._claims_of_sentence(n, taken)]
        return [*quoted, *reported]

    def _claim_of_quotation(self, quotation: Quotation) -> Claim | None:
        parse = self.parse
        content = [t for span in quotation.content for t in parse.tokens_in(span.start, span.end)]
        if not content:
            return None
        source = [t for span in quotation.source for t in parse.tokens_in(span.start, span.end)]
        cue = [t for span in quotation.cue for t in parse.tokens_in(span.start, span.end)]
        who = self._who_of(source, content)
        if not who:
            return None
        spans = [*quotation.source, *quotation.cue, *quotation.content]
        start, end = self._passage(spans, content)
        return Claim(
            tuple(who),
            frozenset(t.i for t in (*content, *cue)),
            (start, end),
            self._attribution_of(content),
            quotation,
            1.0,
        )

    def _who_of(self, source: list[Token], content: list[Token]) -> list[Who]:
        if not source:
            return self._running_speaker(content)
        inside = {t.i for t in source}
        heads = [t for t in source if t.head not in inside or t.head == t.i]
        found: list[Who] = []
        for head in heads:
            if head.pos in {"PUNCT", "ADP", "CCONJ", "DET"} and len(heads) > 1:
                continue
            found.extend(self.cast.resolve(head.i))
        if not found:
            for token in source:
                if token.pos in {"PROPN", "PRON", "NOUN"}:
                    found = self.cast.resolve(token.i)
                if found:
                    break
        if not found and any(t.text.casefold() in FIRST for t in source):
            return self._running_speaker(content)
        return _unique(found)

    def _running_speaker(self, content: list[Token]) -> list[Who]:
        """A quotation without a source belongs to whoever was quoted last, within the paragraph before."""
        start = content[0].start
        before = [q for q in self.quotations if q.source and q.content and q.content[0].start < start]
        if not before:
            return []
        last = max(before, key=lambda q: q.content[0].start)
        if start - last.content[-1].end > 400:
            return []
        source = [t for s in last.source for t in self.parse.tokens_in(s.start, s.end)]
        return [replace(w, sure=w.sure * 0.8) for w in (self._who_of(source, content) if source else [])]

    def _passage(self, spans: Sequence[Span], content: Sequence[Token]) -> tuple[int, int]:
        """From source to content where they share a sentence, else the content's own clauses."""
        sentences = {t.sentence for t in content}
        start, end = min(t.start for t in content), max(t.end for t in content)
        for span in spans:
            touched = {t.sentence for t in self.parse.tokens_in(span.start, span.end)}
            if touched & sentences:
                start, end = min(start, span.start), max(end, span.end)
        return self._with_marks(start, end)

    def _with_marks(self, start: int, end: int) -> tuple[int, int]:
        """Takes in a quotation mark that opens or closes right at the edge."""
        text = self.parse.text
        if start > 0 and text[start - 1] in "“\"«„":
            start -= 1
        while end < len(text) and text[end] in "”\"»,." and text[end - 1 : end] not in {"”", '"', "»"}:
            end += 1
            if text[end - 1] in "”\"»":
                break
        while end > start and text[end - 1] in ",; \n":
            end -= 1
        return start, end

    def _attribution_of(self, content: Sequence[Token]) -> Attribution:
        words = [t for t in content if t.pos not in {"PUNCT", "SPACE", "SYM"}]
        inside = sum(t.i in self.quoted for t in words)
        if not words or inside <= 1 or inside / len(words) < 0.15 and inside < 3:
            return Attribution.INDIRECT
        return Attribution.DIRECT if inside >= 0.9 * len(words) else Attribution.MIXED

    def _claims_of_sentence(self, number: int, taken: set[int]) -> list[Claim]:
        """What the reporter says an actor does about a question, outside of what others say."""
        parse = self.parse
        first, last = parse.sentences[number]
        claims = []
        for token in parse.tokens[first:last]:
            if token.pos in {"VERB", "AUX"} and token.i not in taken:
                claim = self._claim_of_verb(token, taken)
            elif token.pos == "NOUN" and token.i not in taken:
                claim = self._claim_of_noun(token, taken)
            else:
                continue
            if claim is not None:
                claims.append(claim)
        return _outermost(claims)

    def _claim_of_verb(self, token: Token, taken: set[int]) -> Claim | None:
        parse = self.parse
        children = parse.children(token.i)
        subjects = [c for c in children if c.dep == "nsubj"]
        if token.dep == "conj" and not subjects:
            head = parse.tokens[token.head]
            subjects = [c for c in parse.children(head.i) if c.dep == "nsubj"]
        agents = [g for c in children if c.dep == "agent" for g in parse.children(c.i) if g.dep == "pobj"]
        passive = any(c.dep == "nsubjpass" for c in children)
        speakers = agents if passive else subjects
        who = _unique([w for s in speakers for w in self.cast.resolve(s.i)])
        if not who:
            return None
        below = {t.i for t in parse.subtree(token.i)} - taken
        if not passive:
            below -= {t.i for s in speakers for t in parse.subtree(s.i)}
        below.add(token.i)
        tokens = frozenset(below)
        return Claim(tuple(who), tokens, self._clause(token, tokens, speakers), self._attribution_of([parse.tokens[i] for i in sorted(tokens)]), None, 0.8)

    def _claim_of_noun(self, token: Token, taken: set[int]) -> Claim | None:
        """ "Macron's suggestion that nothing be excluded", "Biden's decision to let Kyiv fire ATACMS"."""
        parse = self.parse
        owners = [c for c in parse.children(token.i) if c.dep == "poss" and c.i not in taken]
        who = _unique([w for o in owners for w in self.cast.resolve(o.i)])
        content = [c for c in parse.children(token.i) if c.dep in {"acl", "prep", "relcl"}]
        if not who or not content:
            return None
        below = frozenset({t.i for t in parse.subtree(token.i)} - {t.i for o in owners for t in parse.subtree(o.i)} - taken)
        start = min(t.start for o in owners for t in parse.subtree(o.i))
        end = max((parse.tokens[i].end for i in below), default=token.end)
        return Claim(tuple(who), below | {token.i}, self._with_marks(start, end), self._attribution_of([parse.tokens[i] for i in sorted(below)]), None, 0.7)

    def _clause(self, token: Token, tokens: frozenset[int], speakers: Sequence[Token]) -> tuple[int, int]:
        parse = self.parse
        ends = [parse.tokens[i] for i in tokens] + [t for s in speakers for t in parse.subtree(s.i)]
        start, end = min(t.start for t in ends), max(t.end for t in ends)
        return self._with_marks(start, end)

    # ---- statements -------------------------------------------------------------------------------

    def _statements_of(self, claim: Claim) -> list[Proposal]:
        statements = []
        for hit, anaphoric in self._questions_of(claim):
            judgement = judge(self.parse, hit.words, claim.tokens)
            if judgement is None or self._somebody_elses(claim, hit):
                continue
            for who in claim.who:
                statements.append(self._proposal(claim, who, hit, judgement, anaphoric=anaphoric))
        return statements

    def _somebody_elses(self, claim: Claim, hit: Hit) -> bool:
        """Whether the clause that carries the proposal has another actor of another side as its subject."""
        if claim.quotation is None:
            return False
        sides = {w.country for w in claim.who}
        for word in hit.words[:1]:
            for token in [self.parse.tokens[word], *self.parse.ancestors(word)]:
                if token.i not in claim.tokens:
                    break
                for child in self.parse.children(token.i):
                    if child.dep == "nsubj" and child.i not in hit.words and token.pos in {"VERB", "AUX"}:
                        others = self.cast.resolve(child.i) if child.pos in {"PROPN"} else []
                        if others and not any(o.country in sides for o in others) and self._deciding(token):
                            return True
        return False

    def _deciding(self, token: Token) -> bool:
        return token.lemma in {"refuse", "reject", "oppose", "want", "block", "decline", "support", "back", "rule", "demand", "plan"}

    def _proposal(self, claim: Claim, who: Who, hit: Hit, judgement: Judgement, *, anaphoric: bool) -> Proposal:
        sure = judgement.sure * (0.55 + 0.45 * hit.score) * who.sure * (0.75 + 0.25 * claim.weight)
        if anaphoric:
            sure *= 0.85
        start, end = claim.span
        quotation = claim.quotation
        return Proposal(
            speaker=who.name,
            actor=who.actor,
            kind=who.kind,
            country=who.country,
            question=hit.slug,
            stance=judgement.stance,
            attribution=claim.attribution,
            via=who.via,
            start=start,
            end=end,
            confidence=round(min(0.99, sure), 3),
            said_on=None,
            description=who.description,
            source=quotation.source if quotation else (Span(who.start, who.end),),
            cue=quotation.cue if quotation else (),
            content=quotation.content if quotation else (),
        )


_ALLIANCE_STEMS = frozenset({"nato", "eu"})
_known_places: dict[int, frozenset[str]] = {}


def _place_stems(registry: Registry) -> frozenset[str]:
    from app.extract._questions import stem

    return frozenset(stem(w) for w in _place_words(registry))


def _quoted_tokens(parse: Parse) -> frozenset[int]:
    """Tokens between quotation marks; a quotation left open runs to the end of its paragraph."""
    inside: set[int] = set()
    quoted = False
    line = -1
    for token in parse.tokens:
        here = parse.text.count("\n", 0, token.start) if "\n" in parse.text else 0
        if here != line:
            quoted, line = False, here
        if token.text in {"“", "„", "«"}:
            quoted = True
        elif token.text in {"”", "»"}:
            quoted = False
        elif token.text in {'"', "''", "``"}:
            quoted = not quoted
        elif quoted:
            inside.add(token.i)
    return frozenset(inside)


def _unique(found: Sequence[Who]) -> list[Who]:
    seen: dict[str, Who] = {}
    for who in found:
        seen.setdefault(who.actor or who.name, who)
    return list(seen.values())


def _outermost(claims: list[Claim]) -> list[Claim]:
    """One claim an actor and a clause: an inner verb of the same subject adds nothing."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: c.span[0] - c.span[1]):
        names = {w.actor or w.name for w in claim.who}
        if any(claim.tokens <= k.tokens and names <= {w.actor or w.name for w in k.who} for k in kept):
            continue
        kept.append(claim)
    return kept


def _without_doubles(proposals: list[Proposal]) -> tuple[Proposal, ...]:
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


__all__ = ["ActorKind", "date", "extract_statements"]
