"""A document is cleaned: `Arrival` in, `CleanDocument` out, or a refusal in plain words. No network."""

from app.clean.document import clean_arrival
from app.clean.text import hash_text, normalise

__all__ = ["clean_arrival", "hash_text", "normalise"]
