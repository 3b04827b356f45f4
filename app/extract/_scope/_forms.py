"""Turns of phrase and words that limit a position, each with the kind of limit it is."""

from __future__ import annotations

import re

# In the order in which they are told.
ONLY, CONDITION, KIND, MANNER, PLACE, TIME, IF_DENIED_TIME, AMOUNT = range(8)

# To the end of a phrase: no comma, mark or new clause. Points and commas may stand inside of numbers.
_PHRASE = r"""(?:
    \s+ (?! (?:but|because|which|who|while|said|says|and\s+(?:he|she|they|it|that)) \b )
    (?: [^\s,;:!?()“”"«»–—.] | [.,](?=\w) )+
){1,12}"""

_ENDS = r"""(?= \s* (?:[,.;:”"]|$) )"""

_FORMS: tuple[tuple[int, str], ...] = (
    (
        ONLY,
        rf"""(?<!not\s) (?<!the\s) \b only \s+ (?! for\b[^,.;]*\sto\s )
        (?:if|when|once|after|with|under|within|as\s+part|in\s+case|on\s+condition|for|against|through|alongside) \b
        {_PHRASE}""",
    ),
    (ONLY, rf"(?<![\w-]) (?:(?:for|as)\s+)? (?!not\b|the\b) [\w-]{{1,40}} \s+ only {_ENDS}"),
    (
        ONLY,
        r"""\b (?:solely|exclusively|purely|strictly) \s+ (?:(?:for|in|as)\s+)? (?:an?\s+)? [\w-]+
        (?: \s+ purposes )?""",
    ),
    (
        CONDITION,
        rf"\b (?:unless|provided\s+that|(?:as|so)\s+long\s+as|on\s+(?:the\s+)?condition\s+that) \b {_PHRASE}",
    ),
    (CONDITION, rf"\b (?:in\s+the\s+absence\s+of|subject\s+to|except\s+(?:for|in|if|as)) \b {_PHRASE}"),
    (
        # "Without delay" and its like are turns of phrase; "without saying why" is the reporter's.
        CONDITION,
        rf"""\b without \b (?!
            \s+ (?:(?:any|a|further|much)\s+)?
            (?:delay|doubts?|hesitation|question|exception|reservations?|precedent|prejudice|words?|consequences?|
            terms|conditions|ifs|taboos?|instructions|fail|limits?|restrictions?|end|more|until|and|or|
            it|them|him|her|us|that|this|\w+ing) \b
        ) {_PHRASE}""",
    ),
    (
        MANNER,
        r"\b (?:unilaterally|bilaterally|permanently|temporarily|jointly|collectively|indefinitely|voluntarily) \b",
    ),
    (
        MANNER,
        rf"""\b (?:all\s+)? (?:on|by) \s+ (?:its|their|our|his|her|my|your) (?:\s+own|sel(?:f|ves))
        (?: {_ENDS} | (?= \s+ (?:and|but|or|if|in|to|without)\b ) ) | \b go(?:ing)?\s+it\s+alone \b""",
    ),
    (
        MANNER,
        r"""\b under \s+ (?: [\w'’.-]+ \s+ ){0,4}?
        (?:flag|command|mandate|umbrella|banner|auspices|aegis|leadership|supervision) \b""",
    ),
    (MANNER, rf"\b (?:as\s+part\s+of|(?:with)?in\s+the\s+framework\s+of) \b {_PHRASE}"),
    (
        MANNER,
        r"""\b in\s+an?\s+ (?:[\w-]+\s+)? (?:role|capacity) \b
        | \b for\s+ (?:defensive|training|humanitarian|peaceful|defence|defense) \s+purposes \b
        | \b (?:in|for)\s+self-defen[cs]e \b""",
    ),
    (
        PLACE,
        r"""\b (?:on|at|near|along|behind|beyond|close\s+to|away\s+from|far\s+from|in) \s+
        (?:the|its|their) \s+ (?:[\w-]+\s+)?
        (?:front[\s-]?lines?|front|line\s+of\s+contact|contact\s+line|frontier|
        border\s+(?:regions?|areas?|zones?|strip)|battlefield|rear|trenches) \b
        | \b (?:near|along|close\s+to|away\s+from|far\s+from) \s+ (?:the|its|their) \s+ (?:[\w-]+\s+)? border \b""",
    ),
    (
        PLACE,
        r"""\b in \s+ (?:the\s+)?
        (?:western|eastern|southern|northern|central|west|east|south|north|centre|center) \b
        (?: \s+of (?:\s+the)? )? \s+ (?-i:[A-Z])\w+""",
    ),
    (
        TIME,
        r"""\b at\s+(?:this|the\s+current|the\s+present)\s+(?:stage|point|time|moment|juncture) (?:\s+in\s+time)? \b
        | \b at\s+(?:present|the\s+moment) \b | \b for\s+(?:now|the\s+time\s+being|the\s+moment) \b
        | \b in\s+the\s+(?:near|foreseeable|immediate)\s+future \b | \b in\s+the\s+(?:short|long)\s+term \b
        | \b (?:under|in)\s+(?:the\s+)?(?:current|present|these)\s+(?:circumstances|conditions|situation) \b""",
    ),
    # These limit only where something is denied: "currently no plans", but "currently in Zagreb".
    (IF_DENIED_TIME, r"\b (?:currently|presently|(?:not\s+)?right\s+now|not\s+(?:yet|now)) \b (?!\s+that)"),
    (AMOUNT, r"\b not\s+a\s+single\s+ [\w-]+"),
)
TURNS = tuple((kind, re.compile(form, re.IGNORECASE | re.VERBOSE)) for kind, form in _FORMS)

# Of what kind something is, in proposals of any field. What is merely new or foreign limits nothing.
_KINDS = (
    r"non-combat|combat|front-?line|(?:large|small|full|wide|limited)[- ]scale|limited|"
    r"(?:long|short|medium|longer|shorter)[- ]range|offensive|defensive|permanent|temporary|regular|unarmed|"
    r"non-lethal|lethal|conventional|unilateral|massive|partial|blanket|unconditional|conditional|immediate|full|"
    r"unlimited|unrestricted|ground|land|logistics|logistical|technical|medical|voluntary|compulsory|mandatory|"
    r"binding|gradual|fast-track|accelerated|wholesale|private|civilian|military(?=\s+targets?\b)"
)
KIND_BEFORE = re.compile(
    rf"(?:\b(?:{_KINDS})(?:\s+(?:and|or)\s+|,?\s+))+(?:[\w'’-]+\s+){{0,1}}$", re.IGNORECASE
)
