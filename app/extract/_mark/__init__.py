"""Who says what, marked by the trained model: source, cue and content, and which belong together.

The model (training/attribution.py) gives for each word piece a score for seven labels, and arrows: from
each piece of content to its cue, and from each piece of a cue to its source, or to nothing. The likeliest
chain of labels becomes spans; a span of content goes to the cue that its arrows fall on, and is cut where
they turn to another one; contents of one cue are one attribution, whose source the cue's arrows show.
"""

from app.extract._mark._windows import MODEL, find_quotations

__all__ = ["MODEL", "find_quotations"]
