"""Who is who: countries, alliances, actors, offices, and who belonged where and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_01_registry"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "country",
        sa.Column("iso2", sa.Text(), nullable=False),
        sa.Column("iso3", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("demonyms", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("metonyms", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint("iso2 ~ '^[A-Z]{2}$'", name=op.f("ck_country_iso2")),
        sa.CheckConstraint("iso3 ~ '^[A-Z]{3}$'", name=op.f("ck_country_iso3")),
        sa.PrimaryKeyConstraint("iso2", name="pk_country"),
        sa.UniqueConstraint("iso3", name="uq_country_iso3"),
    )
    op.create_table(
        "alliance",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_alliance"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alliance", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("since < until", name=op.f("ck_membership_period")),
        sa.ForeignKeyConstraint(["alliance"], ["alliance.slug"], name="fk_membership_alliance"),
        sa.ForeignKeyConstraint(["country"], ["country.iso2"], name="fk_membership_country"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
    )
    op.create_index("ix_membership_country", "membership", ["country"], unique=False)
    op.create_index(
        "uq_membership_alliance_country_since",
        "membership",
        ["alliance", "country", "since"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "actor",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("wikidata", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("proposed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("gender in ('m', 'f')", name=op.f("ck_actor_gender")),
        sa.CheckConstraint(
            "kind in ('person', 'state', 'institution', 'alliance')", name=op.f("ck_actor_kind")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_actor_name")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_actor_slug")),
        sa.ForeignKeyConstraint(["country"], ["country.iso2"], name="fk_actor_country"),
        sa.PrimaryKeyConstraint("slug", name="pk_actor"),
    )
    op.create_index("ix_actor_country", "actor", ["country"], unique=False)
    op.create_index("ix_actor_lower_name", "actor", [sa.literal_column("lower(name)")], unique=False)
    op.create_table(
        "actor_name",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weak", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.slug"], name="fk_actor_name_actor", onupdate="CASCADE"),
        sa.PrimaryKeyConstraint("actor", "name", name="pk_actor_name"),
    )
    op.create_index(
        "ix_actor_name_lower_name", "actor_name", [sa.literal_column("lower(name)")], unique=False
    )
    op.create_table(
        "office",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("alliance", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("press_titles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(
            "kind in ('head_of_state', 'head_of_government', 'foreign_minister', 'defence_minister', "
            "'spokesperson', 'alliance_head', 'other')",
            name=op.f("ck_office_kind"),
        ),
        sa.CheckConstraint("num_nonnulls(country, alliance) = 1", name=op.f("ck_office_place")),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_office_rank")),
        sa.ForeignKeyConstraint(["alliance"], ["alliance.slug"], name="fk_office_alliance"),
        sa.ForeignKeyConstraint(["country"], ["country.iso2"], name="fk_office_country"),
        sa.PrimaryKeyConstraint("slug", name="pk_office"),
    )
    op.create_table(
        "tenure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("certainty in ('verified', 'memory')", name=op.f("ck_tenure_certainty")),
        sa.CheckConstraint("since < until", name=op.f("ck_tenure_period")),
        sa.ForeignKeyConstraint(["actor"], ["actor.slug"], name="fk_tenure_actor", onupdate="CASCADE"),
        sa.ForeignKeyConstraint(["office"], ["office.slug"], name="fk_tenure_office"),
        sa.PrimaryKeyConstraint("id", name="pk_tenure"),
    )
    op.create_index("ix_tenure_office", "tenure", ["office"], unique=False)
    op.create_index(
        "uq_tenure_actor_office_since",
        "tenure",
        ["actor", "office", "since"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "question",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("keywords", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_question_slug")),
        sa.CheckConstraint("title <> '' and proposal <> ''", name=op.f("ck_question_words")),
        sa.PrimaryKeyConstraint("slug", name="pk_question"),
    )


def downgrade() -> None:
    op.drop_table("question")
    op.drop_table("tenure")
    op.drop_table("office")
    op.drop_table("actor_name")
    op.drop_table("actor")
    op.drop_table("membership")
    op.drop_table("alliance")
    op.drop_table("country")
