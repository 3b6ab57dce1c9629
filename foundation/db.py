"""The database: one class that opens it and the two ways to use it, reading and writing."""

import importlib
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, String, create_engine, event, make_url
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from foundation.actor import SYSTEM, Actor
from foundation.ids import ID_LENGTH, new_id
from foundation.visibility import Grant, Visibility

WAL_RESET_FIXED_IN = (3, 51, 3)
SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # NORMAL loses acknowledged commits in a power cut
    "foreign_keys": "ON",
    "busy_timeout": "10000",
    "trusted_schema": "OFF",
    "cache_size": "-65536",
}
"""SQLite 3.7.0 to 3.51.2 can lose commits when the WAL is reset; `exemplar doctor` warns."""


def sqlite_module() -> Any:
    """The standard library's sqlite3, or pysqlite3's newer SQLite where the standard one has the WAL bug."""
    if sqlite3.sqlite_version_info >= WAL_RESET_FIXED_IN:
        return sqlite3
    try:
        return importlib.import_module("pysqlite3")
    except ImportError:  # no wheel for this platform: serve all the same, doctor says what it means
        return sqlite3


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database on every dialect (SQLite drops the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
"""A JSON column: JSONB on PostgreSQL."""

Id = String(ID_LENGTH)


class Base(DeclarativeBase):
    """All tables. Constraint names are fixed so that migrations can name them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }


class Row(Base):
    """A table whose key is an id of ours."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)


class Database:
    """An opened database.

    Args:
        url: `sqlite:///path` or `postgresql+psycopg://...`.
        grants: who sees which rows; see `foundation.visibility`.
        languages: translations by code, the first is the product's own: sessions carry them, because a letter
            is written in its reader's language and not in the language of who causes it.

    A `write()` on SQLite begins IMMEDIATE and waits its turn in this process first: a deferred transaction
    that turns from reading to writing fails at once whatever the busy timeout, or loses read-modify-writes.
    """

    def __init__(
        self,
        url: str,
        grants: tuple[Grant, ...] = (),
        languages: Mapping[str, NullTranslations] | None = None,
    ) -> None:
        self.url = make_url(url)
        self._languages = dict(languages or {})
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgres_engine(url)
        self._writer = threading.Lock()
        self.committed = threading.Event()
        """Set after each commit of this process: the worker waits for it instead of polling."""
        self._session_class = Visibility(grants).session_class()

    @contextmanager
    def read(self, actor: Actor = SYSTEM) -> Iterator[Session]:
        """One consistent reading; whatever is changed inside is thrown away."""
        with self._session(actor) as session:
            if not self.is_sqlite:  # there a transaction is one moment anyway
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def write(self, actor: Actor = SYSTEM) -> Iterator[Session]:
        """One transaction: leaving the block commits durably, raising rolls back."""
        if not self.is_sqlite:
            with self._session(actor) as session, _committing(session):
                yield session
            self.committed.set()
            return
        with self._writer, self._session(actor) as session:
            session.connection(execution_options={"exemplar_write": True})
            with _committing(session):
                yield session
        self.committed.set()

    def _session(self, actor: Actor) -> Session:
        info = {"actor": actor, "languages": self._languages}
        return self._session_class(self.engine, expire_on_commit=False, info=info)

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _committing(session: Session) -> Iterator[None]:
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, module=sqlite_module(), pool_size=12, max_overflow=20, connect_args={"timeout": 10}
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("exemplar_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgres_engine(url: str) -> Engine:
    return create_engine(url, pool_size=12, max_overflow=20, pool_pre_ping=True)
