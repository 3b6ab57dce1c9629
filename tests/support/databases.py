"""Databases of the tests' own, migrated once and copied."""

import shutil
from pathlib import Path

from foundation import files, journal, mail, people
from foundation.db import Base, Database


def migrate(url: str) -> None:
    """Bring an empty database to the newest migration."""
    assert all((files, journal, mail, people))
    database = Database(url)
    Base.metadata.create_all(database.engine)
    statements = journal.APPEND_ONLY_SQLITE if database.is_sqlite else journal.APPEND_ONLY_POSTGRES
    with database.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    database.close()


def open_database(url: str) -> Database:
    """With the visibility rules of all packages."""
    return Database(url)


def copy_sqlite(template: Path, target: Path) -> str:
    """Copy a closed SQLite file; returns the URL of the copy."""
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"
