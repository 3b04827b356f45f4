"""Statements are found: attribute, match, judge, resolve. Pure functions; the models live here.

Nothing is loaded before the first text that may be about a question.
"""

from app.extract._mark import find_quotations
from app.extract._pipeline import extract_statements

EXTRACTOR = "demarche-extract 0.2.0"

__all__ = ["EXTRACTOR", "extract_statements", "find_quotations"]
