"""Backs, open, rejects or unclear: read off the words between the proposal and whoever speaks.

Stance is composed along the parse, from the mention of the proposal upwards. Each word above it does
something to what stands below:

    send troops                    a mention: nothing yet
    will not [send troops]         an act denied: rejects
    rule out [sending troops]      rejects
    nothing should be [excluded]   rejects, denied: open
    refused to [rule out ...]      rejects of a rejection: open
    plans to [send troops]         backs;  no plans to: rejects
    might [send troops]            open;   if, unless: a condition, open
    [troops] would lead to war     a warning: rejects

Where the parse gives nothing, the words of the passage vote, each turned by a negation shortly before it.
Both ways yield a confidence; neither knows any question or speaker.
"""

from app.extract._stance._compose import Judgement
from app.extract._stance._grammar import is_negated
from app.extract._stance._judge import find_anaphors, judge
from app.extract._stance._words import NEGATORS

__all__ = ["NEGATORS", "Judgement", "find_anaphors", "is_negated", "judge"]
