"""The tests here begin with the same edition and people: made once, copied for each test."""

from pathlib import Path

import pytest

from tests.casebook.reviewing.world import Office, office
from tests.support import databases


@pytest.fixture(scope="session")
def prepared(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Office]:
    """A database file with an edition and its editors, and what is in it."""
    path = tmp_path_factory.mktemp("reviewing") / "exemplar.sqlite"
    opened = databases.open_database(databases.copy_sqlite(sqlite_template, path))
    found = office(opened)
    opened.close()
    return path, found


@pytest.fixture
def sqlite_url(prepared: tuple[Path, Office], tmp_path: Path) -> str:
    """A copy of it of this test's own; `sqlite_database` and `product` open it."""
    return databases.copy_sqlite(prepared[0], tmp_path / "exemplar.sqlite")
