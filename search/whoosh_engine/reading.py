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
from whoosh.index import TOC, FileIndex
from whoosh.reading import TermNotFound

from search.engine import IndexBroken
from search.scoring.arrays import NOTHING, Codes, Facts, Key, Numbers, Postings
from search.values import FACETS
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

    def __init__(self, reader: Any, generation: int) -> None:
        self.generation = generation
        self._reader = reader
        self._leaves = list(reader.leaf_readers()) if reader.doc_count_all() else []
        self._decoding = threading.Lock()
        self._cache: OrderedDict[Key, _Decoded] = OrderedDict()
        self._cached = 0
        self.facts = _facts(self._leaves)

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
                found = _decode(self._leaves, key)
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


def open_snapshot(folder: Path, manifest: Manifest) -> Snapshot:
    try:
        storage = FileStorage(str(folder))
        contents = TOC.read(storage, INDEX_NAME, gen=manifest.toc)
        reader = FileIndex._reader(storage, contents.schema, contents.segments, contents.generation)
        snapshot = Snapshot(reader, manifest.generation)
    except Exception as error:  # Whoosh reads pickles: damage shows as any kind of exception
        raise IndexBroken("the index cannot be opened") from error
    if snapshot.facts.count != manifest.count:
        snapshot.close()
        raise IndexBroken(f"the index holds {snapshot.facts.count} documents, not {manifest.count}")
    return snapshot


def _decode(leaves: Sequence[tuple[Any, int]], key: Key) -> _Decoded:
    documents: list[int] = []
    frequencies: list[float] = []
    values: list[bytes] = []
    placed = key.field == "p"
    for leaf, offset in leaves:
        try:
            matcher = leaf.postings(_FIELDS[key.field], key.term)
        except TermNotFound:
            continue
        while matcher.is_active():
            documents.append(matcher.id() + offset)
            frequencies.append(matcher.weight())
            if placed:
                values.append(matcher.value())
            matcher.next()
    if not documents:
        return _Decoded(NOTHING, np.zeros(0, np.int64))
    numbers = np.array(documents, np.int32)
    places = np.zeros(0, np.int64)
    if placed:
        positions = np.frombuffer(b"".join(values), np.uint32).astype(np.int64) + 1
        counts = [len(value) // 4 for value in values]
        places = (np.repeat(numbers.astype(np.int64), counts) << 32) + positions
    return _Decoded(Postings(numbers, np.array(frequencies, np.float32)), places)


def _facts(leaves: Sequence[tuple[Any, int]]) -> Facts:
    rows: list[list[Any]] = []
    live: list[bool] = []
    for leaf, _ in leaves:
        column = leaf.column_reader("facts", translate=False)
        for number in range(leaf.doc_count_all()):
            rows.append(json.loads(column[number]))
            live.append(not leaf.is_deleted(number))
    return Facts(
        ids=[row[0] for row in rows],
        versions=[row[1] for row in rows],
        fingerprints=[row[2] for row in rows],
        titles=[row[3] for row in rows],
        word_lengths=np.array([row[4] for row in rows], np.float32),
        pair_lengths=np.array([row[5] for row in rows], np.float32),
        granted_at=np.array([row[6] for row in rows], np.int64),
        prize_ranks=np.array([row[7] for row in rows], np.int32),
        live=np.array(live, np.bool_),
        facets={
            name: Codes.of_pairs((row[place][0], row[place][1]) for row in rows)
            for place, name in enumerate(FACETS, start=8)
        },
    )
