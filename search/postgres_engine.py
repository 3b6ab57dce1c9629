"""The engine for several machines: the index as tables of a PostgreSQL schema of its own.

    state             one row: which tables are current, generation, count, form
    document_N        what a hit, a facet and a sort order need; the hashes of the document's terms
    posting_N         (term, document, frequency), the term as a 64-bit hash; ranking reads nothing else
    part_N            the pairs of a stretch of a document with positions as a tsvector, with a GIN index

PostgreSQL's own ranking (`ts_rank`) is neither good (MRR .67) nor quick (seconds at 50,000 documents), and
its parsers know no Chinese: the text comes cut into our terms, GIN answers phrases, and the posting lists of
a question come as one row a term, packed, to be ranked like those of the other engine (`search.scoring`).

A tsvector keeps at most 256 positions of a term and none above 16,383, hence the overlapping stretches.
A rebuild fills new tables and switches in one transaction. Writers take an advisory lock.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import numpy as np
import psycopg
from psycopg import Cursor, sql
from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from foundation.audience import READS, Audience
from foundation.db import Database
from search import analysis
from search.engine import IndexBroken, Progress
from search.scoring import answers
from search.scoring.answers import Asked
from search.scoring.arrays import NOTHING, Codes, Facts, Key, Numbers, Postings
from search.values import (
    DOCUMENT_FORM,
    FACETS,
    Entry,
    Filters,
    Hit,
    IndexState,
    LibraryDocument,
    Page,
    Query,
    Sort,
)

SCHEMA = "exemplar_search"
PART = 256
"""Positions in one stretch: the most that a tsvector keeps of one term."""
OVERLAP = 32
"""Positions that two stretches share; no phrase that is looked up is longer."""
BATCH = 200
TRIES = 3
_LOCK = 7_233_002
_PACKED = np.dtype([("document", ">i4"), ("frequency", ">i4")])

_STATE = """
CREATE TABLE IF NOT EXISTS {state} (
    tables integer NOT NULL, generation bigint NOT NULL, count integer NOT NULL, form integer NOT NULL)
"""
_TABLES = """
CREATE TABLE {document} (
    no integer PRIMARY KEY, id text NOT NULL UNIQUE, version_id text NOT NULL, fingerprint text NOT NULL,
    title text NOT NULL, words integer NOT NULL, pairs integer NOT NULL, granted_at bigint NOT NULL,
    prize_rank integer NOT NULL, audience text NOT NULL, facets jsonb NOT NULL, terms bigint[] NOT NULL);
CREATE TABLE {posting} (term bigint NOT NULL, document integer NOT NULL, frequency integer NOT NULL);
CREATE TABLE {part} (document integer NOT NULL, tokens tsvector NOT NULL)
"""
_INDEXES = """
CREATE UNIQUE INDEX ON {posting} (term, document) INCLUDE (frequency);
CREATE INDEX ON {part} USING gin (tokens) WITH (fastupdate = off);
CREATE INDEX ON {part} (document);
ANALYZE {document}, {posting}, {part}
"""

_Cursor = Cursor[tuple[Any, ...]]


class PostgresEngine:
    """`SearchEngine` in PostgreSQL. Building one asks the database nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._guard = threading.Lock()
        self._known: dict[Audience, tuple[_State, Facts, Numbers]] = {}

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
    ) -> Page:
        asked = Asked(filters, sort, offset, size, uses)
        with self._reading() as (cursor, state):
            return answers.search(self._source(cursor, state, audience), state.generation, query, asked)

    def similar(self, text: str, *, audience: Audience, exclude: str = "", limit: int = 5) -> tuple[Hit, ...]:
        with self._reading() as (cursor, state):
            return answers.similar(self._source(cursor, state, audience), text, exclude, limit)

    def entries(self, audience: Audience) -> tuple[int, tuple[Entry, ...]]:
        with self._reading() as (cursor, state):
            return state.generation, self._source(cursor, state, audience).facts.entries

    def state(self) -> IndexState:
        with self._reading() as (cursor, state):
            facts = self._source(cursor, state, Audience.TRAINERS).facts
            return IndexState(state.generation, dict(zip(facts.ids, facts.fingerprints, strict=True)))

    def check(self) -> None:
        with self._reading() as (cursor, state):
            whole = cursor.execute(
                state.sql(
                    "SELECT count(*), count(*) FILTER (WHERE"
                    " EXISTS (SELECT FROM {part} p WHERE p.document = d.no)"
                    " AND EXISTS (SELECT FROM {posting} p WHERE p.document = d.no AND p.term = d.terms[1]))"
                    " FROM {document} d"
                )
            ).fetchone()
            if whole != (state.count, state.count):
                raise IndexBroken(f"the index holds {whole} documents, not {state.count}")

    def close(self) -> None:
        """The database belongs to whoever gave it."""

    @contextmanager
    def _reading(self) -> Iterator[tuple[_Cursor, _State]]:
        """The tables that are current, held against a rebuild that would drop them meanwhile."""
        for again in reversed(range(TRIES)):
            with self._database.read() as db:
                cursor = _driver_cursor(db.connection())
                try:
                    state = _state(cursor)
                    _execute(cursor, state, "LOCK TABLE {document}, {posting}, {part} IN ACCESS SHARE MODE")
                except psycopg.errors.UndefinedTable as error:
                    if again:  # a rebuild came between the two statements
                        continue
                    raise IndexBroken("the index is not there") from error
                yield cursor, state
                return

    def _source(self, cursor: _Cursor, state: _State, audience: Audience) -> _Source:
        known = self._known.get(audience)
        if known is None or known[0] != state:
            with self._guard:
                known = state, *_facts(cursor, state, audience)
                self._known[audience] = known
        return _Source(cursor, state, known[1], known[2])

    # --- writing ------------------------------------------------------------------------------------------

    def replace_all(self, documents: Iterable[LibraryDocument], progress: Progress | None = None) -> int:
        with self._writing() as cursor:
            cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
            _execute(cursor, _State(0, 0, 0, DOCUMENT_FORM), _STATE)
            before = _states(cursor)
            last = max((state.tables for state in before), default=0)
            generation = max((state.generation for state in before), default=0) + 1
            state = _State(last + 1, generation, 0, DOCUMENT_FORM)
            for name in _leftover(cursor, state):
                cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(SCHEMA, name)))
            _execute(cursor, state, _TABLES)
            count = _fill(cursor, state, documents, 1, progress)
            _execute(cursor, state, _INDEXES)
            cursor.execute(state.sql("DELETE FROM {state}"))
            cursor.execute(
                state.sql("INSERT INTO {state} VALUES (%s, %s, %s, %s)"),
                (state.tables, state.generation, count, state.form),
            )
            for old in before:
                _execute(cursor, old, "DROP TABLE IF EXISTS {document}, {posting}, {part}")
        return count

    def update(self, documents: Iterable[LibraryDocument]) -> None:
        fresh = list({document.id: document for document in documents}.values())
        if fresh:
            self._change([document.id for document in fresh], fresh)

    def remove(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        if gone:
            self._change(gone, ())

    def _change(self, gone: Sequence[str], fresh: Sequence[LibraryDocument]) -> None:
        with self._writing() as cursor:
            try:
                state = _state(cursor)
                _delete(cursor, state, gone)
                row = cursor.execute(state.sql("SELECT coalesce(max(no), 0) + 1 FROM {document}")).fetchone()
                assert row is not None
                _fill(cursor, state, fresh, int(row[0]), None)
                cursor.execute(
                    state.sql(
                        "UPDATE {state} SET generation = generation + 1,"
                        " count = (SELECT count(*) FROM {document})"
                    )
                )
            except psycopg.errors.UndefinedTable as error:
                raise IndexBroken("the index is not there") from error

    @contextmanager
    def _writing(self) -> Iterator[_Cursor]:
        with self._database.write() as db:
            cursor = _driver_cursor(db.connection())
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield cursor


def _driver_cursor(connection: Connection) -> _Cursor:
    """psycopg's own cursor inside SQLAlchemy's transaction: COPY and binary answers need it."""
    return cast("_Cursor", connection.connection.cursor())


@dataclass(frozen=True, slots=True)
class _State:
    tables: int
    generation: int
    count: int
    form: int

    def sql(self, statement: str) -> sql.Composed:
        """A statement with the names of the current tables."""
        names = {
            name: sql.Identifier(SCHEMA, f"{name}_{self.tables}") for name in ("document", "posting", "part")
        }
        return sql.SQL(statement).format(**names, state=sql.Identifier(SCHEMA, "state"))


def _states(cursor: _Cursor) -> list[_State]:
    table = sql.Identifier(SCHEMA, "state")
    rows = cursor.execute(sql.SQL("SELECT tables, generation, count, form FROM {}").format(table))
    return [_State(*row) for row in rows]


def _state(cursor: _Cursor) -> _State:
    found = _states(cursor)
    if len(found) != 1:
        raise IndexBroken("the index has no state")
    if found[0].form != DOCUMENT_FORM:
        raise IndexBroken(f"the index has form {found[0].form}, this program writes {DOCUMENT_FORM}")
    return found[0]


def _leftover(cursor: _Cursor, state: _State) -> list[str]:
    """Tables with the coming number that a lost state has left behind."""
    found = cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename LIKE %s",
        (SCHEMA, f"%\\_{state.tables}"),
    )
    return [str(row[0]) for row in found]


def _execute(cursor: _Cursor, state: _State, statements: str) -> None:
    for statement in statements.split(";"):
        cursor.execute(state.sql(statement))


# --- what is written --------------------------------------------------------------------------------------


def _hash(key: Key) -> int:
    """64 bits: among a million terms two share a number with a chance of 1 in 30 million."""
    digest = hashlib.blake2b(
        f"{key.field}{key.term}".encode("utf-8", "surrogatepass"), digest_size=8
    ).digest()
    return int.from_bytes(digest, "big", signed=True)


def _fill(
    cursor: _Cursor,
    state: _State,
    documents: Iterable[LibraryDocument],
    first: int,
    progress: Progress | None,
) -> int:
    """Writes documents with ascending numbers, in batches so that memory does not grow."""
    count = 0
    batch: list[_Prepared] = []
    for document in documents:
        batch.append(_prepared(first + count, document))
        count += 1
        if len(batch) == BATCH:
            _copy(cursor, state, batch)
            batch.clear()
            if progress is not None:
                progress(count)
    _copy(cursor, state, batch)
    if progress is not None:
        progress(count)
    return count


@dataclass(frozen=True, slots=True)
class _Prepared:
    number: int
    row: tuple[Any, ...]
    frequencies: Mapping[int, int]
    parts: Sequence[str]


def _prepared(number: int, document: LibraryDocument) -> _Prepared:
    terms = analysis.terms(analysis.folded(analysis.indexed_text(document)).text)
    frequencies: Counter[int] = Counter()
    for field, found in (("w", terms.words), ("p", terms.pairs), ("c", terms.characters)):
        frequencies.update({_hash(Key(field, term)): count for term, count in Counter(found).items()})
    row = (
        number,
        document.id,
        document.version_id,
        document.fingerprint,
        document.title,
        len(terms.words),
        len(terms.pairs),
        document.granted_at,
        document.prize_rank,
        document.audience.value,
        Jsonb([document.facets()[name] for name in FACETS]),
        list(frequencies),
    )
    return _Prepared(number, row, frequencies, list(_parts(terms.pairs, terms.positions)))


def _parts(pairs: Sequence[str], positions: Sequence[int]) -> Iterator[str]:
    """tsvector literals of overlapping stretches; at least one, be it empty."""
    last = positions[-1] if positions else 0
    for start in range(0, max(last - OVERLAP, 0) + 1, PART - OVERLAP):
        places: dict[str, list[str]] = {}
        for term, position in zip(pairs, positions, strict=True):
            if start <= position < start + PART:
                places.setdefault(term, []).append(str(position - start + 1))
        yield " ".join(f"{_lexeme(term)}:{','.join(found)}" for term, found in places.items())


def _lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _copy(cursor: _Cursor, state: _State, batch: Sequence[_Prepared]) -> None:
    with cursor.copy(state.sql("COPY {document} FROM STDIN")) as copy:
        for item in batch:
            copy.write_row(item.row)
    with cursor.copy(state.sql("COPY {posting} FROM STDIN")) as copy:
        for item in batch:
            for term, frequency in item.frequencies.items():
                copy.write_row((term, item.number, frequency))
    with cursor.copy(state.sql("COPY {part} FROM STDIN")) as copy:
        for item in batch:
            for part in item.parts:
                copy.write_row((item.number, part))


def _delete(cursor: _Cursor, state: _State, ids: Sequence[str]) -> None:
    found = cursor.execute(
        state.sql("DELETE FROM {document} WHERE id = ANY(%s) RETURNING no, terms"), (list(ids),)
    ).fetchall()
    for number, terms in found:
        cursor.execute(
            state.sql("DELETE FROM {posting} WHERE term = ANY(%s) AND document = %s"), (terms, number)
        )
    cursor.execute(
        state.sql("DELETE FROM {part} WHERE document = ANY(%s)"), ([number for number, _ in found],)
    )


# --- what is read -----------------------------------------------------------------------------------------


class _Source:
    """One state of the index inside one transaction."""

    def __init__(self, cursor: _Cursor, state: _State, facts: Facts, numbers: Numbers) -> None:
        self._cursor = cursor
        self._state = state
        self._numbers = numbers
        self.facts = facts

    def postings(self, keys: Sequence[Key]) -> Mapping[Key, Postings]:
        hashes = {_hash(key): key for key in keys}
        rows = self._cursor.execute(
            self._state.sql(
                "SELECT term, string_agg(int4send(document) || int4send(frequency), ''::bytea) FROM {posting}"
                " WHERE term = ANY(%s) GROUP BY term"
            ),
            (list(hashes),),
        )
        found = {hashes[term]: self._unpacked(packed) for term, packed in rows}
        return {key: found.get(key, NOTHING) for key in keys}

    def phrase(self, terms: Sequence[tuple[str, int]]) -> Numbers:
        text = _lexeme(terms[0][0])
        for (_, before), (term, position) in pairwise(terms):
            text += f" <{position - before}> {_lexeme(term)}"
        rows = self._cursor.execute(
            self._state.sql("SELECT DISTINCT document FROM {part} WHERE tokens @@ %s::tsquery"), (text,)
        )
        found = np.sort(np.fromiter((row[0] for row in rows), np.int32))
        found = found[np.isin(found, self._numbers)]
        return np.searchsorted(self._numbers, found).astype(np.int32)

    def _unpacked(self, packed: bytes) -> Postings:
        rows = np.sort(np.frombuffer(packed, _PACKED), order="document")
        rows = rows[np.isin(rows["document"], self._numbers)]
        places = np.searchsorted(self._numbers, rows["document"].astype(np.int32)).astype(np.int32)
        return Postings(places, rows["frequency"].astype(np.float32))


def _facts(cursor: _Cursor, state: _State, audience: Audience) -> tuple[Facts, Numbers]:
    rows = cursor.execute(
        state.sql(
            "SELECT no, id, version_id, fingerprint, title, words, pairs, granted_at, prize_rank, facets"
            " FROM {document} WHERE audience = ANY(%s) ORDER BY no"
        ),
        ([each.value for each in READS[audience]],),
    ).fetchall()
    facts = Facts(
        ids=[row[1] for row in rows],
        versions=[row[2] for row in rows],
        fingerprints=[row[3] for row in rows],
        titles=[row[4] for row in rows],
        word_lengths=np.array([row[5] for row in rows], np.float32),
        pair_lengths=np.array([row[6] for row in rows], np.float32),
        granted_at=np.array([row[7] for row in rows], np.int64),
        prize_ranks=np.array([row[8] for row in rows], np.int32),
        live=np.ones(len(rows), np.bool_),
        facets={name: Codes.of_pairs(row[9][place] for row in rows) for place, name in enumerate(FACETS)},
    )
    return facts, np.array([row[0] for row in rows], np.int32)
