"""The derived table that matrices read, and the revisions behind ETags."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_04_positions"
down_revision = "2026_11_24_03_statements"


def upgrade() -> None:
    op.create_table(
        "position",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("latest_on", sa.Date(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "stance in ('backs', 'open', 'rejects', 'unclear')", name=op.f("ck_position_stance")
        ),
        sa.CheckConstraint("since <= valid_from", name=op.f("ck_position_since")),
        sa.CheckConstraint("statements >= 1", name=op.f("ck_position_statements")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_position_period")),
        sa.ForeignKeyConstraint(["actor"], ["actor.slug"], name="fk_position_actor", onupdate="CASCADE"),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["statement.id"], name="fk_position_decided_by", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["holder"], ["actor.slug"], name="fk_position_holder", onupdate="CASCADE"),
        sa.ForeignKeyConstraint(
            ["question"], ["question.slug"], name="fk_position_question", onupdate="CASCADE"
        ),
        sa.PrimaryKeyConstraint("actor", "question", "valid_from", name="pk_position"),
    )
    op.create_index("ix_position_decided_by", "position", ["decided_by"], unique=False)
    op.create_index(
        "ix_position_question_valid_to_valid_from",
        "position",
        ["question", "valid_to", "valid_from"],
        unique=False,
    )
    op.create_table(
        "revision",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_revision"),
    )


def downgrade() -> None:
    op.drop_table("revision")
    op.drop_table("position")
