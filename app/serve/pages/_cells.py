"""What is said about one cell: beside the matrix, and on a page of its own."""

from __future__ import annotations

from datetime import date

from app.records import Cell
from app.serve.views import CellView
from app.serve.words import count, say_long_day, say_span, word_of


def say_verdict(view: CellView) -> str:
    """What the stance means and on what it rests; for a silent cell, what was searched."""
    word = word_of(view.position.stance if view.position else None)
    day = say_long_day(view.as_of)
    if not view.statements:
        searched = count(view.searched, "document")
        return f"{word.meaning}. {searched} dated up to {day} searched. Silence is not a position."
    days = [statement.said_on for statement in view.statements]
    confirmed = view.confirmed or "none"
    span = say_span(min(days), max(days))
    made = f"{count(len(days), 'statement')} {span}; {confirmed} confirmed by a person."
    if view.position is None:
        return f"no statement counts as of {day}. {made}"
    return f"{word.meaning}. {made}"


def say_note(view: CellView, cell: Cell | None = None, since: date | None = None) -> str:
    """What else a reader has to know: whose words stand for a state, what is contested, what moved."""
    notes = []
    if view.holder:
        notes.append(f"The position is that of {view.holder.name}, who spoke for the state.")
    if view.position and view.position.contested:
        notes.append("Contested: on the deciding day statements of equal rank say opposite things.")
    if cell and cell.changed and cell.was and since:
        notes.append(f"On {say_long_day(since)}: {word_of(cell.was).verb}.")
    return " ".join(notes)


def say_counted(view: CellView) -> str:
    """How many statements the list has."""
    if not view.statements:
        return f"None in the documents held, as of {say_long_day(view.as_of)}."
    days = [statement.said_on for statement in view.statements]
    made = f"{count(len(days), 'statement')} from {count(view.documents, 'document')}"
    order = ", the latest first" if len(days) > 1 else ""
    return f"{made}, {say_span(min(days), max(days))}{order}."
