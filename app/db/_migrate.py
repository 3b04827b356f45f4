"""Bring a database to the newest schema."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from app.config import ROOT


def make_config() -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that are missing. Safe to call from several processes at once: one migrates,
    the others wait for it (migrations/env.py)."""
    with engine.connect() as connection:
        config = make_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Undo migrations, for tests and for going back to an older Demarche."""
    with engine.connect() as connection:
        config = make_config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
