"""The engine: transactions around what is read and written."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import psycopg

from foundation.audience import Audience
from foundation.db import Database
from search.engine import LONGEST_TEXT, IndexBroken, Progress, bounded
from search.postgres_engine import writing
from search.postgres_engine.reading import Known, Rows, Source, known, rows_of
from search.postgres_engine.tables import Cursor, State, current, driver_cursor
from search.scoring import answers
from search.scoring.answers import Asked
from search.values import FACETS, Entry, Filters, Hit, IndexState, LibraryDocument, Page, Query, Sort

TRIES = 3
_LOCK = 7_233_002


class PostgresEngine:
    """`SearchEngine` in PostgreSQL. Building one asks the database nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._guard = threading.Lock()
        self._rows: dict[Audience, tuple[State, Rows]] = {}
        self._known: dict[Audience, Known] = {}

    # --- reading ------------------------------------------------------------------------------------------

    def search(
        self,
        query: Query,
        *,
        audience: Audience,
        filters: Filters,
        sort: Sort,
        offset: int = 0,
        size: int = 20,
        uses: Mapping[str, int] | None = None,
        facets: Collection[str] = FACETS,
    ) -> Page:
        asked = Asked(filters, sort, offset, size, uses, facets)
        with self._reading(audience) as (source, generation):
            return answers.search(source, generation, bounded(query), asked)

    def similar(self, text: str, *, audience: Audience, exclude: str = "", limit: int = 5) -> tuple[Hit, ...]:
        with self._reading(audience) as (source, _):
            return answers.similar(source, text[:LONGEST_TEXT], exclude, limit)

    def entries(self, audience: Audience) -> tuple[int, tuple[Entry, ...]]:
        with self._reading(audience) as (source, generation):
            return generation, source.facts.entries

    def state(self) -> IndexState:
        with self._reading(Audience.TRAINERS) as (source, generation):
            facts = source.facts
            return IndexState(generation, dict(zip(facts.ids, facts.fingerprints, strict=True)))

    def check(self) -> None:
        with self._held(Audience.TRAINERS) as (cursor, states):
            for state in states:
                whole = cursor.execute(
                    state.sql(
                        "SELECT count(*), count(*) FILTER (WHERE"
                        " EXISTS (SELECT FROM {part} p WHERE p.document = d.no) AND (d.terms = '{{}}' OR"
                        " EXISTS (SELECT FROM {posting} p WHERE p.document = d.no AND p.term = d.terms[1])))"
                        " FROM {document} d"
                    )
                ).fetchone()
                if whole != (state.count, state.count):
                    raise IndexBroken(f"the index holds {whole} documents, not {state.count}")

    def close(self) -> None:
        """The database belongs to whoever gave it."""

    @contextmanager
    def _reading(self, audience: Audience) -> Iterator[tuple[Source, int]]:
        with self._held(audience) as (cursor, states):
            yield (
                Source(cursor, self._facts(cursor, audience, states)),
                sum(each.generation for each in states),
            )

    @contextmanager
    def _held(self, audience: Audience) -> Iterator[tuple[Cursor, Sequence[State]]]:
        """The current tables that the audience reads, held against a rebuild that would drop them."""
        for again in reversed(range(TRIES)):
            with self._database.read() as db:
                cursor = driver_cursor(db.connection())
                try:
                    states = current(cursor, audience)
                    for state in states:
                        state.execute(cursor, "LOCK TABLE {document}, {posting}, {part} IN ACCESS SHARE MODE")
                except psycopg.errors.UndefinedTable as error:
                    if again:  # a rebuild came between the two statements
                        continue
                    raise IndexBroken("the index is not there") from error
                yield cursor, states
                return

    def _facts(self, cursor: Cursor, audience: Audience, states: Sequence[State]) -> Known:
        """What is known of the audience's documents; only tables that have changed are read again."""
        found = self._known.get(audience)
        if found is None or found.states != states:
            with self._guard:
                for state in states:
                    before = self._rows.get(state.audience)
                    if before is None or before[0] != state:
                        self._rows[state.audience] = state, rows_of(cursor, state)
                found = known(states, [self._rows[state.audience][1] for state in states])
                self._known[audience] = found
        return found

    # --- writing ------------------------------------------------------------------------------------------

    def replace_all(self, documents: Iterable[LibraryDocument], progress: Progress | None = None) -> int:
        with self._writing() as cursor:
            return writing.rebuild(cursor, documents, progress)

    def update(self, documents: Iterable[LibraryDocument]) -> None:
        fresh = {document.id: document for document in documents}
        if fresh:
            self._change(list(fresh), list(fresh.values()))

    def remove(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        if gone:
            self._change(gone, ())

    def _change(self, gone: Sequence[str], fresh: Sequence[LibraryDocument]) -> None:
        with self._writing() as cursor:
            try:
                writing.change(cursor, gone, fresh)
            except psycopg.errors.UndefinedTable as error:
                raise IndexBroken("the index is not there") from error

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        with self._database.write() as db:
            cursor = driver_cursor(db.connection())
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield cursor
