"""Who takes a position where: the passages of a text that put words or acts into an actor's mouth.

Two sources, asked in this order:

  quotations   what the marker found: source, cue and content;
  clauses      what the reporter says an actor does ("Italy has ruled out troops"), outside of what
               others are quoted as saying, and nouns that hold a position ("Macron's suggestion that ...").

Whether a claim is about any question, and which stance it takes, is asked later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.extract._actors import FIRST, Cast, Who
from app.extract._parse import Parse, Token
from app.records import Attribution, Quotation, Span

QUOTED, VERB, NOUN, LABEL, MENTION = "quoted", "verb", "noun", "label", "mention"
# A quotation without a source belongs to whoever spoke at most this many characters before.
RUNNING = 400


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody takes a position in these tokens; `span` is the passage that proves it."""

    who: tuple[Who, ...]
    tokens: frozenset[int]
    span: tuple[int, int]
    attribution: Attribution
    kind: str
    quotation: Quotation | None = None


class Claims:
    """Finds the claims of one text."""

    def __init__(self, parse: Parse, cast: Cast, quotations: Sequence[Quotation]) -> None:
        self.parse = parse
        self.cast = cast
        self.quotations = quotations
        self.quoted = cast.quoted
        self._sourced = sorted((q for q in quotations if q.source), key=lambda q: q.content[-1].end)
        self._ends = [q.content[-1].end for q in self._sourced]

    def find(self) -> list[Claim]:
        """Quotations first, then what clauses and nouns say outside of them."""
        quoted = [c for q in self.quotations for c in self._of_quotation(q)]
        # Words of somebody who could not be told are left to the reporter's clauses.
        content = {t.i for c in quoted if c.quotation for t in self._tokens(c.quotation.content)}
        reported: list[Claim] = []
        beside = self._by_sentence(quoted)
        for number, (first, last) in enumerate(self.parse.sentences):
            near = beside.get(number, [])
            found = [
                c
                for t in self.parse.tokens[first:last]
                if t.i not in content and (c := self._of_token(t, content))
            ]
            found.extend(self._of_label(first, last, content))
            here = [c for c in _outermost(found) if not any(_covers(q, c) for q in near)]
            reported.extend(here)
            reported.extend(self._of_mentions(first, last, content, [*near, *here]))
        return [*quoted, *reported]

    def _by_sentence(self, claims: Sequence[Claim]) -> dict[int, list[Claim]]:
        """The claims that touch each sentence. All but quotations stay inside of one."""
        found: dict[int, list[Claim]] = {}
        for claim in claims:
            touched = {self.parse.tokens[i].sentence for i in claim.tokens}
            touched |= {t.sentence for t in self.parse.tokens_in(*claim.span)}
            for number in sorted(touched):
                found.setdefault(number, []).append(claim)
        return found

    def _of_mentions(self, first: int, last: int, content: set[int], known: Sequence[Claim]) -> list[Claim]:
        """Whoever a sentence names without any claim of theirs: "Budapest fumes", "In Rome the fear is that".

        Not those whom somebody else speaks of.
        """
        words = self.parse.tokens[first:last]
        here = frozenset(range(first, last))
        claimed = {w.actor or w.name for c in known if c.tokens & here for w in c.who}
        found: list[Claim] = []
        for token in words:
            if token.i in content or not self.cast.names_somebody(token.i):
                continue
            for who in self.cast.resolve(token.i):
                name = who.actor or who.name
                if name in claimed:
                    continue
                claimed.add(name)
                clause = frozenset(t.i for t in self._clause(token, first, last))
                span = self._edges(
                    min(self.parse.tokens[i].start for i in clause),
                    max(self.parse.tokens[i].end for i in clause),
                )
                tokens = [self.parse.tokens[i] for i in sorted(clause)]
                found.append(Claim((who,), clause, span, self._attribution(tokens), MENTION))
        return found

    def _clause(self, token: Token, first: int, last: int) -> Sequence[Token]:
        """The smallest clause around a name that says something: its verb with all below."""
        for above in (token, *self.parse.ancestors(token.i)):
            if above.pos in {"VERB", "AUX"} and above.dep not in {"aux", "auxpass", "amod"}:
                below = [t for t in self.parse.subtree(above.i) if first <= t.i < last]
                if len(below) > 3:
                    return below
        return self.parse.tokens[first:last]

    # ---- quotations -------------------------------------------------------------------------------

    def _of_quotation(self, quotation: Quotation) -> list[Claim]:
        content = self._tokens(quotation.content)
        source, cue = self._tokens(quotation.source), self._tokens(quotation.cue)
        who = tuple(self._speakers(source, content)) if content else ()
        if not who:
            return []
        claims = []
        for passage in self._passages(content):
            span = self._span([*quotation.source, *quotation.cue], passage)
            near = [t for t in cue if t.sentence in {p.sentence for p in passage}]
            tokens = frozenset(t.i for t in (*passage, *near))
            claims.append(Claim(who, tokens, span, self._attribution(passage), QUOTED, quotation))
        return claims

    def _passages(self, content: Sequence[Token]) -> list[list[Token]]:
        """Sentences of one quotation that follow each other are one passage; paraphrases stand alone."""
        passages: list[list[Token]] = []
        for token in content:
            before = passages[-1][-1] if passages else None
            runs_on = before is not None and (
                token.sentence == before.sentence
                or (
                    token.sentence == before.sentence + 1
                    and before.i in self.quoted
                    and token.i in self.quoted
                )
            )
            if runs_on:
                passages[-1].append(token)
            else:
                passages.append([token])
        return [p for p in passages if sum(t.pos not in {"PUNCT", "SPACE"} for t in p) > 1]

    def _tokens(self, spans: Sequence[Span]) -> list[Token]:
        return [t for s in spans for t in self.parse.tokens_in(s.start, s.end)]

    def _speakers(self, source: list[Token], content: list[Token], *, back: bool = True) -> list[Who]:
        if not source:
            return self._running(content) if back else []
        inside = {t.i for t in source}
        heads = [t for t in source if t.head not in inside or t.head == t.i]
        named = [h for h in heads if h.pos not in {"PUNCT", "ADP", "CCONJ", "DET", "PART"}] or heads
        found = [w for h in named for w in self.cast.resolve(h.i)]
        if not found:
            nouns = [t for t in source if t.pos in {"PROPN", "PRON", "NOUN"}]
            found = next((w for t in nouns if (w := self.cast.resolve(t.i))), [])
        if not found and back and any(t.text.casefold() in FIRST for t in source):
            return self._running(content)
        return _unique(found)

    def _running(self, content: list[Token]) -> list[Who]:
        """The one quoted last, a little before."""
        start = content[0].start
        at = bisect_right(self._ends, start)
        if not at:
            return []
        last = self._sourced[bisect_left(self._ends, self._ends[at - 1])]
        if start - last.content[-1].end > RUNNING:
            return []
        return [
            replace(w, sure=w.sure * 0.8)
            for w in self._speakers(self._tokens(last.source), content, back=False)
        ]

    def _span(self, spans: Sequence[Span], content: Sequence[Token]) -> tuple[int, int]:
        """The content, with source and cue where they share a sentence with it."""
        sentences = {t.sentence for t in content}
        start, end = min(t.start for t in content), max(t.end for t in content)
        for span in spans:
            if {t.sentence for t in self.parse.tokens_in(span.start, span.end)} & sentences:
                start, end = min(start, span.start), max(end, span.end)
        return self._edges(start, end)

    def _edges(self, start: int, end: int) -> tuple[int, int]:
        """Takes in the quotation marks at the edges and leaves out the comma."""
        text = self.parse.text
        if start > 0 and text[start - 1] in '“"«„':
            start -= 1
        if text[end : end + 1] in {",", "."} and text[end + 1 : end + 2] in {"”", '"', "»"}:
            end += 2
        elif text[end : end + 1] in {"”", '"', "»"}:
            end += 1
        while end > start and text[end - 1] in ",;:– \n":
            end -= 1
        return start, end

    def _attribution(self, tokens: Sequence[Token]) -> Attribution:
        """Quotation marks around a name or a single word do not count."""
        words = [t for t in tokens if t.pos not in {"PUNCT", "SYM"}]
        inside = sum(t.i in self.quoted for t in words)
        if inside <= 1 or inside < 0.1 * len(words):
            return Attribution.INDIRECT
        return Attribution.DIRECT if inside >= 0.9 * len(words) else Attribution.MIXED

    # ---- what the reporter says of an actor ---------------------------------------------------------

    def _of_token(self, token: Token, content: set[int]) -> Claim | None:
        if token.pos in {"VERB", "AUX"}:
            return self._of_verb(token, content)
        return self._of_noun(token, content) if token.pos == "NOUN" else None

    def _of_label(self, first: int, last: int, content: set[int]) -> list[Claim]:
        """ "Moscow: no NATO soldiers in Ukraine": a headline or a transcript names the speaker before a colon."""
        tokens = self.parse.tokens
        colon = next((i for i in range(first, min(first + 7, last - 1)) if tokens[i].text == ":"), None)
        if colon is None or colon == first:
            return []
        words = frozenset(range(colon + 1, last)) - content
        heads = [
            t
            for t in tokens[first:colon]
            if t.pos == "PROPN" and (t.head >= colon or t.head == t.i or t.head < first)
        ]
        who = _unique([w for h in heads or [tokens[colon - 1]] for w in self.cast.resolve(h.i)])
        if not who or not words:
            return []
        return [self._claim(who, words, [tokens[first]], LABEL)]

    def _of_verb(self, token: Token, content: set[int]) -> Claim | None:
        subjects, passive = self._subjects(token)
        who = _unique([w for s in subjects for w in self.cast.resolve(s.i)])
        if not who:
            return None
        below = {t.i for t in self.parse.subtree(token.i)} - content
        if not passive:
            below -= {t.i for s in subjects for t in self.parse.subtree(s.i)}
        tokens = frozenset(below | {token.i})
        return self._claim(who, tokens, subjects, VERB)

    def _subjects(self, token: Token) -> tuple[list[Token], bool]:
        """Who acts: the subject, or the agent of a passive; a second verb shares the first one's."""
        children = self.parse.children(token.i)
        if any(c.dep == "nsubjpass" for c in children):
            by = [c for c in children if c.dep == "agent"]
            # "The thought had been turned down in Washington, London and Berlin."
            by = by or [c for c in children if c.dep == "prep" and c.lemma == "in"]
            return [g for c in by for g in self.parse.children(c.i) if g.dep == "pobj"], True
        subjects = [c for c in children if c.dep == "nsubj"]
        above = token
        while not subjects and above.dep in {"conj", "xcomp"} and above.head != above.i:
            above = self.parse.tokens[above.head]
            subjects = [c for c in self.parse.children(above.i) if c.dep == "nsubj"]
        return subjects, False

    def _of_noun(self, token: Token, content: set[int]) -> Claim | None:
        children = self.parse.children(token.i)
        owners = [c for c in children if c.dep == "poss"]
        who = _unique([w for o in owners for w in self.cast.resolve(o.i)])
        if not who or not any(c.dep in {"acl", "prep", "relcl", "compound"} for c in children):
            return None
        mine = {t.i for o in owners for t in self.parse.subtree(o.i)}
        tokens = frozenset(({t.i for t in self.parse.subtree(token.i)} - mine - content) | {token.i})
        return self._claim(who, tokens, owners, NOUN)

    def _claim(self, who: list[Who], tokens: frozenset[int], speakers: Sequence[Token], kind: str) -> Claim:
        words = [self.parse.tokens[i] for i in sorted(tokens)]
        ends = [*words, *(t for s in speakers for t in self.parse.subtree(s.i))]
        span = self._edges(min(t.start for t in ends), max(t.end for t in ends))
        return Claim(tuple(who), tokens, span, self._attribution(words), kind)


def _unique(found: Sequence[Who]) -> list[Who]:
    seen: dict[str, Who] = {}
    for who in found:
        seen.setdefault(who.actor or who.name, who)
    return list(seen.values())


def _covers(quoted: Claim, other: Claim) -> bool:
    """Whether a quotation already gives the same actor's words in the same place."""
    shared = min(quoted.span[1], other.span[1]) - max(quoted.span[0], other.span[0])
    shorter = min(quoted.span[1] - quoted.span[0], other.span[1] - other.span[0])
    names = {w.actor or w.name for w in quoted.who}
    return shared > 0.5 * shorter and {w.actor or w.name for w in other.who} <= names


def _outermost(claims: list[Claim]) -> list[Claim]:
    """One claim an actor and a clause: an inner verb of the same subject adds nothing."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: -len(c.tokens)):
        names = {w.actor or w.name for w in claim.who}
        if any(claim.tokens <= k.tokens and names <= {w.actor or w.name for w in k.who} for k in kept):
            continue
        kept.append(claim)
    return kept
