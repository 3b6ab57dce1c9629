"""The tables of the index and which of them are current."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from psycopg import Cursor as DriverCursor
from psycopg import sql
from sqlalchemy import Connection

from foundation.audience import READS, Audience
from search.engine import IndexBroken
from search.values import DOCUMENT_FORM

SCHEMA = "exemplar_search"

STATE = """
CREATE TABLE IF NOT EXISTS {state} (
    audience text PRIMARY KEY, tables integer NOT NULL, generation bigint NOT NULL, count integer NOT NULL,
    form integer NOT NULL)
"""
TABLES = """
CREATE TABLE {document} (
    no integer PRIMARY KEY, id text NOT NULL UNIQUE, version_id text NOT NULL, fingerprint text NOT NULL,
    title text NOT NULL, words integer NOT NULL, pairs integer NOT NULL, granted_at bigint NOT NULL,
    prize_rank integer NOT NULL, facets jsonb NOT NULL, terms bigint[] NOT NULL);
CREATE TABLE {posting} (term bigint NOT NULL, document integer NOT NULL, frequency integer NOT NULL);
CREATE TABLE {part} (document integer NOT NULL, tokens tsvector NOT NULL)
"""
INDEXES = """
CREATE UNIQUE INDEX ON {posting} (term, document) INCLUDE (frequency);
CREATE INDEX ON {part} USING gin (tokens) WITH (fastupdate = off);
CREATE INDEX ON {part} (document);
ANALYZE {document}, {posting}, {part}
"""

Cursor = DriverCursor[tuple[Any, ...]]


def driver_cursor(connection: Connection) -> Cursor:
    """psycopg's own cursor inside SQLAlchemy's transaction: COPY and binary answers need it."""
    return cast("Cursor", connection.connection.cursor())


@dataclass(frozen=True, slots=True)
class State:
    """The current tables of the cases for one audience."""

    audience: Audience
    tables: int
    generation: int
    count: int
    form: int

    def sql(self, statement: str) -> sql.Composed:
        """A statement with the names of these tables."""
        names = {
            name: sql.Identifier(SCHEMA, f"{name}_{self.tables}_{self.audience.value}")
            for name in ("document", "posting", "part")
        }
        return sql.SQL(statement).format(**names, state=_STATE_TABLE)

    def execute(self, cursor: Cursor, statements: str) -> None:
        for statement in statements.split(";"):
            cursor.execute(self.sql(statement))

    def save(self, cursor: Cursor) -> None:
        cursor.execute(
            self.sql(
                "INSERT INTO {state} VALUES (%s, %s, %s, %s, %s) ON CONFLICT (audience) DO UPDATE SET"
                " tables = excluded.tables, generation = excluded.generation, count = excluded.count,"
                " form = excluded.form"
            ),
            (self.audience.value, self.tables, self.generation, self.count, self.form),
        )


_STATE_TABLE = sql.Identifier(SCHEMA, "states")


def states(cursor: Cursor, audiences: Collection[Audience] = tuple(Audience)) -> list[State]:
    """What is on record of these audiences' cases, in the order of audiences."""
    rows = cursor.execute(
        sql.SQL("SELECT audience, tables, generation, count, form FROM {} WHERE audience = ANY(%s)").format(
            _STATE_TABLE
        ),
        ([each.value for each in audiences],),
    )
    found = {row[0]: State(Audience(row[0]), *row[1:]) for row in rows}
    return [found[each.value] for each in Audience if each.value in found]


def current(cursor: Cursor, audience: Audience) -> list[State]:
    """The tables that an audience reads. Raises IndexBroken."""
    found = states(cursor, READS[audience])
    if len(found) != len(READS[audience]):
        raise IndexBroken("the index has no state")
    for state in found:
        if state.form != DOCUMENT_FORM:
            raise IndexBroken(f"the index has form {state.form}, this program writes {DOCUMENT_FORM}")
    return found
