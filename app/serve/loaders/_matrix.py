"""The matrix, by two ways that use the same rule.

The short way reads the stored positions of a day. The long way is for what stored positions cannot tell:
how it looked to those who knew less (`known_by`), or to a reader who trusts fewer statements (reviewed
only, direct speech only, another threshold). It loads the statements and derives them in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.config import load_settings
from app.positions import derive_all, pick_standing, shape_matrix
from app.queries.behind import Behind, Wanted, count_behind
from app.queries.positions import positions_as_of
from app.queries.statements import load_evidence
from app.records import Evidence, Matrix, MatrixFilters, Position, Question, Status
from app.registers import Registry
from app.serve.loaders._kept import Kept
from app.serve.loaders._known import Mark, check_names, choose_questions, load_known

# What "changed" means when a reader names no day to compare with.
CHANGED_WITHIN = timedelta(days=90)

# As many different views as readers look at between two documents, at some hundred bytes each.
_counts: Kept[tuple[Mark, Wanted], Behind] = Kept(most=500)

Standings = tuple[tuple[Position, ...], tuple[Position, ...]]  # on the day of the view, and on `since`


def load_matrix(session: Session, filters: MatrixFilters) -> Matrix:
    """The view the filters ask for, with what it rests on counted."""
    known = load_known(session)
    check_names(filters, known.registry)
    questions = choose_questions(known, filters.questions)
    if filters.changed and filters.since is None:
        filters = replace(filters, since=filters.as_of - CHANGED_WITHIN)
    if needs_evidence(filters):
        standing, earlier = _derive_standings(session, filters, questions, known.registry)
    else:
        standing, earlier = _read_standings(session, filters, questions, known.registry)
    matrix = shape_matrix(filters, questions, standing, earlier, known.registry, revision=known.revision)
    return _count(session, matrix, known.mark)


def needs_evidence(filters: MatrixFilters) -> bool:
    """Whether stored positions cannot answer: they know everything, and every statement that counts."""
    return (
        filters.known_by is not None
        or filters.reviewed
        or filters.attribution is not None
        or filters.min_confidence is not None
    )


def _read_standings(
    session: Session, filters: MatrixFilters, questions: Sequence[Question], registry: Registry
) -> Standings:
    slugs = tuple(question.slug for question in questions)
    actors = _actors_needed(filters, registry)
    standing = positions_as_of(session, as_of=filters.as_of, questions=slugs, actors=actors)
    if filters.since is None:
        return standing, ()
    return standing, positions_as_of(session, as_of=filters.since, questions=slugs, actors=actors)


def _actors_needed(filters: MatrixFilters, registry: Registry) -> tuple[str, ...]:
    """All actors (empty), or when some were asked for only these and the states, which are tallied."""
    if not filters.actors:
        return ()
    states = filter(None, map(registry.state_of, registry.countries))
    return (*filters.actors, *(state.slug for state in states))


def _derive_standings(
    session: Session, filters: MatrixFilters, questions: Sequence[Question], registry: Registry
) -> Standings:
    """A day's row hangs only on what was said up to that day, so one derivation serves both days."""
    last = max(filters.as_of, filters.since or date.min)
    slugs = tuple(question.slug for question in questions)
    held = load_evidence(session, questions=slugs, known_by=filters.known_by)
    trusted = [said for said in held if said.said_on <= last and is_trusted(said, filters)]
    positions = derive_all(trusted, registry, threshold=_threshold(filters))
    earlier = pick_standing(positions, filters.since) if filters.since is not None else ()
    return pick_standing(positions, filters.as_of), earlier


def is_trusted(said: Evidence, filters: MatrixFilters) -> bool:
    """Whether a reader who asked for these filters lets a statement count."""
    if filters.reviewed and said.status not in (Status.CONFIRMED, Status.CORRECTED):
        return False
    return filters.attribution is None or said.attribution is filters.attribution


def _threshold(filters: MatrixFilters) -> float:
    return load_settings().threshold if filters.min_confidence is None else filters.min_confidence


def _count(session: Session, matrix: Matrix, mark: Mark) -> Matrix:
    """What the rows shown rest on. It is counted from statements, so the count costs more than the matrix
    in a large archive: it is kept until the data changes."""
    filters = matrix.filters
    wanted = Wanted(
        questions=tuple(question.slug for question in matrix.questions),
        actors=tuple(sorted(row.actor.slug for row in matrix.rows)),
        as_of=filters.as_of,
        threshold=_threshold(filters),
        attribution=filters.attribution,
        reviewed=filters.reviewed,
        known_by=filters.known_by,
    )
    behind = _counts.get((mark, wanted), lambda: count_behind(session, wanted))
    return replace(matrix, documents=behind.documents, confirmed=behind.confirmed)
