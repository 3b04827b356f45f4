"""Source texts and the stories they tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_02_documents"
down_revision = "2026_11_24_01_registry"


def upgrade() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("date_basis", sa.Text(), nullable=False),
        sa.Column("retrieved", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column(
            "characters", sa.Integer(), sa.Computed("char_length(text)", persisted=True), nullable=False
        ),
        sa.Column("bands", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
        sa.Column("signature", postgresql.BYTEA(), nullable=True),
        sa.Column("extractor", sa.Text(), nullable=True),
        sa.Column("extracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('english', left(coalesce(title, '') || ' ' || text, 200000))", persisted=True
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "date_basis in ('given', 'found', 'retrieved')", name=op.f("ck_document_date_basis")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_document_text")),
        sa.CheckConstraint("text_hash ~ '^[0-9a-f]{64}$'", name=op.f("ck_document_text_hash")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_document_story_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("number", name="uq_document_number"),
        sa.UniqueConstraint("text_hash", name="uq_document_text_hash"),
    )
    op.create_index("ix_document_bands", "document", ["bands"], unique=False, postgresql_using="gin")
    op.create_index("ix_document_published_number", "document", ["published", "number"], unique=False)
    op.create_index(
        "ix_document_search",
        "document",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_document_story_id", "document", ["story_id"], unique=False)


def downgrade() -> None:
    op.drop_table("document")
    op.drop_table("story")
