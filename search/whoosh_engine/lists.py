"""The posting lists of one field of a segment: term numbers, for each its documents, counts, positions.

keys     the numbers of the terms, ascending
starts   where each list begins in `data`; one more for the end
data     per list, as short numbers: its length; the distances of the documents, each doubled, plus 1 when
         the document holds the term more than once; then for those documents the count less 2
at       where the positions of each list begin in `places`, in bytes (a field with positions only)
places   the positions of each document in turn, each in as many bits as the document's last one needs
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.whoosh_engine.blob import Bytes
from search.whoosh_engine.packing import SLACK, Counts, Numbers, bits, short, unbits, unshort_at

CHUNK = 2_000_000
"""Bytes of lists that are merged at once."""


@dataclass(frozen=True, slots=True)
class Flat:
    """Posting lists one after the other. `positions` holds those of each posting in turn."""

    keys: NDArray[np.uint64]
    sizes: Numbers
    documents: Numbers
    counts: Counts
    positions: Numbers | None

    @classmethod
    def of(cls, keys: NDArray[np.uint64], documents: Numbers, positions: Numbers | None) -> Flat:
        """From single occurrences in the order of documents and positions."""
        order = np.argsort(keys, kind="stable")
        keys, documents = keys[order], documents[order]
        new_key = _changes(keys)
        first = np.flatnonzero(new_key | _changes(documents))
        counts = np.diff(first, append=len(keys))
        heads = np.flatnonzero(new_key[first])
        return cls(
            keys[first[heads]],
            np.diff(heads, append=len(first)),
            documents[first],
            counts,
            positions[order] if positions is not None else None,
        )

    @classmethod
    def joined(cls, parts: Sequence[Flat]) -> Flat:
        """Lists of the same terms from several segments; the documents of each part follow those before."""
        keys = np.concatenate([np.repeat(part.keys, part.sizes) for part in parts])
        documents = np.concatenate([part.documents for part in parts])
        counts = np.concatenate([part.counts for part in parts])
        order = np.argsort(keys, kind="stable")
        positions = None
        if parts and parts[0].positions is not None:
            held = [part.positions for part in parts if part.positions is not None]
            starts = np.cumsum(counts) - counts
            positions = np.concatenate(held)[_spans(starts[order], counts[order])]
        sorted_keys = keys[order]
        heads = np.flatnonzero(_changes(sorted_keys))
        sizes = np.diff(heads, append=len(order))
        return cls(sorted_keys[heads], sizes, documents[order], counts[order], positions)

    def moved(self, places: Numbers) -> Flat:
        """With other numbers for the documents; those with -1 are left out."""
        documents = places[self.documents]
        kept = documents >= 0
        if kept.all():
            return Flat(self.keys, self.sizes, documents, self.counts, self.positions)
        owners = np.repeat(np.arange(len(self.keys)), self.sizes)[kept]
        sizes = np.bincount(owners, minlength=len(self.keys))
        positions = self.positions[np.repeat(kept, self.counts)] if self.positions is not None else None
        return Flat(self.keys[sizes > 0], sizes[sizes > 0], documents[kept], self.counts[kept], positions)


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    found = np.ones(len(values), np.bool_)
    found[1:] = values[1:] != values[:-1]
    return found


def _spans(starts: Numbers, lengths: Counts) -> Numbers:
    """start, start + 1 ... for each of the starts, `lengths` numbers long."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)


@dataclass(frozen=True, slots=True)
class Stored:
    """The list of a term as it lies in a segment: its bytes, and the bit at which its positions begin."""

    data: Bytes
    at: int = 0

    @property
    def size(self) -> int:
        """How many documents it has."""
        size = 0
        for place, byte in enumerate(self.data[:_LONGEST].tolist()):
            size |= (byte & 127) << 7 * place
            if byte < 128:
                break
        return size


class Found(NamedTuple):
    """Lists one after the other, `sizes` long."""

    sizes: Numbers
    documents: Numbers
    counts: Counts


class Lists:
    """The posting lists of a field in a segment."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str, widths: NDArray[np.uint8]) -> None:
        self.keys: NDArray[np.uint64] = arrays[f"{name}.keys"]
        self._starts = arrays[f"{name}.starts"]
        self._data: Bytes = arrays[f"{name}.data"]
        self._at = arrays.get(f"{name}.at")
        self._places = arrays.get(f"{name}.places")
        self._widths = widths

    def find(self, keys: NDArray[np.uint64]) -> list[Stored]:
        """The lists of terms; empty ones of those that are unknown."""
        if not len(self.keys):
            return [_UNKNOWN] * len(keys)
        places = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        known = (self.keys[places] == keys).tolist()
        starts, ends = self._starts[places].tolist(), self._starts[places + 1].tolist()
        begins = self._at[places].tolist() if self._at is not None else [0] * len(known)
        return [
            Stored(self._data[start:end], at * 8) if is_known else _UNKNOWN
            for is_known, start, end, at in zip(known, starts, ends, begins, strict=True)
        ]

    def offsets(self, found: Found, begins: Sequence[int]) -> Numbers:
        """The bits at which the positions of each posting begin; those of each list begin at `begins`."""
        used = found.counts * self._widths[found.documents]
        ends = used.cumsum()
        before = np.append(0, ends)[found.sizes.cumsum() - found.sizes]
        offsets: Numbers = ends - used + (np.array(begins, np.int64) - before).repeat(found.sizes)
        return offsets

    def positions(self, documents: Numbers, counts: Counts, offsets: Numbers) -> tuple[Numbers, Numbers]:
        """The positions of postings, which begin at the bits `offsets`; beside each which posting's it is."""
        assert self._places is not None
        owners = np.repeat(np.arange(len(counts)), counts)
        widths = self._widths[documents].astype(np.int64)[owners]
        within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
        return unbits(self._places, widths, offsets[owners] + within * widths), owners

    def between(self, low: int, high: int) -> Flat:
        """The lists of the terms at these places, without `high`."""
        starts = self._starts[low : high + 1].astype(np.int64)
        data = self._data[starts[0] : starts[-1]]
        found = _lists(data, np.diff(starts))
        sizes, documents, counts = found.sizes, found.documents, found.counts
        heads = np.cumsum(sizes) - sizes
        positions = None
        if self._at is not None and self._places is not None:
            widths = self._widths[documents].astype(np.int64)
            used = counts * widths
            sums = np.cumsum(used) - used
            offsets = sums - np.repeat(sums[heads] - self._at[low:high].astype(np.int64) * 8, sizes)
            within = _spans(np.zeros(len(counts), np.int64), counts)
            repeated = np.repeat(widths, counts)
            positions = unbits(self._places, repeated, np.repeat(offsets, counts) + within * repeated)
        return Flat(self.keys[low:high], sizes, documents, counts, positions)

    def size_until(self, key: int) -> int:
        return int(self._starts[np.searchsorted(self.keys, np.uint64(key))])

    def edges(self) -> NDArray[np.uint64]:
        """Terms that cut the lists into pieces of about CHUNK bytes."""
        count = int(self._starts[-1]) // CHUNK
        cuts = np.searchsorted(self._starts, np.arange(1, count + 1) * CHUNK)
        return self.keys[cuts[cuts < len(self.keys)]]


_LONGEST = 5
"""Bytes of the longest number."""
_UNKNOWN = Stored(np.zeros(0, np.uint8))


def unpacked(lists: Sequence[Stored]) -> Found:
    """Lists of any terms, decoded in one go."""
    lengths = np.array([len(each.data) for each in lists], np.int64)
    known = lengths > 0
    if known.all() and len(lists):
        return _lists(np.concatenate([each.data for each in lists]), lengths)
    found = _lists(np.concatenate([_UNKNOWN.data, *(each.data for each in lists)]), lengths[known])
    sizes = np.zeros(len(lists), np.int64)
    sizes[known] = found.sizes
    return Found(sizes, found.documents, found.counts)


def _lists(data: Bytes, lengths: Numbers) -> Found:
    """Lists of `lengths` bytes, none of them empty, one after the other."""
    values, places = unshort_at(data, np.append(0, lengths.cumsum()))
    bases, ends = places[:-1], places[1:]
    sizes = values[bases]
    if not len(sizes):
        return Found(sizes, sizes, sizes)
    cuts = (bases + 1 + sizes).tolist()
    spans = list(zip((bases + 1).tolist(), cuts, ends.tolist(), strict=True))
    doubled = np.concatenate([values[start:cut] for start, cut, _ in spans])
    more = np.concatenate([values[cut:end] for _, cut, end in spans])
    counts = np.ones(len(doubled), np.int32)
    counts[(doubled & 1).astype(np.bool_).nonzero()[0]] = more + 2
    distances = doubled >> 1
    heads = sizes.cumsum() - sizes
    # A list begins where the one before it ended: taken off, one running sum makes all documents.
    distances[heads[1:]] -= np.add.reduceat(distances, heads)[:-1]
    return Found(sizes, distances.cumsum(), counts)


def packed(flat: Flat, widths: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
    """The arrays of a field but for where they begin in what is already written."""
    heads = np.cumsum(flat.sizes) - flat.sizes
    doubled = np.diff(flat.documents, prepend=0)
    doubled[heads] = flat.documents[heads]
    several = flat.counts > 1
    doubled = doubled << 1 | several
    owners = np.repeat(np.arange(len(flat.keys)), flat.sizes)
    more = np.bincount(owners[several], minlength=len(flat.keys))
    lengths = 1 + flat.sizes + more
    base = np.cumsum(lengths) - lengths
    values = np.empty(int(lengths.sum()), np.int64)
    values[base] = flat.sizes
    values[_spans(base + 1, flat.sizes)] = doubled
    values[_spans(base + 1 + flat.sizes, more)] = flat.counts[several] - 2
    data, starts = short(values)
    found: dict[str, NDArray[Any]] = {"keys": flat.keys, "starts": starts[base], "data": data}
    if flat.positions is not None:
        found |= _packed_places(flat, widths, heads)
    return found


def _packed_places(flat: Flat, widths: NDArray[np.uint8], heads: Numbers) -> dict[str, NDArray[Any]]:
    assert flat.positions is not None
    width = widths[flat.documents].astype(np.int64)
    used = flat.counts * width
    sums = np.cumsum(used) - used
    whole = np.add.reduceat(used, heads) if len(heads) else used
    lengths = -(-whole // 8)
    at = np.cumsum(lengths) - lengths
    offsets = sums - np.repeat(sums[heads] - at * 8, flat.sizes)
    repeated = np.repeat(width, flat.counts)
    within = _spans(np.zeros(len(flat.counts), np.int64), flat.counts)
    field = bits(
        flat.positions, repeated, np.repeat(offsets, flat.counts) + within * repeated, int(lengths.sum())
    )
    return {"at": at, "places": field}


def assembled(name: str, parts: Iterator[Flat], widths: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
    """A field from runs of its lists in the order of their terms."""
    pieces: dict[str, list[NDArray[Any]]] = {each: [] for each in ("keys", "starts", "data", "at", "places")}
    for flat in parts:
        found = packed(flat, widths)
        for starts, data in (("starts", "data"), ("at", "places")):
            if starts in found:
                found[starts] = found[starts] + sum(map(len, pieces[data]))
        for each, array in found.items():
            pieces[each].append(array)
    pieces["starts"].append(np.array([sum(map(len, pieces["data"]))]))
    kinds = {"keys": np.uint64, "data": np.uint8, "places": np.uint8}
    if pieces["places"]:
        pieces["places"].append(np.zeros(SLACK, np.uint8))
    return {
        f"{name}.{each}": np.concatenate(arrays or [np.zeros(0)]).astype(kinds.get(each, np.uint32))
        for each, arrays in pieces.items()
        if arrays or each in ("keys", "data")
    }


def merged(sources: Sequence[tuple[Lists, Numbers]]) -> Iterator[Flat]:
    """The lists of several segments with new numbers for the documents; in pieces, to save memory."""
    edges = np.unique(np.concatenate([lists.edges() for lists, _ in sources]))
    bounds = [np.searchsorted(lists.keys, edges).tolist() for lists, _ in sources]
    cuts = [[0, *found, len(lists.keys)] for found, (lists, _) in zip(bounds, sources, strict=True)]
    for number in range(len(edges) + 1):
        parts = [
            lists.between(cut[number], cut[number + 1]).moved(places)
            for cut, (lists, places) in zip(cuts, sources, strict=True)
            if cut[number] < cut[number + 1]
        ]
        if parts:
            yield Flat.joined(parts)
