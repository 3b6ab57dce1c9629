"""Statements are compiled once a test process, not once a test.

SQLAlchemy keeps compiled statements with the engine, and nearly every test opens an engine of its own: a
third of the time of all tests went into compiling the same statements again. What is compiled depends on the
kind of database only, so all engines of one kind share one cache here.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache


class SharedStatements(LRUCache[Any, Any]):
    """SQLAlchemy's keys begin with the engine's dialect; the kind of dialect takes its place."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(_shared(key), default)

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        super().__setitem__(_shared(key), value)


def _shared(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return (type(key[0]), *key[1:])


def share() -> None:
    """From now on all engines of this process share what they compile."""
    statements = SharedStatements(20_000)

    @event.listens_for(Engine, "engine_connect")
    def use(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)
