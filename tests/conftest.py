"""Fixtures for all tests: real databases, real files, a clock that stands still, a real browser."""

import gc
import importlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from foundation.clock import FixedClock
from foundation.db import Database
from foundation.files import FileStore, LocalFiles, S3Files
from foundation.ids import new_id
from tests.support import browser, databases, postgres, s3, statements, unsynced
from tests.support.serving import serving

hypothesis.settings.register_profile("exemplar", deadline=None)  # a busy machine is slow, not wrong
hypothesis.settings.load_profile("exemplar")
statements.share()
unsynced.everywhere()
gc.set_threshold(100_000, 20, 50)  # a test leaves little behind, and the whole product is always there

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop in the main thread, where asyncio.run then fails.

    The journeys first among them: they are the longest, and no worker should end alone with one.
    """

    def turn(item: pytest.Item) -> int:
        if "playwright" not in getattr(item, "fixturenames", ()):
            return 0
        return 1 if "journeys" in item.path.parts else 2

    items.sort(key=turn)


def lacking(reason: str) -> None:
    """Skip where a developer's machine lacks something; in CI nothing may be skipped."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock() -> FixedClock:
    """Stands at 2026-03-01 08:00 UTC until it is moved."""
    return FixedClock(NOW)


# --- databases -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresServer]:
    try:
        with postgres.running() as server:
            yield server
    except postgres.NoPostgres as error:
        lacking(str(error))


@pytest.fixture(scope="session")
def postgres_url(postgres_server: postgres.PostgresServer) -> str:
    """An empty PostgreSQL database, without tables, for the whole run."""
    postgres_server.create("empty")
    return postgres_server.url("empty")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "exemplar.sqlite"
    databases.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.PostgresServer) -> str:
    """The name of a migrated PostgreSQL database to copy."""
    postgres_server.create("template_exemplar")
    databases.migrate(postgres_server.url("template_exemplar"))
    return "template_exemplar"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database of this test's own."""
    return databases.copy_sqlite(sqlite_template, tmp_path / "exemplar.sqlite")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated, empty database of this test's own; the test runs once on each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: postgres.PostgresServer = request.getfixturevalue("postgres_server")
    template: str = request.getfixturevalue("postgres_template")
    name = f"test_{new_id()}"
    server.create(name, template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An opened, migrated, empty database with the product's visibility rules; on SQLite and PostgreSQL."""
    opened = databases.open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """The same on SQLite only, for tests that are not about the database."""
    opened = databases.open_database(sqlite_url)
    yield opened
    opened.close()


# --- files -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def s3_server() -> Iterator[s3.S3Server]:
    with s3.running() as server:
        yield server


@pytest.fixture
def files(tmp_path: Path) -> LocalFiles:
    return LocalFiles(tmp_path / "files")


@pytest.fixture(params=["local", "s3"])
def any_files(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """An empty file store; the test runs once on a folder and once on S3."""
    if request.param == "local":
        return LocalFiles(tmp_path / "files")
    server: s3.S3Server = request.getfixturevalue("s3_server")
    return S3Files(server.store(new_id()))


# --- the product -----------------------------------------------------------------------------------


@pytest.fixture
def product(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Any]:
    """The whole product (`webapp.wiring.Product`) on SQLite and a folder of this test's own, nothing started.

    Its clock is the `clock` fixture; `product.worker.run_once()` does what the worker would.
    """
    yield from _built(sqlite_url, tmp_path, clock)


@pytest.fixture
def any_product(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Any]:
    """The same, once on SQLite and once on PostgreSQL."""
    yield from _built(database_url, tmp_path, clock)


def _built(url: str, folder: Path, clock: FixedClock) -> Iterator[Any]:
    settings = importlib.import_module("webapp.settings").Settings(
        data_dir=folder / "var", database_url=url, secret_key="s" * 32
    )
    built = importlib.import_module("webapp.wiring").build(settings, clock)
    yield built
    built.close()


@pytest.fixture
def visitor(product: Any) -> Any:
    """Somebody at the pages of `product`, not signed in (`tests.support.web.Visitor`)."""
    return importlib.import_module("tests.support.web").Visitor(product)


@pytest.fixture
def client(visitor: Any) -> Any:
    """A bare test client on `product`."""
    return visitor.client


@pytest.fixture
def served(product: Any) -> Iterator[str]:
    """The address of `product` on a real port, for the browser."""
    with serving(product.app) as address:
        yield address


# --- the browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's hook: Debian's chromium by its path."""
    found = browser.executable()
    if found is None:
        lacking("browser tests need chromium: `apt install chromium`, or name one in EXEMPLAR_TEST_BROWSER")
    return {**browser_type_launch_args, "executable_path": str(found), "args": list(browser.ARGUMENTS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 1280, "height": 900}}
