"""From the segments of an index to arrays that answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engine import IndexBroken
from search.scoring.arrays import Key, Mask, Numbers, Postings
from search.whoosh_engine.codec import Segment, live
from search.whoosh_engine.facts import together
from search.whoosh_engine.lists import Found
from search.whoosh_engine.terms import number
from search.whoosh_engine.writing import INDEX_NAME

CACHE_BYTES = 96 * 1024 * 1024
"""Decoded posting lists that one snapshot keeps."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment and which of its documents are live. `name` is the same as long as the segment is."""

    name: str
    segment: Segment
    live: Mask


def leaves(folder: Path, toc: int, known: Mapping[str, Segment]) -> list[Leaf]:
    """The segments of one state of an index; those that are known are not opened again."""
    storage = FileStorage(str(folder))
    found = []
    for segment in TOC.read(storage, INDEX_NAME, gen=toc).segments:
        name = segment.segment_id()
        found.append(Leaf(name, known.get(name) or Segment(storage, segment), live(segment)))
    return found


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A posting list of all leaves. `parts`: number of the leaf and the list as it stands there."""

    postings: Postings
    parts: Sequence[tuple[int, Found]]

    @property
    def size(self) -> int:
        found = (self.postings.documents, self.postings.frequencies)
        held = sum(part.documents.nbytes * 3 for _, part in self.parts)
        return 200 + sum(array.nbytes for array in found) + held


class Snapshot:
    """One state of the indexes that an audience reads, never changed after it is opened; for any thread."""

    def __init__(self, found: Sequence[Leaf], generation: int) -> None:
        self.generation = generation
        self._leaves = found
        self._starts = np.cumsum([0, *(len(leaf.segment) for leaf in found)]).tolist()
        self._whole = all(bool(leaf.live.all()) for leaf in found)
        self._guard = threading.Lock()
        self._cache: OrderedDict[Key, _Decoded] = OrderedDict()
        self._cached = 0
        self.facts = together([(leaf.segment.columns, leaf.live) for leaf in found])

    def postings(self, keys: Sequence[Key]) -> Mapping[Key, Postings]:
        return {key: self._decoded(key).postings for key in keys}

    def phrase(self, terms: Sequence[tuple[str, int]]) -> Numbers:
        """Documents in which each pair stands at its distance from the first."""
        lists = [self._decoded(Key("p", term)) for term, _ in terms]
        documents = _common([found.postings.documents for found in lists])
        starts: Places | None = None
        for found, (_, position) in zip(lists, terms, strict=True):
            if len(terms) == 1 or not len(documents):
                return documents
            places = self._places(found, documents) - position
            starts = places if starts is None else np.intersect1d(starts, places, assume_unique=True)
            documents = _documents(starts)
        return documents

    def adjacent(self, terms: Sequence[tuple[str, int]], documents: Numbers) -> NDArray[np.bool_]:
        """For each two pairs in turn, which of the documents (ascending) hold them side by side as given."""
        held = [self._places(self._decoded(Key("p", term)), documents) for term, _ in terms]
        found = np.zeros((max(len(terms) - 1, 0), len(documents)), np.bool_)
        for row, ((_, one), (_, two)) in enumerate(pairwise(terms)):
            if len(held[row]) and len(held[row + 1]):
                both = np.intersect1d(held[row] + (two - one), held[row + 1], assume_unique=True)
                found[row, np.searchsorted(documents, _documents(both))] = True
        return found

    def _places(self, found: _Decoded, documents: Numbers) -> Places:
        """document << 32 | position, ascending, of a pair in some documents (ascending)."""
        held: list[Places] = []
        for leaf, part in found.parts:
            base = self._starts[leaf]
            own = np.searchsorted(part.documents, documents - base)
            own[own == len(part.documents)] = 0
            chosen = own[part.documents[own] == documents - base]
            if len(chosen):
                positions, owners = self._leaves[leaf].segment.lists["p"].positions(part, chosen)
                held.append((part.documents[chosen] + base)[owners] << 32 | positions)
        return np.concatenate(held) if held else np.zeros(0, np.int64)

    def _decoded(self, key: Key) -> _Decoded:
        with self._guard:
            found = self._cache.get(key)
            if found is not None:
                self._cache.move_to_end(key)
                return found
        try:
            found = self._read(key)
        except (IndexError, ValueError) as error:
            raise IndexBroken("a posting list is not as it was written") from error
        with self._guard:
            if key not in self._cache:
                self._cache[key] = found
                self._cached += found.size
                while self._cached > CACHE_BYTES and len(self._cache) > 1:
                    self._cached -= self._cache.popitem(last=False)[1].size
        return found

    def _read(self, key: Key) -> _Decoded:
        """One posting list of all leaves; the documents that count are the live ones."""
        wanted = number(key)
        parts = []
        for place, leaf in enumerate(self._leaves):
            found = leaf.segment.lists[key.field].find(wanted)
            if found is not None:
                parts.append((place, found))
        documents = _joined([found.documents + self._starts[place] for place, found in parts], np.int32)
        counts = _joined([found.counts for _, found in parts], np.float32)
        if not self._whole:
            kept = self.facts.live[documents]
            documents, counts = documents[kept], counts[kept]
        return _Decoded(Postings(documents, counts), parts if key.field == "p" else ())


def _joined(arrays: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    if len(arrays) == 1:
        return arrays[0].astype(kind)
    return np.concatenate(arrays).astype(kind) if arrays else np.zeros(0, kind)


def _common(lists: Sequence[Numbers]) -> Numbers:
    """The documents of all lists, the shortest first."""
    ordered = sorted(lists, key=len)
    found = ordered[0]
    for other in ordered[1:]:
        found = np.intersect1d(found, other, assume_unique=True)
    return found


def _documents(places: Places) -> Numbers:
    return np.unique(places >> 32).astype(np.int32)
