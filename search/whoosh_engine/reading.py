"""From Whoosh's posting lists to arrays."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from foundation.audience import READS, Audience
from search.engine import IndexBroken
from search.scoring.arrays import NOTHING, Codes, Facts, Key, Mask, Numbers, Postings
from search.values import FACETS
from search.whoosh_engine.columnar import Column, ColumnCodec, column_list
from search.whoosh_engine.manifest import Manifest
from search.whoosh_engine.writing import INDEX_NAME

CACHE_BYTES = 96 * 1024 * 1024
"""Decoded posting lists that one snapshot keeps."""

_FIELDS = {"w": "words", "p": "pairs", "c": "characters"}


class Snapshot:
    """One state of an index, never changed after it is opened; used by any number of threads.

    Whoosh's readers share file positions, so posting lists are decoded by one thread at a time and kept as
    arrays; everything after that works on arrays alone.
    """

    def __init__(
        self, reader: Any, generation: int, audience: Audience, before: Snapshot | None = None
    ) -> None:
        """`before` is an earlier state: what was read of its segments is not read again."""
        self.generation = generation
        self._reader = reader
        self._leaves = list(reader.leaf_readers()) if reader.doc_count_all() else []
        self._decoding = threading.Lock()
        self._cache: OrderedDict[Key, _Decoded] = OrderedDict()
        self._cached = 0
        known: dict[str, list[list[Any]]] = before.rows if before is not None else {}
        self.rows: dict[str, list[list[Any]]] = {
            leaf.segment().segment_id(): known.get(leaf.segment().segment_id()) or _rows(leaf)
            for leaf, _ in self._leaves
        }
        live = np.ones(reader.doc_count_all(), np.bool_)
        for leaf, offset in self._leaves:
            live[[offset + number for number in leaf.segment().deleted_docs()]] = False
        rows = [row for rows in self.rows.values() for row in rows]
        self.count = int(live.sum())
        readable = [each.value for each in READS[audience]]
        live &= np.array([row[8] in readable for row in rows], np.bool_)
        self.facts = _facts(
            [row if row[8] in readable else [*row[:9], *[()] * len(FACETS)] for row in rows], live
        )

    def close(self) -> None:
        with self._decoding:
            self._reader.close()

    def postings(self, keys: Sequence[Key]) -> Mapping[Key, Postings]:
        return {key: self._decoded(key).postings for key in keys}

    def phrase(self, terms: Sequence[tuple[str, int]]) -> Numbers:
        """Places where each pair stands at its distance from the first are the same number after shifting."""
        starts: np.ndarray[Any, np.dtype[np.int64]] | None = None
        for term, position in terms:
            places = self._decoded(Key("p", term)).places - position
            starts = places if starts is None else np.intersect1d(starts, places, assume_unique=True)
            if not len(starts):
                break
        found = starts if starts is not None else np.zeros(0, np.int64)
        return np.unique(found >> 32).astype(np.int32)

    def _decoded(self, key: Key) -> _Decoded:
        with self._decoding:
            found = self._cache.get(key)
            if found is None:
                found = _decode(self._leaves, self.facts.live, key)
                self._cache[key] = found
                self._cached += found.size
                while self._cached > CACHE_BYTES and len(self._cache) > 1:
                    self._cached -= self._cache.popitem(last=False)[1].size
            else:
                self._cache.move_to_end(key)
            return found


@dataclass(frozen=True, slots=True)
class _Decoded:
    """`places` are document << 32 | position + 1, ascending; empty but for pairs."""

    postings: Postings
    places: np.ndarray[Any, np.dtype[np.int64]]

    @property
    def size(self) -> int:
        arrays = (self.postings.documents, self.postings.frequencies, self.places)
        return 200 + sum(a.nbytes for a in arrays)


def open_snapshot(
    folder: Path, manifest: Manifest, audience: Audience, before: Snapshot | None = None
) -> Snapshot:
    try:
        storage = FileStorage(str(folder))
        contents = TOC.read(storage, INDEX_NAME, gen=manifest.toc)
        snapshot = Snapshot(_reader(storage, contents), manifest.generation, audience, before)
    except Exception as error:  # Whoosh reads pickles: damage shows as any kind of exception
        raise IndexBroken("the index cannot be opened") from error
    if snapshot.count != manifest.count:
        snapshot.close()
        raise IndexBroken(f"the index holds {snapshot.count} documents, not {manifest.count}")
    return snapshot


def _reader(storage: Any, contents: Any) -> Any:
    readers = [
        SegmentReader(storage, contents.schema, segment, generation=contents.generation, codec=ColumnCodec())
        for segment in contents.segments
    ]
    if not readers:
        return EmptyReader(contents.schema)
    return readers[0] if len(readers) == 1 else MultiReader(readers, generation=contents.generation)


def _decode(leaves: Sequence[tuple[Any, int]], live: Mask, key: Key) -> _Decoded:
    """One posting list of all segments, without deleted documents."""
    name, term = _FIELDS[key.field], key.term.encode("utf-8", "surrogatepass")
    numbers: list[Numbers] = []
    frequencies: list[Column] = []
    places: list[np.ndarray[Any, np.dtype[np.int64]]] = []
    for leaf, offset in leaves:
        found = column_list(leaf, name, term)
        if found is None:
            continue
        documents, counts, positions = found
        numbers.append((documents + np.uint32(offset)).astype(np.int32))
        frequencies.append(counts)
        if key.field == "p":
            places.append((np.repeat(numbers[-1].astype(np.int64), counts) << 32) + positions + 1)
    if not numbers:
        return _Decoded(NOTHING, np.zeros(0, np.int64))
    together = np.concatenate(numbers)
    kept = live[together]
    decoded = np.concatenate(places) if places else np.zeros(0, np.int64)
    return _Decoded(
        Postings(together[kept], np.concatenate(frequencies)[kept].astype(np.float32)),
        decoded[live[decoded >> 32]],
    )


def _rows(leaf: Any) -> list[list[Any]]:
    """What a segment says of its documents, deleted ones included."""
    column = leaf.column_reader("facts", translate=False)
    return [json.loads(column[number]) for number in range(leaf.doc_count_all())]


def _facts(rows: Sequence[list[Any]], live: Mask) -> Facts:
    return Facts(
        ids=[row[0] for row in rows],
        versions=[row[1] for row in rows],
        fingerprints=[row[2] for row in rows],
        titles=[row[3] for row in rows],
        word_lengths=np.array([row[4] for row in rows], np.float32),
        pair_lengths=np.array([row[5] for row in rows], np.float32),
        granted_at=np.array([row[6] for row in rows], np.int64),
        prize_ranks=np.array([row[7] for row in rows], np.int32),
        live=live,
        facets={
            name: Codes.of_pairs(row[place] for row in rows) for place, name in enumerate(FACETS, start=9)
        },
    )
