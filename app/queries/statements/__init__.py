"""Statements: proposed by extraction, judged by people, read back with the names around them."""

from app.queries.statements._evidence import load_evidence
from app.queries.statements._propose import save_proposals
from app.queries.statements._read import (
    cells_of_document,
    count_statements,
    get_statement,
    list_statements,
    statements_of_cell,
    statements_of_document,
)
from app.queries.statements._review import add_review, list_reviews

__all__ = [
    "add_review",
    "cells_of_document",
    "count_statements",
    "get_statement",
    "list_reviews",
    "list_statements",
    "load_evidence",
    "save_proposals",
    "statements_of_cell",
    "statements_of_document",
]
