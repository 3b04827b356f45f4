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
from app.queries.behind import count_behind
from app.queries.positions import positions_as_of
from app.queries.statements import load_evidence
from app.records import Evidence, Matrix, MatrixFilters, Position, Question, Status
from app.registers import Registry
from app.serve.loaders._known import check_names, choose_questions, load_known

# What "changed" means when a reader names no day to compare with.
CHANGED_WITHIN = timedelta(days=90)

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
        standing, earlier = _read_standings(session, filters, questions)
    matrix = shape_matrix(filters, questions, standing, earlier, known.registry, revision=known.revision)
    return _count(session, matrix)


def needs_evidence(filters: MatrixFilters) -> bool:
    """Whether stored positions cannot answer: they know everything, and every statement that counts."""
    return (
        filters.known_by is not None
        or filters.reviewed
        or filters.attribution is not None
        or filters.min_confidence is not None
    )


def _read_standings(session: Session, filters: MatrixFilters, questions: Sequence[Question]) -> Standings:
    slugs = tuple(question.slug for question in questions)
    standing = positions_as_of(session, as_of=filters.as_of, questions=slugs)
    if filters.since is None:
        return standing, ()
    return standing, positions_as_of(session, as_of=filters.since, questions=slugs)


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


def _count(session: Session, matrix: Matrix) -> Matrix:
    filters = matrix.filters
    behind = count_behind(
        session,
        questions=tuple(question.slug for question in matrix.questions),
        actors=tuple(row.actor.slug for row in matrix.rows),
        as_of=filters.as_of,
        threshold=_threshold(filters),
        attribution=filters.attribution,
        reviewed=filters.reviewed,
        known_by=filters.known_by,
    )
    return replace(matrix, documents=behind.documents, confirmed=behind.confirmed)
