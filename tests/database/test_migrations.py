"""The migrations build what the models describe, and can be undone, on every server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from app.config import ROOT
from app.db import Database, start_database, upgrade
from app.db._migrate import downgrade
from app.models import Base
from tests.conftest import Servers

CHECKS = text("""
    select conrelid::regclass::text as place, conname, pg_get_constraintdef(oid) as rule
    from pg_constraint where contype = 'c' and connamespace = cast(:schema as regnamespace)
    order by 1, 2
""")
SCHEMA = {"schema": "public"}
LEFT = text("""
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
    union all select proname from pg_proc where pronamespace = 'public'::regnamespace
""")


@pytest.fixture(params=["embedded", "debian"])
def bare(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Engine]:
    with start_database(servers.make_database(request.param)) as started:
        yield started.engine


def test_the_migrated_database_is_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrated_checks_are_those_of_the_models(bare: Engine) -> None:
    upgrade(bare)
    with bare.connect() as connection:
        migrated = connection.execute(CHECKS, SCHEMA).all()
        connection.execute(text("create schema modelled"))
        connection.execute(text("set search_path to modelled"))
        Base.metadata.create_all(connection)
        modelled = connection.execute(CHECKS, {"schema": "modelled"}).all()
    assert [(row.conname, row.rule) for row in modelled] == [(row.conname, row.rule) for row in migrated]


def test_every_migration_can_be_undone_and_done_again(bare: Engine) -> None:
    for _ in range(2):
        upgrade(bare)
        downgrade(bare)
        with bare.connect() as connection:
            assert connection.execute(LEFT).scalars().all() == ["alembic_version"]
    upgrade(bare)


def test_each_migration_can_be_undone_alone(bare: Engine) -> None:
    upgrade(bare)
    steps = len(list((ROOT / "migrations" / "versions").glob("*.py")))
    for _ in range(steps):
        downgrade(bare, "-1")
        upgrade(bare, "+1")
        downgrade(bare, "-1")
    with bare.connect() as connection:
        assert connection.execute(LEFT).scalars().all() == ["alembic_version"]


def test_migrating_twice_changes_nothing(database: Database) -> None:
    upgrade(database.engine)
    with database.engine.connect() as connection:
        before = connection.execute(LEFT).scalars().all(), connection.execute(CHECKS, SCHEMA).all()
    upgrade(database.engine)
    with database.engine.connect() as connection:
        after = connection.execute(LEFT).scalars().all(), connection.execute(CHECKS, SCHEMA).all()
    assert "alembic_version" in before[0]
    assert after == before


@pytest.mark.parametrize(
    "path", sorted((ROOT / "migrations" / "versions").glob("*.py")), ids=lambda p: p.stem
)
def test_a_migration_does_not_lean_on_code_that_will_change(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "from app" not in source
    assert "import app" not in source
    assert f'revision = "{path.stem}"' in source
