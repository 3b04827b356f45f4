"""Statements with their evidence, and the reviews of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_03_statements"
down_revision = "2026_11_24_02_documents"


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("cue", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("content", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("known_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'proposed'"), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=True),
        sa.Column("original", postgresql.JSONB(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('english', left(evidence, 200000))", persisted=True),
            nullable=False,
        ),
        sa.CheckConstraint(
            "attribution in ('direct', 'mixed', 'indirect')", name=op.f("ck_statement_attribution")
        ),
        sa.CheckConstraint(
            "stance in ('backs', 'open', 'rejects', 'unclear')", name=op.f("ck_statement_stance")
        ),
        sa.CheckConstraint(
            "status in ('proposed', 'confirmed', 'corrected', 'rejected')", name=op.f("ck_statement_status")
        ),
        sa.CheckConstraint(
            "char_length(evidence) = span_end - span_start", name=op.f("ck_statement_evidence")
        ),
        sa.CheckConstraint("confidence between 0 and 1", name=op.f("ck_statement_confidence")),
        sa.CheckConstraint("span_start >= 0 and span_end > span_start", name=op.f("ck_statement_span")),
        sa.ForeignKeyConstraint(["actor"], ["actor.slug"], name="fk_statement_actor", onupdate="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_statement_document_id"),
        sa.ForeignKeyConstraint(
            ["question"], ["question.slug"], name="fk_statement_question", onupdate="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
    )
    op.create_index(
        "ix_statement_actor_question_said_on", "statement", ["actor", "question", "said_on"], unique=False
    )
    op.create_index("ix_statement_question_said_on", "statement", ["question", "said_on"], unique=False)
    op.create_index("ix_statement_said_on_id", "statement", ["said_on", "id"], unique=False)
    op.create_index(
        "ix_statement_search",
        "statement",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "uq_statement_document_id_actor_question_span",
        "statement",
        ["document_id", "actor", "question", "span_start", "span_end"],
        unique=True,
        postgresql_where=sa.text("withdrawn is null"),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("reviewer <> ''", name=op.f("ck_review_reviewer")),
        sa.CheckConstraint(
            "verdict in ('confirm', 'correct', 'reject', 'reopen')", name=op.f("ck_review_verdict")
        ),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_review_statement_id"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_statement_id_at", "review", ["statement_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("review")
    op.drop_table("statement")
