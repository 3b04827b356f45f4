"""A document is cleaned: `Arrival` in, `CleanDocument` out, or a refusal in plain words. No network."""

from app.clean.document import clean_arrival
from app.clean.likeness import ALIKE, estimate_likeness, sign_text
from app.clean.text import hash_text, normalise

__all__ = ["ALIKE", "clean_arrival", "estimate_likeness", "hash_text", "normalise", "sign_text"]
