"""Where queries and positions meet: a page and its REST twin call the same loader, so they cannot disagree.

A loader takes the session and what the reader asked, and returns one record of app/serve/views.py (the
matrix: of app/records.py). It reads; it never writes and never commits.
"""

from app.serve.loaders._actor import load_actor
from app.serve.loaders._cell import load_cell
from app.serve.loaders._country import load_country
from app.serve.loaders._known import Known, load_known
from app.serve.loaders._matrix import load_matrix
from app.serve.loaders._question import load_question

__all__ = [
    "Known",
    "load_actor",
    "load_cell",
    "load_country",
    "load_known",
    "load_matrix",
    "load_question",
]
