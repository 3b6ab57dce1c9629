"""Our posting lists and columns inside Whoosh's segments, through Whoosh's own extension points.

Whoosh keeps the table of contents, the segments with their deletions and files, and the life of a writer. It
hands every posting through Python objects, one by one; here a document goes into its pool as it is, and what
the pool holds is written as arrays into one more file of the segment. A merge joins arrays.

It leans on private parts of whoosh-reloaded 2.7.5, which is pinned; the engine's contract test guards it.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import PostingPool, SegmentWriter

from search.scoring.arrays import Key
from search.whoosh_engine import blob, facts
from search.whoosh_engine.facts import Columns
from search.whoosh_engine.lists import Flat, Found, Lists, Stored, assembled, merged, unpacked
from search.whoosh_engine.packing import Counts, Numbers
from search.whoosh_engine.terms import Indexed, number

EXTENSION = ".docs"
FIELDS = ("w", "p", "c")
"""Words, pairs (with positions), single Chinese characters: the fields of `search.scoring.arrays.Key`."""

Policy = Callable[[Sequence[Any]], Sequence[Any]]
"""Which of the segments are merged into the one that is written."""


class Unpacked(NamedTuple):
    """Lists one after the other, `sizes` long; `offsets` are the bits at which positions begin."""

    documents: Numbers
    counts: Counts
    offsets: Numbers
    sizes: Numbers


class Segment:
    """What a segment holds of ours. Never changes: what is deleted stands in the table of contents."""

    def __init__(self, storage: Any, segment: Any) -> None:
        with Path(storage.folder, segment.make_filename(EXTENSION)).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        arrays = blob.read(memoryview(mapped))
        self.columns = Columns(arrays)
        widths = arrays["widths"]
        self.lists = {name: Lists(arrays, name, widths) for name in FIELDS}
        self.widths = widths

    def __len__(self) -> int:
        return len(self.columns)

    def find(self, keys: Sequence[Key]) -> list[Stored]:
        """The lists of terms that stand in the order of FIELDS."""
        found: list[Stored] = []
        for name in FIELDS:
            own = [number(key) for key in keys if key.field == name]
            if own:
                found += self.lists[name].find(np.array(own, np.uint64))
        return found

    def unpacked(self, keys: Sequence[Key], stored: Sequence[Stored]) -> Unpacked:
        """What `find` found, decoded in one go; for pairs, where their positions begin."""
        sizes, documents, counts = unpacked(stored)
        pairs = [place for place, key in enumerate(keys) if key.field == "p"]
        offsets = np.zeros(len(documents), np.int64)
        if pairs:
            ends = np.append(0, sizes.cumsum())
            own = slice(int(ends[pairs[0]]), int(ends[pairs[-1] + 1]))
            found = Found(sizes[pairs], documents[own], counts[own])
            offsets[own] = self.lists["p"].offsets(found, [stored[place].at for place in pairs])
        return Unpacked(documents, counts, offsets, sizes)


def live(segment: Any) -> NDArray[np.bool_]:
    """Which documents of a Whoosh segment are not deleted."""
    mask = np.ones(segment.doc_count_all(), np.bool_)
    mask[list(segment.deleted_docs())] = False
    return mask


class DocumentField(fields.FieldType):  # type: ignore[misc]  # whoosh has no types
    """A whole document, analysed outside."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: Indexed, **_: Any) -> Iterator[tuple[bytes, int, float, Indexed]]:
        yield b"", 0, 1.0, value


class _Pool(PostingPool):  # type: ignore[misc]  # whoosh has no types
    """Keeps documents in memory; a writer gets no more than fit."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.items: list[Indexed] = []

    def add(self, item: tuple[str, bytes, int, float, Indexed]) -> None:
        self.items.append(item[4])

    def iter_postings(self) -> Iterator[Any]:
        """None of Whoosh's own kind."""
        return iter(())


class ColumnWriter(SegmentWriter):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's writer with our pool and our merge."""

    def __init__(self, opened: Any, policy: Policy) -> None:
        # In a compound file our arrays would begin anywhere; numbers are read quickly at multiples of 8.
        super().__init__(opened, codec=W3Codec(), compound=False)
        self.pool = _Pool(self._tempstorage, self.newsegment)
        self.mergetype = lambda _writer, segments: self._take(list(segments), policy(segments))
        self._taken: list[tuple[Segment, NDArray[np.bool_]]] = []

    def _take(self, segments: list[Any], merging: Sequence[Any]) -> list[Any]:
        for segment in merging:
            kept = live(segment)
            self._taken.append((Segment(self.storage, segment), kept))
            for _ in range(int(kept.sum())):
                self.perdocwriter.start_doc(self.docnum)
                self.perdocwriter.finish_doc()
                self.docnum += 1
        self._added = self.docnum > 0
        return [segment for segment in segments if segment not in merging]

    def _flush_segment(self) -> None:
        super()._flush_segment()
        arrays = _arrays(self.pool.items, self._taken)
        with self.newsegment.create_file(self.storage, EXTENSION) as file:
            for piece in blob.written(arrays):
                file.write(piece)


def _arrays(items: Sequence[Indexed], taken: Sequence[tuple[Segment, NDArray[np.bool_]]]) -> facts.Arrays:
    """Everything of a new segment: the new documents, then those of the segments that it takes in."""
    fresh = facts.columns(items) if items else None
    if not taken:
        assert fresh is not None
        found = dict(fresh)
        for name in FIELDS:
            found |= assembled(name, iter([_flat(items, name)]), fresh["widths"])
        return found
    columns = [(segment.columns, kept) for segment, kept in taken]
    if fresh is not None:
        columns.insert(0, (Columns(fresh), np.ones(len(items), np.bool_)))
    found = facts.merged(columns)
    places = _places([kept for _, kept in columns])
    for name in FIELDS:
        lists = [segment.lists[name] for segment, _ in taken]
        if fresh is not None:
            own = assembled(name, iter([_flat(items, name)]), fresh["widths"])
            lists.insert(0, Lists(own, name, fresh["widths"]))
        found |= assembled(name, merged(list(zip(lists, places, strict=True))), found["widths"])
    return found


def _places(masks: Sequence[NDArray[np.bool_]]) -> list[NDArray[np.int64]]:
    """The new number of each document, -1 for those that are gone."""
    found, base = [], 0
    for kept in masks:
        found.append(np.where(kept, np.cumsum(kept) - 1 + base, -1))
        base += int(kept.sum())
    return found


def _flat(items: Sequence[Indexed], name: str) -> Flat:
    held = [{"w": item.words, "p": item.pairs, "c": item.characters}[name] for item in items]
    documents = np.repeat(np.arange(len(items)), [len(keys) for keys in held])
    positions = np.concatenate([item.positions for item in items]).astype(np.int64) if name == "p" else None
    return Flat.of(np.concatenate(held), documents, positions)
