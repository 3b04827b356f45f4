"""On which day something was said, where the text tells it: "Minister Horvat said on Monday that ...".

Only a time that belongs to the act of saying counts: it hangs on the cue, or on the main verb or noun of
what the reporter says of an actor, never on what is said ("... will send troops in March"). Where the
words before it begin in the same breath ("Horvat said on Monday ... He added ..."), its day holds on.

    said on Monday that troops will go in March    -> the day of "on Monday"
    said that troops will go on Monday             -> none
    In a letter sent last week, Horvat said        -> the day of "last week"
    is to announce on Monday                       -> none

None means that the caller takes the document's date.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from app.extract._parse import OPENING, Parse, Token
from app.extract._times import Time, find_times
from app.records import Quotation, Span

# A sentence that goes on with "he added" takes the day from at most this many sentences before.
BREATH = 3
# How far above a time the word may stand that it belongs to: "in a letter that was sent on Monday".
HIGHEST = 8

_NEXT_TO = re.compile(
    r"[\s,]*(?:(?:late|early|earlier|back)\s+)?(?:(?:on|in|at)\s+(?:the\s+)?)?", re.IGNORECASE
)

_AND_THEN = re.compile(r"\s+(?:(?:also|then|again|had|has)\s+)?")

# Nouns under which a time may stand and still be that of saying: "in an interview on Monday".
_OCCASIONS = frozenset(
    "address agency announcement appearance article assembly briefing broadcast broadcaster call "
    "ceremony channel comment committee conference congress council debate declaration event forum gathering "
    "hearing interview journalist lawmaker letter lunch mail meeting message media minister network newspaper "
    "outlet paper parliament podcast post press programme program radio rally remark report reporter session "
    "sitting speech statement station summit talk television testimony tv tweet video visit vote website".split()
)
# Verbs that tell of the occasion: "asked on Monday", "a letter sent on Monday", "after meeting ... on Monday".
_OCCASION_VERBS = frozenset(
    "address air answer appear arrive ask attend brief broadcast chair deliver give hold host issue meet post "
    "publish question quote record release respond send speak sign talk visit write".split()
)
# Nouns that are a saying themselves: "Horvat's suggestion last week that ...".
_UTTERANCES = frozenset(
    "admission assertion call claim criticism decision demand denial hint insistence offer pledge promise "
    "proposal refusal rejection request response suggestion threat vow warning word".split()
)
# Verbs whose time lies ahead, whatever their tense.
_AHEAD = frozenset("expect hope intend plan schedule slate want".split())
# Verbs of saying that give their day to the sentence after them.
_SPEECH = frozenset(
    "add announce answer argue assert assure call claim comment confirm declare deny emphasise emphasize explain "
    "insist note promise reiterate reject remark repeat reply say speak state stress suggest tell tweet urge vow "
    "warn write rule pledge".split()
)
_PRONOUNS = frozenset({"he", "she", "they"})


def find_day(
    parse: Parse, tokens: Collection[int], quotation: Quotation | None, published: date | None
) -> date | None:
    """The day on which a claim was made, or None where the text does not tell it.

    `tokens` are those of the claim; `quotation` is where it is somebody's words (its cue decides then, and
    its content never does), None where the reporter tells it. `published` is the document's date; without
    it only a full date is understood.
    """
    anchors = _cue_of(parse, quotation) if quotation is not None else _heads_of(parse, tokens)
    content = _within(parse, quotation.content) if quotation is not None else frozenset()
    anchors = [a for a in anchors if _has_happened(parse, a)]
    for sentence in sorted({a.sentence for a in anchors}):
        here = [a for a in anchors if a.sentence == sentence]
        day = _day_in(parse, sentence, here, content, published, quoted=quotation is not None)
        if day is not None:
            return day
    return _carried(parse, quotation, published) if quotation is not None else None


# ---- what a time hangs on --------------------------------------------------------------------------


def _within(parse: Parse, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(t.i for s in spans for t in parse.tokens_in(s.start, s.end))


def _cue_of(parse: Parse, quotation: Quotation) -> list[Token]:
    """The words of the cue that can have a time; "Horvat: ..." has none."""
    words = [t for s in quotation.cue for t in parse.tokens_in(s.start, s.end)]
    return [t for t in words if t.pos not in {"PUNCT", "DET", "PART", "SPACE"}]


def _heads_of(parse: Parse, tokens: Collection[int]) -> list[Token]:
    """The main verb or noun of what a reporter says of an actor."""
    heads = [
        t
        for i in sorted(tokens)
        if 0 <= i < len(parse.tokens) and ((t := parse.tokens[i]).head not in tokens or t.head == i)
    ]
    verbs = [
        t for t in heads if t.pos in {"VERB", "AUX"} and t.tag in {"VBD", "VBN", "VB"} and t.dep != "acl"
    ]
    return verbs[:1] or [t for t in heads if t.pos == "NOUN" and t.lemma in _OCCASIONS | _UTTERANCES][:1]


def _has_happened(parse: Parse, token: Token) -> bool:
    """Not "will announce", "is due to announce", "is expected": a day of those lies ahead."""
    if token.pos not in {"VERB", "AUX"}:
        return True
    if token.lemma in _AHEAD:
        return False
    helpers = [c for c in parse.children(token.i) if c.dep in {"aux", "auxpass"}]
    if any(c.tag == "MD" for c in helpers):
        return False
    return token.tag != "VB" or any(c.lemma == "do" for c in helpers)


def _day_in(
    parse: Parse,
    sentence: int,
    anchors: Sequence[Token],
    content: Collection[int],
    published: date | None,
    *,
    quoted: bool,
) -> date | None:
    """The day of the time in a sentence that belongs to the anchors; of several the nearest, then most exact."""
    found: list[tuple[int, int, int, date]] = []
    start, end = parse.sentence_span(sentence)
    for time in find_times(parse.text, start, end, published):
        steps = _steps_to(parse, time, anchors, content)
        if quoted and any(_is_beside(parse, time, a) for a in anchors):
            steps = 0
        if steps is not None and time.day is not None and (published is None or time.day <= published):
            found.append((steps, time.rank, time.start, time.day))
    return min(found)[3] if found else None


def _is_beside(parse: Parse, time: Time, cue: Token) -> bool:
    """Whether a time stands in, right after or before a cue, however the words were parsed: "on Monday said"."""
    if cue.pos not in {"VERB", "AUX"} or parse.text[time.end : time.end + 2] in {"'s", "’s"}:
        return False
    if cue.start <= time.start < cue.end:
        return True
    if time.end <= cue.start:
        return _AND_THEN.fullmatch(parse.text[time.end : cue.start]) is not None and _is_of_subject(
            parse, time
        )
    between = parse.text[cue.end : time.start]
    return 0 <= time.start - cue.end <= 20 and _NEXT_TO.fullmatch(between) is not None


def _is_of_subject(parse: Parse, time: Time) -> bool:
    """Whether a time was parsed as a part of the subject: "officials on Monday"."""
    words = {t.i for t in parse.tokens_in(time.start, time.end)}
    above = [parse.tokens[parse.tokens[i].head] for i in words if parse.tokens[i].head not in words]
    above = [parse.tokens[a.head] if a.pos == "ADP" else a for a in above]
    return any(a.dep in {"nsubj", "pobj", "conj", "appos"} and a.pos in {"NOUN", "PROPN"} for a in above)


def _steps_to(parse: Parse, time: Time, anchors: Sequence[Token], content: Collection[int]) -> int | None:
    """How many words up from a time an anchor stands; None where it belongs to something else."""
    words = {t.i for t in parse.tokens_in(time.start, time.end)}
    aims = {a.i for a in anchors}
    if words & aims:
        return 0
    if words <= set(content):
        # A content that begins too early: "accused [Zagreb on Tuesday of lying]".
        between = _between(parse, time, anchors)
        if between is None:
            return None
        content = set(content) - between
    if any(time.end <= a.start and _has_modal(parse, time.end, a.start) for a in anchors):
        # "On Monday the chancellor will go to Zagreb, the agency said."
        return None
    # "Horvat visited Zagreb on Monday and said": the first verb's time is the second one's too.
    firsts = {t.i for a in anchors for t in _first_verbs(parse, a)}
    content = set(content) - words
    best: int | None = None
    for i in words:
        if parse.tokens[i].head in words:
            continue
        steps = _climb(parse, parse.tokens[i], aims, firsts, content)
        if steps is not None and (best is None or steps < best):
            best = steps
    return best


def _between(parse: Parse, time: Time, anchors: Sequence[Token]) -> set[int] | None:
    """The few words between an anchor and a time after it; None where there is a verb among them."""
    for anchor in anchors:
        if anchor.end <= time.start:
            words = parse.tokens_in(anchor.end, time.start)
            if len(words) <= 6 and not any(t.pos in {"VERB", "AUX"} for t in words):
                return {t.i for t in words}
    return None


def _has_modal(parse: Parse, start: int, end: int) -> bool:
    """Whether somebody will do something in a stretch of text, outside of quotations."""
    if set(parse.text[start:end]) & (OPENING | {'"'}):
        return False
    return any(t.tag == "MD" for t in parse.tokens_in(start, end))


def _first_verbs(parse: Parse, token: Token) -> list[Token]:
    """The verbs whose subject a verb shares: of "came and said" or "came, saying", "came"."""
    found: list[Token] = []
    if token.tag == "VBG" and token.dep in {"advcl", "pcomp"}:
        above = (a for a in parse.ancestors(token.i) if a.pos == "VERB")
        return [a for a in above if a.tag in {"VBD", "VBN"} and _has_happened(parse, a)][:1]
    while token.dep == "conj" and token.head != token.i and len(found) < HIGHEST:
        if any(c.dep in {"nsubj", "nsubjpass"} for c in parse.children(token.i)):
            break
        token = parse.tokens[token.head]
        found.append(token)
    return found


def _climb(
    parse: Parse, token: Token, aims: Collection[int], firsts: Collection[int], content: Collection[int]
) -> int | None:
    for step in range(1, HIGHEST + 1):
        below, token = token, parse.tokens[token.head]
        if below.i == token.i:
            return None
        if token.i in aims:
            return step
        if token.i in firsts:
            return step + HIGHEST
        if token.i in content or not _lets_through(token, below):
            return None
    return None


def _lets_through(token: Token, below: Token) -> bool:
    """Whether a time below a word may belong to what stands above it."""
    if token.pos in {"ADP", "SCONJ", "ADV"}:
        return token.lemma not in {"before", "ahead", "until", "since", "by", "from", "despite"}
    if token.pos == "PROPN":
        # "told reporters in Brussels on Monday"; but not "the Sunday Telegraph".
        return below.dep not in {"compound", "nmod", "amod"}
    if token.pos == "NOUN":
        return token.lemma in _OCCASIONS or token.lemma in {"morning", "afternoon", "evening", "night"}
    if token.lemma == "follow" and token.dep == "prep":
        return True
    if token.pos == "VERB":
        return token.lemma in _OCCASION_VERBS and token.dep in {"acl", "advcl", "pcomp", "relcl"}
    return False


# ---- a sentence that goes on -----------------------------------------------------------------------


def _carried(parse: Parse, quotation: Quotation, published: date | None) -> date | None:
    """The day of the saying that this one goes on from: "Horvat said on Monday ... He added ..."."""
    source = [t for s in quotation.source for t in parse.tokens_in(s.start, s.end)]
    cue = _cue_of(parse, quotation)
    if cue and not any(t.tag == "VBD" for t in cue):
        return None
    name = ""
    if not source:
        # A quotation that runs on: "...," Horvat said on Monday. "We must ...".
        source = [t for s in quotation.content[:1] for t in parse.tokens_in(s.start - 1, s.end)]
        if cue or not source or parse.text[source[0].start] not in OPENING | {'"'}:
            return None
    elif source[0].text.casefold() not in _PRONOUNS:
        name = source[-1].text
        if not any(t.lemma in {"add", "continue", "go"} for t in cue):
            return None
    number = source[0].sentence
    for earlier in range(number - 1, max(-1, number - 1 - BREATH), -1):
        if not _follows(parse, earlier):
            return None
        speech = _speech_of(parse, earlier)
        subjects = [c for a in speech for c in parse.children(a.i) if c.dep == "nsubj"]
        if name and speech and not any(name in {t.text for t in parse.subtree(c.i)} for c in subjects):
            return None
        day = _day_in(parse, earlier, speech, frozenset(), published, quoted=True)
        if day is not None:
            return day
        if not _goes_on(parse, earlier, subjects):
            return None
    return None


def _follows(parse: Parse, number: int) -> bool:
    """Whether the next sentence stands right after this one in the text."""
    if number + 1 >= len(parse.sentences):
        return False
    between = parse.text[parse.sentence_span(number)[1] : parse.sentence_span(number + 1)[0]]
    return not between.strip("\"“”'’ \n\r\t")


def _speech_of(parse: Parse, number: int) -> list[Token]:
    """The main verb of a sentence with those joined to it, if it tells of speech or of an occasion for it."""
    first, last = parse.sentences[number]
    mains = [t for t in parse.tokens[first:last] if t.head == t.i or not first <= t.head < last]
    mains += [c for m in mains for c in parse.children(m.i) if c.dep == "conj" and c.pos == "VERB"]
    return [
        t
        for t in mains
        if t.lemma in _SPEECH | _OCCASION_VERBS and t.tag == "VBD" and _has_happened(parse, t)
    ]


def _goes_on(parse: Parse, number: int, subjects: Sequence[Token]) -> bool:
    """Whether a sentence goes on itself: with a pronoun as its speaker, or wholly in quotation marks."""
    if subjects:
        return all(s.text.casefold() in _PRONOUNS for s in subjects)
    first, last = parse.sentences[number]
    return parse.tokens[first].text in {'"', "“", "``"} and parse.tokens[last - 1].text in {'"', "”", "''"}
