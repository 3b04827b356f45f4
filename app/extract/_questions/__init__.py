"""Which question a passage is about, from the question's own five fields.

An analyst types a title, a proposal, a description and keywords; nothing else is known of a question, and
nothing here knows any question by name. Three signals are read off those fields:

  phrases   the keywords, and the noun and verb phrases of the title and the proposal, as sets of stems;
  nots      what follows "Not:" in the description: these phrases speak against the question;
  places    states and alliances that the proposal is about ("Ukraine", "Finland and Sweden"): a passage
            about NATO membership is about the question whose candidate stands nearest.

A cheap look at a text for any phrase comes before all models: most texts of an archive are about nothing.
"""

from app.extract._questions._matcher import WEAK, Hit, Matcher
from app.extract._questions._profile import Profile, profile_of
from app.extract._questions._words import canonical, canonical_stem, singular, stem

__all__ = [
    "WEAK",
    "Hit",
    "Matcher",
    "Profile",
    "canonical",
    "canonical_stem",
    "profile_of",
    "singular",
    "stem",
]
