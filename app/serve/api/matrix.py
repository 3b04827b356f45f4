"""The matrix: leaders by question, as of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.records import ActorKind, Attribution, Cell, Matrix, Row, Stance, Tally
from app.serve.api.answers import Answer
from app.serve.api.names import check_names
from app.serve.etags import Revision
from app.serve.filters import Grouping, MatrixStance, WantedMatrix
from app.serve.formats import Form, WantedForm, answer_json, answer_rows
from app.serve.loaders import load_matrix
from app.serve.session import ReadSession

router = APIRouter(tags=["Matrix"])


class Column(Answer):
    """A question, as the head of a column."""

    slug: str = Field(examples=["troops-ukraine"])
    title: str = Field(examples=["Send Western troops to Ukraine"])
    proposal: str = Field(
        examples=["Western or NATO countries send ground troops to Ukraine while the war goes on."]
    )


class MatrixCell(Answer):
    """Where one leader stands on one question."""

    question: str = Field(examples=["troops-ukraine"])
    stance: MatrixStance
    """The position on the day, or `silent`: no statement is held. Silence is not neutrality."""
    since: date | None = Field(examples=["2024-02-26"])
    """The first day of this stance."""
    statements: int = Field(examples=[3])
    """How many statements the position rests on; copies of one agency text count once."""
    confirmed: bool
    """Whether a person confirmed the deciding statement."""
    contested: bool
    """Whether statements of equal rank on the deciding day say opposite things."""
    latest_statement: UUID | None
    """The deciding statement: `/statements/{id}`."""
    latest_on: date | None = Field(examples=["2024-06-06"])
    """The day of the deciding statement."""
    was: Stance | None
    """The stance on the day of `since` in the filters, when it differs."""
    changed: bool
    """Whether the stance changed since the day of `since` in the filters."""
    holder: str | None
    """Whose position stands for a state, by slug."""


class MatrixRow(Answer):
    """A leader."""

    actor: str = Field(examples=["emmanuel-macron"])
    actor_name: str = Field(examples=["Emmanuel Macron"])
    actor_kind: ActorKind
    country: str | None = Field(examples=["FR"])
    office: str | None = Field(examples=["President of France"])
    """The highest office held on the day."""
    groups: list[str] = Field(examples=[["nato"]])
    """The groups in which the row stands, by slug."""
    cells: list[MatrixCell]
    """One for each column, in the order of the columns."""


class MatrixTally(Answer):
    """How many stand where on one question."""

    question: str = Field(examples=["troops-ukraine"])
    backs: int = Field(examples=[3])
    open: int = Field(examples=[4])
    rejects: int = Field(examples=[21])
    unclear: int = Field(examples=[1])
    silent: int = Field(examples=[3])
    total: int = Field(examples=[32])


class MatrixGroup(Answer):
    """Rows that stand together; an alliance's tallies count its member states on the day."""

    slug: str = Field(examples=["nato"])
    name: str = Field(examples=["NATO members"])
    rows: list[str] = Field(examples=[["joe-biden", "emmanuel-macron"]])
    """The rows by the actor's slug, in order."""
    tallies: list[MatrixTally]


class MatrixAnswer(Answer):
    """The matrix, with the filters that it answers spelled out."""

    as_of: date = Field(examples=["2024-06-30"])
    """The day the view is of: what was asked for, or today."""
    since: date | None = Field(examples=["2024-05-01"])
    known_by: date | None
    group: Grouping
    stance: MatrixStance | None
    attribution: Attribution | None
    reviewed: bool
    min_confidence: float
    """Proposals less confident than this do not count."""
    revision: int = Field(examples=[42])
    """The state of the data: two answers with one revision rest on the same data."""
    documents: int = Field(examples=[61])
    statements: int = Field(examples=[212])
    confirmed: int = Field(examples=[7])
    columns: list[Column]
    rows: list[MatrixRow]
    groups: list[MatrixGroup]
    tallies: list[MatrixTally]
    """Over all rows."""


class MatrixLine(Answer):
    """A cell as a row of a table (CSV and NDJSON): every leader shown by every question."""

    as_of: date
    actor: str
    actor_name: str
    actor_kind: ActorKind
    country: str | None
    office: str | None
    groups: list[str]
    question: str
    question_title: str
    stance: MatrixStance
    since: date | None
    statements: int
    confirmed: bool
    contested: bool
    latest_statement: UUID | None
    latest_on: date | None
    was: Stance | None
    changed: bool
    holder: str | None


@router.get("/matrix", summary="The matrix of leaders by question", response_model=MatrixAnswer)
def get_matrix(
    request: Request, filters: WantedMatrix, form: WantedForm, _: Revision, session: ReadSession
) -> Response:
    """Where each leader stands on each question at the end of a day, with who moved and who is silent.

    As CSV or NDJSON it has one row for each leader and question.
    """
    check_names(
        session,
        question=filters.questions,
        actor=filters.actors,
        alliance=filters.alliances,
        country=filters.countries,
    )
    matrix = load_matrix(session, filters)
    if form is Form.JSON:
        threshold = request.app.state.settings.threshold
        return answer_json(request, show_matrix(matrix, threshold=threshold))
    return answer_rows(request, form, f"matrix-{filters.as_of}", MatrixLine, show_lines(matrix))


def show_matrix(matrix: Matrix, *, threshold: float) -> MatrixAnswer:
    """The matrix as it is answered."""
    filters = matrix.filters
    groups = name_groups(matrix)
    least = threshold if filters.min_confidence is None else filters.min_confidence
    return MatrixAnswer(
        as_of=filters.as_of,
        since=filters.since,
        known_by=filters.known_by,
        group=Grouping(filters.group),
        stance=MatrixStance(filters.stance) if filters.stance else None,
        attribution=filters.attribution,
        reviewed=filters.reviewed,
        min_confidence=least,
        revision=matrix.revision,
        documents=matrix.documents,
        statements=matrix.statements,
        confirmed=matrix.confirmed,
        columns=[Column.model_validate(question) for question in matrix.questions],
        rows=[show_row(row, groups[row.actor.slug]) for row in matrix.rows],
        groups=[
            MatrixGroup(
                slug=group.slug,
                name=group.name,
                rows=[row.actor.slug for row in group.rows],
                tallies=show_tallies(matrix, group.tallies),
            )
            for group in matrix.groups
        ],
        tallies=show_tallies(matrix, matrix.tallies),
    )


def name_groups(matrix: Matrix) -> dict[str, list[str]]:
    """The groups in which each row stands."""
    groups: dict[str, list[str]] = {}
    for group in matrix.groups:
        for row in group.rows:
            groups.setdefault(row.actor.slug, []).append(group.slug)
    return groups


def show_row(row: Row, groups: list[str]) -> MatrixRow:
    return MatrixRow(
        actor=row.actor.slug,
        actor_name=row.actor.name,
        actor_kind=row.actor.kind,
        country=row.actor.country,
        office=row.office,
        groups=groups,
        cells=[show_cell(cell) for cell in row.cells],
    )


def show_cell(cell: Cell) -> MatrixCell:
    return MatrixCell(
        question=cell.question,
        stance=name_stance(cell),
        since=cell.since,
        statements=cell.statements,
        confirmed=cell.confirmed,
        contested=cell.contested,
        latest_statement=cell.latest_statement,
        latest_on=cell.latest_on,
        was=cell.was,
        changed=cell.changed,
        holder=cell.holder,
    )


def name_stance(cell: Cell) -> MatrixStance:
    """The stance of a cell; none is `silent`, so that a table has no hole where a leader says nothing."""
    return MatrixStance(cell.stance.value) if cell.stance else MatrixStance.SILENT


def show_tallies(matrix: Matrix, tallies: Sequence[Tally]) -> list[MatrixTally]:
    """A tally for each column, with the question it is of."""
    return [
        MatrixTally(
            question=question.slug,
            backs=tally.backs,
            open=tally.open,
            rejects=tally.rejects,
            unclear=tally.unclear,
            silent=tally.silent,
            total=tally.total,
        )
        for question, tally in zip(matrix.questions, tallies, strict=True)
    ]


def show_lines(matrix: Matrix) -> Iterator[MatrixLine]:
    """Every cell as a row of a table."""
    groups = name_groups(matrix)
    titles = {question.slug: question.title for question in matrix.questions}
    for row in matrix.rows:
        for cell in row.cells:
            yield MatrixLine(
                as_of=matrix.filters.as_of,
                actor=row.actor.slug,
                actor_name=row.actor.name,
                actor_kind=row.actor.kind,
                country=row.actor.country,
                office=row.office,
                groups=groups[row.actor.slug],
                question=cell.question,
                question_title=titles[cell.question],
                stance=name_stance(cell),
                since=cell.since,
                statements=cell.statements,
                confirmed=cell.confirmed,
                contested=cell.contested,
                latest_statement=cell.latest_statement,
                latest_on=cell.latest_on,
                was=cell.was,
                changed=cell.changed,
                holder=cell.holder,
            )
