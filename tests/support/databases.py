"""Databases of the tests' own, migrated once and copied."""

import importlib
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from foundation.db import Database


def migrate(url: str) -> None:
    """Bring an empty database to the newest migration."""
    database = Database(url)
    _webapp("migrate").upgrade(database)
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # the file alone is copied
    database.close()


def open_database(url: str) -> Database:
    """With the visibility rules of all packages, and the languages of the product."""
    return Database(url, _webapp("wiring").GRANTS, _webapp("languages").languages())


def copy_sqlite(template: Path, target: Path) -> str:
    """Copy a closed SQLite file; returns the URL of the copy."""
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"


def make_changeable(db: Session, table: str) -> None:
    """Take the guard off an append-only table, for tests that ask what would follow if a row were another."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    else:
        db.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_update"))


def _webapp(name: str) -> Any:
    """Loaded when needed: tests of pure rules start without the whole product behind them."""
    return importlib.import_module(f"webapp.{name}")
