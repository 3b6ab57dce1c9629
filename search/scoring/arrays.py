"""The shape in which an engine hands over its posting lists and what it knows of its documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from foundation.folding import fold
from search.values import Entry

K1 = 1.2
B = 0.75

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]


class Key(NamedTuple):
    """A term of a field: `w` words, `p` pairs, `c` single Chinese characters."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents (ascending places in the facts' arrays, live ones only) and how often each holds the term."""

    documents: Numbers
    frequencies: Weights


NOTHING = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class Codes:
    """A facet as numbers: document `owners[i]` has `values[of[i]]`; owners ascend, one entry a value."""

    owners: Numbers
    of: Numbers
    values: tuple[str, ...]
    labels: tuple[str, ...]

    @classmethod
    def of_pairs(cls, found: Iterable[Iterable[Sequence[str]]]) -> Codes:
        """From the (value, label) pairs of each document; the last label of a value wins."""
        places: dict[str, int] = {}
        labels: dict[str, str] = {}
        owners, codes = [], []
        for owner, pairs in enumerate(found):
            for value, label in pairs:
                owners.append(owner)
                codes.append(places.setdefault(value, len(places)))
                labels[value] = label
        shown = tuple(labels[value] for value in places)
        return cls(np.array(owners, np.int32), np.array(codes, np.int32), tuple(places), shown)

    def mask(self, chosen: Mask, count: int) -> Mask:
        """Which of `count` documents have one of the chosen values, given as a mask over `values`."""
        found = np.zeros(count, np.bool_)
        found[self.owners[chosen[self.of]]] = True
        return found

    def counts(self, documents: Mask) -> NDArray[np.intp]:
        """How many of these documents have each value."""
        return np.bincount(self.of[documents[self.owners]], minlength=len(self.values))

    def labels_of(self, document: int) -> tuple[str, ...]:
        first, end = np.searchsorted(self.owners, (document, document + 1)).tolist()
        return tuple(self.labels[code] for code in self.of[first:end].tolist())


@dataclass(frozen=True)
class Facts:
    """What is known of each document without reading a posting list. All sequences have the same length."""

    ids: Sequence[str]
    versions: Sequence[str]
    fingerprints: Sequence[str]
    titles: Sequence[str]
    word_lengths: Weights
    pair_lengths: Weights
    granted_at: NDArray[np.int64]
    prize_ranks: Numbers
    live: Mask
    facets: Mapping[str, Codes]

    @cached_property
    def count(self) -> int:
        return int(self.live.sum())

    @cached_property
    def norms(self) -> Mapping[str, Weights]:
        """BM25's length term of each document, by field."""
        return {"w": self._norm(self.word_lengths), "p": self._norm(self.pair_lengths)}

    def _norm(self, lengths: Weights) -> Weights:
        mean = float(lengths[self.live].mean()) if self.count else 1.0
        return (K1 * (1 - B + B * lengths / max(mean, 1.0))).astype(np.float32)

    @cached_property
    def id_ranks(self) -> Places:
        """The place of each document in the order of ids."""
        ranks = np.empty(len(self.ids), np.intp)
        ranks[sorted(range(len(self.ids)), key=self.ids.__getitem__)] = np.arange(len(self.ids))
        return ranks

    @cached_property
    def folded_titles(self) -> Sequence[str]:
        return [fold(title) for title in self.titles]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        units, categories, topics = (self.facets[name] for name in ("unit", "category", "topic"))
        return tuple(
            Entry(
                self.ids[i],
                self.titles[i],
                next(iter(units.labels_of(i)), ""),
                next(iter(categories.labels_of(i)), ""),
                topics.labels_of(i),
            )
            for i in np.flatnonzero(self.live).tolist()
        )


class Source(Protocol):
    """One immutable state of an index."""

    @property
    def facts(self) -> Facts: ...

    def postings(self, keys: Sequence[Key]) -> Mapping[Key, Postings]:
        """The posting lists of terms; unknown terms have empty ones."""
        ...

    def phrase(self, terms: Sequence[tuple[str, int]]) -> Numbers:
        """Documents that hold pairs at these relative positions, ascending."""
        ...
