"""One text beside the texts that may be its sources: how much of it stands in them, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from submissions.originality.passages import Passage, Seeds, passages
from submissions.originality.reading import Reading
from submissions.values.originality import Match


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be compared."""

    key: str
    reading: Reading
    seeds: Seeds

    @classmethod
    def of(cls, key: str, reading: Reading) -> Prepared:
        return cls(key, reading, Seeds.of(reading))


@dataclass(frozen=True, slots=True)
class Source:
    """A text that has passages in common: `matched` units of ours, and where they stand in both originals."""

    key: str
    matched: int
    passages: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found: `length` units count, `matched` of them stand in some source; largest source first."""

    length: int
    matched: int
    sources: tuple[Source, ...]


def compare(mine: Prepared, others: Iterable[Prepared]) -> Comparison:
    """Compare a text with each of the others."""
    covered = np.zeros(len(mine.reading.codes), dtype=bool)
    sources = []
    for other in others:
        found = passages(mine.reading, other.reading, mine.seeds, other.seeds)
        if not found:
            continue
        here = np.zeros_like(covered)
        for passage in found:
            here[passage.start : passage.end] = True
        covered |= here
        places = tuple(_match(mine.reading, other.reading, passage) for passage in found)
        sources.append(Source(other.key, int((here & mine.reading.counts).sum()), places))
    sources.sort(key=lambda each: (-each.matched, each.key))
    return Comparison(mine.reading.length, int((covered & mine.reading.counts).sum()), tuple(sources))


def _match(mine: Reading, other: Reading, passage: Passage) -> Match:
    return Match(
        start=int(mine.starts[passage.start]),
        end=int(mine.ends[passage.end - 1]),
        other_start=int(other.starts[passage.other_start]),
        other_end=int(other.ends[passage.other_end - 1]),
        same=passage.same,
    )
