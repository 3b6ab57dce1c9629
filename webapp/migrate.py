"""Bringing a database to the newest migration."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from foundation.db import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(database: Database) -> None:
    """Run what is missing; nothing to do is quick. All of it is one transaction on both databases."""
    if current(database) == newest():
        return
    with database.engine.connect().execution_options(exemplar_write=True) as connection, connection.begin():
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def newest() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()


def current(database: Database) -> str | None:
    """The database's revision, None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
