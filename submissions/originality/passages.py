"""Two texts compared exactly: which passages stand in both, with small changes inside.

Seed and extend: shingles that stand in both texts and follow each other in both are one exact stretch;
stretches that follow each other with a small gap in both texts are one passage. Linear in the lengths of the
texts (sorting aside) as long as no shingle is repeated without end, which `_REPEATED` bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from submissions.originality.prints import shingles
from submissions.originality.reading import Reading

SEED = 5
GAP = 12
"""Units that may be changed, left out or put in between two exact stretches of one passage."""
LEAST = 20
"""Units that must be the same and count, for a passage to be reported."""
DENSE = 0.5
"""Share of a passage that must be the same."""
_REPEATED = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """Units [start, end) of a text stand as [other_start, other_end) in the other; `same` of them exactly."""

    start: int
    end: int
    other_start: int
    other_end: int
    same: int


@dataclass(frozen=True, slots=True)
class Seeds:
    """A text made ready for comparisons: the hashes of its shingles in order, and where each stands."""

    hashes: NDArray[np.uint64]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, reading: Reading) -> Seeds:
        hashes = shingles(reading.codes, SEED)
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], order)


def passages(mine: Reading, other: Reading, my_seeds: Seeds, other_seeds: Seeds) -> list[Passage]:
    """The passages of `mine` that stand in `other`, in the order of `mine`, none inside another."""
    stretches = _stretches(my_seeds, other_seeds)
    found = [
        passage
        for passage in _chained(stretches)
        if passage.same >= LEAST and _counted(mine, passage) >= LEAST and _is_dense(passage)
    ]
    return _without_repeats(found)


def _stretches(mine: Seeds, other: Seeds) -> list[tuple[int, int, int]]:
    """(place in mine, place in other, size in units) of exact stretches, by place in mine."""
    low = np.searchsorted(other.hashes, mine.hashes, side="left")
    high = np.searchsorted(other.hashes, mine.hashes, side="right")
    counts = np.minimum(high - low, _REPEATED)
    places = np.repeat(mine.places, counts)
    if not len(places):
        return []
    nth = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
    partners = other.places[np.repeat(low, counts) + nth]
    diagonal = places - partners
    by_diagonal = np.lexsort((places, diagonal))
    places, partners, diagonal = places[by_diagonal], partners[by_diagonal], diagonal[by_diagonal]
    breaks = (np.diff(diagonal) != 0) | (np.diff(places) != 1)
    first = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    last = np.concatenate((first[1:], [len(places)])) - 1
    sizes = places[last] - places[first] + SEED
    order = np.argsort(places[first], kind="stable")
    columns = (places[first][order], partners[first][order], sizes[order])
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _chained(stretches: list[tuple[int, int, int]]) -> list[Passage]:
    """Stretches joined over small gaps; each continues the passage that ended nearest before it."""
    done: list[Passage] = []
    growing: list[Passage] = []
    for place, partner, size in stretches:
        still = [each for each in growing if place - each.end <= GAP]
        done += [each for each in growing if place - each.end > GAP]
        fits = [each for each in still if -SEED < partner - each.other_end <= GAP and place + size > each.end]
        if fits:
            before = min(fits, key=lambda each: abs((place - each.end) - (partner - each.other_end)))
            still.remove(before)
            still.append(_joined(before, place, partner, size))
        else:
            still.append(Passage(place, place + size, partner, partner + size, size))
        growing = still
    return done + growing


def _joined(before: Passage, place: int, partner: int, size: int) -> Passage:
    overlap = max(0, before.end - place, before.other_end - partner)
    return Passage(
        before.start,
        max(before.end, place + size),
        before.other_start,
        max(before.other_end, partner + size),
        before.same + max(0, size - overlap),
    )


def _counted(mine: Reading, passage: Passage) -> int:
    return int(mine.counts[passage.start : passage.end].sum())


def _is_dense(passage: Passage) -> bool:
    longer = max(passage.end - passage.start, passage.other_end - passage.other_start)
    return passage.same >= DENSE * longer


def _without_repeats(found: list[Passage]) -> list[Passage]:
    """The longer passage keeps its place in this text; what lies half in it or more is a repeat."""
    kept: list[Passage] = []
    for passage in sorted(found, key=lambda each: (-each.same, each.start, each.other_start)):
        inside = sum(max(0, min(passage.end, each.end) - max(passage.start, each.start)) for each in kept)
        if 2 * inside < passage.end - passage.start:
            kept.append(passage)
    kept.sort(key=lambda each: (each.start, each.other_start))
    return kept
