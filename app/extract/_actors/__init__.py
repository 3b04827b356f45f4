"""Whose words: from a source in the text to an actor of the registry, on the document's date.

A reader knows that "the French leader", "Macron", "he" and "the Elysee" are one side. The rules here do the
same in the order in which a reader would: a name says most, then a title with a country, then a state or
its capital, then a pronoun or "the minister", which look back for whoever the text has been about. Who
speaks for somebody ("Sunak's office", "a Kremlin official") is the way (`via`), and the principal is the
actor; but a spokesperson whom the registry knows is an actor in their own right.

    French President Emmanuel Macron            -> emmanuel-macron
    the German chancellor   (27 Feb 2024)       -> olaf-scholz
    Sunak's office                              -> rishi-sunak, via "Sunak's office"
    Berlin, as the subject                      -> germany
    key NATO countries                          -> nobody: a group without names is no actor

    _scene     the text with the names in it: what all rules look at
    _names     a registered name, title or capital becomes a mention
    _full_names, _people   persons the registry lacks, or knows under another spelling
    _offices   "the Slovak prime minister", "the Union's foreign policy chief": who held that office
    _memory    "he", "the ministry", "the general": whom the text has been about
    _cast      noun phrases: all of it together, and who speaks for whom
"""

from app.extract._actors._cast import Cast
from app.extract._actors._scene import Mention, Who
from app.extract._actors._words import FIRST

__all__ = ["FIRST", "Cast", "Mention", "Who"]
