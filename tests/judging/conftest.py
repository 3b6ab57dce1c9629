"""The product on each kind of database, with its clock in the days of scoring."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.clock import FixedClock
from tests.judging.world import SCORING
from webapp.settings import Settings
from webapp.wiring import Product, build


@pytest.fixture
def product(tmp_path: Path, database_url: str) -> Iterator[Product]:
    """The running product; the test runs once on SQLite and once on PostgreSQL."""
    built = build(Settings(data_dir=tmp_path / "data", database_url=database_url), FixedClock(SCORING))
    yield built
    built.close()


@pytest.fixture
def sqlite_product(tmp_path: Path, sqlite_url: str) -> Iterator[Product]:
    """The same on SQLite only, for tests that are not about the database."""
    built = build(Settings(data_dir=tmp_path / "data", database_url=sqlite_url), FixedClock(SCORING))
    yield built
    built.close()
