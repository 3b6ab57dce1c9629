"""Databases of the tests' own, migrated once and copied."""

import shutil
from pathlib import Path

from foundation.db import Database
from webapp import migrate as migrations
from webapp.wiring import GRANTS


def migrate(url: str) -> None:
    """Bring an empty database to the newest migration."""
    database = Database(url)
    migrations.upgrade(database)
    database.close()


def open_database(url: str) -> Database:
    """With the visibility rules of all packages."""
    return Database(url, GRANTS)


def copy_sqlite(template: Path, target: Path) -> str:
    """Copy a closed SQLite file; returns the URL of the copy."""
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"
