"""From documents to rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

from foundation.audience import Audience
from search import analysis
from search.engine import Progress
from search.postgres_engine.tables import INDEXES, SCHEMA, STATE, TABLES, Cursor, State, current, states
from search.scoring.arrays import Key
from search.values import DOCUMENT_FORM, FACETS, LibraryDocument

PART = 256
"""Positions in one stretch: the most that a tsvector keeps of one term."""
OVERLAP = 32
"""Positions that two stretches share; no phrase that is looked up is longer."""
BATCH = 50
"""Documents that are written, and told of, at once."""


def rebuild(cursor: Cursor, documents: Iterable[LibraryDocument], progress: Progress | None) -> int:
    """Fills new tables, then says that they are the current ones and drops those before."""
    cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
    State(Audience.PUBLIC, 0, 0, 0, DOCUMENT_FORM).execute(cursor, STATE)
    before = states(cursor)
    tables = max((state.tables for state in before), default=0) + 1
    generation = max((state.generation for state in before), default=0) + 1
    fresh = [State(audience, tables, generation, 0, DOCUMENT_FORM) for audience in Audience]
    for name in _leftover(cursor, tables):
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(SCHEMA, name)))
    for state in fresh:
        state.execute(cursor, TABLES)
    counts = _fill(cursor, fresh, documents, 1, progress)
    for state in fresh:
        state.execute(cursor, INDEXES)
        replace(state, count=counts[state.audience]).save(cursor)
    for state in before:
        state.execute(cursor, "DROP TABLE IF EXISTS {document}, {posting}, {part}")
    return sum(counts.values())


def change(cursor: Cursor, gone: Sequence[str], fresh: Sequence[LibraryDocument]) -> None:
    """Removes documents wherever they are, then adds others. What is for others only is left as it is."""
    for state in current(cursor, Audience.TRAINERS):
        own = [document for document in fresh if document.audience is state.audience]
        removed = _delete(cursor, state, gone)
        if not removed and not own:
            continue
        row = cursor.execute(state.sql("SELECT coalesce(max(no), 0) + 1 FROM {document}")).fetchone()
        assert row is not None
        _fill(cursor, [state], own, int(row[0]), None)
        count = state.count - removed + len(own)
        replace(state, generation=state.generation + 1, count=count).save(cursor)


def _leftover(cursor: Cursor, tables: int) -> list[str]:
    """Tables with the coming number that a lost state has left behind."""
    found = cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename LIKE %s",
        (SCHEMA, f"%\\_{tables}\\_%"),
    )
    return [str(row[0]) for row in found]


def hashed(key: Key) -> int:
    """64 bits: among a million terms two share a number with a chance of 1 in 30 million."""
    digest = hashlib.blake2b(
        f"{key.field}{key.term}".encode("utf-8", "surrogatepass"), digest_size=8
    ).digest()
    return int.from_bytes(digest, "big", signed=True)


def _fill(
    cursor: Cursor,
    into: Sequence[State],
    documents: Iterable[LibraryDocument],
    first: int,
    progress: Progress | None,
) -> Mapping[Audience, int]:
    """Writes documents with ascending numbers, in batches so that memory does not grow."""
    counts = {state.audience: 0 for state in into}
    batches: dict[Audience, list[_Prepared]] = {state.audience: [] for state in into}
    done = 0
    for done, document in enumerate(documents, start=1):
        batch = batches[document.audience]
        batch.append(_prepared(first + counts[document.audience], document))
        counts[document.audience] += 1
        if sum(map(len, batches.values())) == BATCH:
            _flush(cursor, into, batches)
        if progress is not None and done % BATCH == 0:
            progress(done)
    _flush(cursor, into, batches)
    if progress is not None:
        progress(done)
    return counts


def _flush(cursor: Cursor, into: Sequence[State], batches: Mapping[Audience, list[_Prepared]]) -> None:
    for state in into:
        if batches[state.audience]:
            _copy(cursor, state, batches[state.audience])
            batches[state.audience].clear()


@dataclass(frozen=True, slots=True)
class _Prepared:
    number: int
    row: tuple[Any, ...]
    frequencies: Mapping[int, int]
    parts: Sequence[str]


def _prepared(number: int, document: LibraryDocument) -> _Prepared:
    terms = analysis.terms(analysis.folded_text(analysis.indexed_text(document)))
    frequencies: Counter[int] = Counter()
    for field, found in (("w", terms.words), ("p", terms.pairs), ("c", terms.characters)):
        frequencies.update({hashed(Key(field, term)): count for term, count in Counter(found).items()})
    facets = document.facets()
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
        Jsonb([facets[name] for name in FACETS]),
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
        yield " ".join(f"{lexeme(term)}:{','.join(found)}" for term, found in places.items())


def lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _copy(cursor: Cursor, state: State, batch: Sequence[_Prepared]) -> None:
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


def _delete(cursor: Cursor, state: State, ids: Sequence[str]) -> int:
    found = cursor.execute(
        state.sql("DELETE FROM {document} WHERE id = ANY(%s) RETURNING no, terms"), (list(ids),)
    ).fetchall()
    for number, terms in found:
        cursor.execute(
            state.sql("DELETE FROM {posting} WHERE term = ANY(%s) AND document = %s"), (terms, number)
        )
    numbers = [number for number, _ in found]
    cursor.execute(state.sql("DELETE FROM {part} WHERE document = ANY(%s)"), (numbers,))
    return len(found)
