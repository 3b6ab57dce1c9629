"""The models and the migrations say the same, on both databases."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from foundation.db import Database
from tests.support.factories import make_call, make_entry
from webapp import migrate
from webapp.schema import metadata


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _same_kind})
        assert compare_metadata(context, metadata) == []


def _same_kind(
    _context: Any, _inspected: Any, _metadata: Any, inspected_type: Any, metadata_type: Any
) -> bool | None:
    """SQLite's reflection knows JSON and instants by other names; length and kind are compared elsewhere."""
    if inspected_type.python_type is metadata_type.python_type:
        return getattr(inspected_type, "length", None) != getattr(metadata_type, "length", None)
    return None


def test_every_table_is_there(database: Database) -> None:
    tables = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    assert tables == set(metadata.tables)


def test_there_is_one_head(database: Database) -> None:
    assert ScriptDirectory.from_config(migrate.configuration()).get_heads() == [migrate.newest()]
    assert migrate.current(database) == migrate.newest()


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate.upgrade(database)
    assert migrate.current(database) == migrate.newest()


@pytest.mark.parametrize("verb", ["UPDATE journal SET action = 'x'", "DELETE FROM journal"])
def test_the_journal_is_append_only(database: Database, verb: str) -> None:
    columns = "seq, at, actor_id, action, subject_id, detail, previous, hash"
    with database.write() as db:
        db.execute(
            text(f"INSERT INTO journal ({columns}) VALUES (1, '2026-03-01', 'a', 'b', 'c', '{{}}', 'p', 'h')")
        )

    def change() -> None:
        with database.write() as db:
            db.execute(text(verb))

    with pytest.raises(DBAPIError, match="append only"):
        change()


def test_a_version_that_was_handed_in_stays_as_it_was(database: Database) -> None:
    with database.write() as db:
        make_entry(db, call=make_call(db))

    def change() -> None:
        with database.write() as db:
            db.execute(text("UPDATE case_version SET title = '改了'"))

    with pytest.raises(DBAPIError, match="append only"):
        change()
