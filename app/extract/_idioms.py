"""Turns of phrase that take a position as a whole, whatever the proposal is.

A parse reads "not off the table" word by word and gets it wrong; so do readers of another language. News
has some dozens of these. Each is a pattern over the passage in lower case with plain apostrophes; the
first group that matches decides, and open goes before rejects because "nothing is ruled out" contains
what it denies.
"""

from __future__ import annotations

import re

from app.records import Stance

_NOT = r"(?:not|n't|never|cannot|nothing|nobody|no one|neither|none)"
_GAP = r"(?:\W+\w+){0,4}?\W+"

OPEN = re.compile(
    rf"""
    {_NOT}{_GAP}(?:ruled?|ruling)\W+(?:\w+\W+){{0,3}}?out
    | {_NOT}{_GAP}(?:exclud\w+|preclud\w+)
    | {_NOT}{_GAP}off\W+the\W+table
    | (?:declin\w+|refus\w+)\W+(?:\w+\W+){{0,3}}?to\W+(?:dismiss|rule|exclude|close|take\W+\w+\W+\w+\W+off|treat)
    | {_NOT}\W+(?:be\W+)?(?:un(?:thinkable|imaginable))
    | {_NOT}\W+say\W+never
    | door\W+(?:\w+\W+){{0,2}}?(?:ajar|open)
    | openness\W+to | open\W+to\W+(?:\w+ing\b|(?:the|that|this)\W+(?:idea|possibility|suggestion|proposal|option))
    | strategic\W+ambiguity
    | no\W+taboo
    | might\W+(?:one\W+day|some\W+day|in\W+future)
    | kept?\W+(?:\w+\W+){{0,2}}?(?:alive|open)
    | holds?\W+out\W+the\W+prospect | held\W+out\W+the\W+prospect
    | {_NOT}\W+(?:\w+\W+){{0,2}}?limits?\W+on\W+ourselves
    | (?:so|as)\W+long\W+as | only\W+if | on\W+condition\W+that | provided\W+that
    | all\W+options
    """,
    re.VERBOSE,
)
REJECTS = re.compile(
    r"""
    (?:no|not\W+a)\W+question\W+of | out\W+of\W+the\W+question | does\W+not\W+arise
    | not\W+(?:\w+\W+)?on\W+the\W+(?:table|agenda|cards)
    | shut\w*\W+(?:the\W+)?door | clos\w+\W+the\W+door | said\W+no\b | no\W+part\W+(?:of|in)\b | none\W+of\W+it
    | declaration\W+of\W+war | legitimate\W+targets? | fair\W+game | red\W+lines?
    | (?:direct|open)\W+(?:conflict|clash|confrontation|war|collision) | world\W+war | nuclear\W+war
    | there\W+(?:will|would)\W+be\W+no\b | will\W+be\W+no\b
    | no\W+(?:such\W+)?plans? | not\W+plan\w* | nothing\W+(?:\W*[\w-]+\W+){0,2}?(?:is|was)\W+(?:being\W+)?planned
    | no\W+intention | not\W+(?:be\W+)?(?:considering|considered|weighing|discussing|contemplat\w+)
    | stays?\W+(?:at\W+)?home | ke(?:ep|pt)s?\W+(?:well\W+)?away
    | not\W+something\W+(?:\w+\W+){0,6}?(?:weigh|consider)\w*
    | absolutely\W+not | categorically | under\W+no\W+circumstances | unacceptable | inadmissible
    | will\W+not\W+(?:do|send|allow|join|take\W+part|happen|supply|provide|deploy|accept|support)
    | not\W+(?:be\W+)?sen(?:d|t|ding)\b | no\W+\w+\W+(?:\w+\W+)?will\W+be\W+sent
    | rather\W+than | ruled?\W+(?:\w+\W+){0,2}?out | rul(?:es|ing)\W+(?:\w+\W+){0,2}?out
    | escalat\w+ | against\W+(?:the\W+)?(?:sending|deploy\w*|idea|forces)
    """,
    re.VERBOSE,
)
BACKS = re.compile(
    r"""
    green\W+light | among\W+those\W+applauding | cheer\w*\b | applaud\w*
    | decision\W+to\W+(?:let|send|allow|supply|provide|lift|give)
    | (?:must|should)\W+be\W+(?:fully\W+)?(?:usable|allowed|lifted|sent|delivered|free|able)
    | lift\w*\W+(?:the\W+|all\W+|their\W+)?(?:ban|limits|restrictions|curbs)
    | (?:scrap|remove|drop)\w*\W+(?:the\W+|their\W+|all\W+)?(?:ban|limits|restrictions)
    | will\W+(?:soon\W+)?(?:supply|deliver|provide|donate|hand\W+over)
    | (?:wants?|wishes|hopes)\W+to\W+join | interest\W+in\W+joining
    | call(?:ed|s|ing)?\W+(?:\w+\W+)?for\W+(?:more|further|faster)
    | (?:fully|firmly|strongly)\W+(?:support|back)\w*
    """,
    re.VERBOSE,
)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def find_idiom(passage: str) -> Stance | None:
    """The stance a turn of phrase in the passage takes, None where there is none."""
    plain = passage.casefold().translate(_PLAIN)
    if OPEN.search(plain):
        return Stance.OPEN
    rejects, backs = REJECTS.search(plain), BACKS.search(plain)
    if rejects and not backs:
        return Stance.REJECTS
    if backs and not rejects:
        return Stance.BACKS
    return None
