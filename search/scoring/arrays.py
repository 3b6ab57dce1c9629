"""The shape in which an engine hands over its posting lists and what it knows of its documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from foundation.folding import fold
from search.values import Entry

K1 = 1.2
B = 0.75

PRIZE = 0.03
"""The share of a text's relevance that the highest prize adds; the second adds half, the third a third."""
RECENCY = 0.02
HALF_LIFE = 3 * 365 * 86_400
"""Seconds. Prize and date together add at most 5 %: they decide between texts that answer equally well."""

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
Table = NDArray[np.bool_]


class Key(NamedTuple):
    """A term of a field: `w` words, `p` pairs, `c` single Chinese characters."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents (ascending places in the facts' arrays, live ones only) and what BM25 gives each of them."""

    documents: Places
    weights: Weights


NOTHING = Postings(np.zeros(0, np.intp), np.zeros(0, np.float32))
COMMON = Postings(NOTHING.documents, NOTHING.weights)
"""Stands for a list that was not read: more documents hold the term than matter to who asked."""


@dataclass(frozen=True)
class Codes:
    """A facet as numbers: document `owners[i]` has `values[of[i]]`; owners ascend, one entry a value."""

    owners: Numbers
    of: Numbers
    values: tuple[str, ...]
    labels: tuple[str, ...]

    @classmethod
    def of_pairs(cls, found: Iterable[Iterable[Sequence[str]]]) -> Codes:
        """From the (value, label) pairs of each document; a value stands there once for each label it has."""
        places: dict[tuple[str, str], int] = {}
        owners, codes = [], []
        for owner, pairs in enumerate(found):
            for value, label in pairs:
                owners.append(owner)
                codes.append(places.setdefault((value, label), len(places)))
        return cls.named(np.array(owners, np.int32), np.array(codes, np.int32), list(places))

    @classmethod
    def named(cls, owners: Numbers, of: Numbers, names: Sequence[tuple[str, str]]) -> Codes:
        values, labels = zip(*names, strict=True) if names else ((), ())
        return cls(owners, of, tuple(values), tuple(labels))

    def settled(self, granted_at: NDArray[np.int64]) -> Codes:
        """Each value once, with the label that the newest of its documents has: units change their names."""
        places = {value: place for place, value in enumerate(dict.fromkeys(self.values))}
        if len(places) == len(self.values):
            return self
        newest = np.full(len(self.values), np.iinfo(np.int64).min)
        np.maximum.at(newest, self.of, granted_at[self.owners])
        ranked = sorted(zip(newest.tolist(), self.labels, self.values, strict=True))
        labels = {value: label for _, label, value in ranked}
        codes = np.array([places[value] for value in self.values], np.int32)
        return Codes(self.owners, codes[self.of], tuple(places), tuple(labels[value] for value in places))

    def mask(self, chosen: Mask, count: int) -> Mask:
        """Which of `count` documents have one of the chosen values, given as a mask over `values`."""
        found = np.zeros(count, np.bool_)
        found[self.owners[chosen[self.of]]] = True
        return found

    def counts(self, documents: Mask, places: Places) -> NDArray[np.intp]:
        """How many of these documents, given in both ways, have each value."""
        single = self._single and len(documents) == len(self.of)
        found = self.of[places] if single else self.of[documents[self.owners]]
        return np.bincount(found, minlength=len(self.values))

    @cached_property
    def _single(self) -> bool:
        """Whether each document has one value and no more."""
        return bool((self.owners == np.arange(len(self.owners))).all())

    @cached_property
    def label_ranks(self) -> Numbers:
        """The place of each value in the order of labels."""
        ranks = np.empty(len(self.values), np.int32)
        ordered = sorted(range(len(self.values)), key=lambda place: (self.labels[place], self.values[place]))
        ranks[ordered] = np.arange(len(self.values))
        return ranks

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {value: place for place, value in enumerate(self.values)}

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

    def rarity(self, count: int) -> float:
        """BM25's idf of a term that so many documents hold; it goes to 0 for what is everywhere."""
        return log(1 + (self.count - count + 0.5) / (count + 0.5))

    def weights(self, documents: Places, words: int, counts: NDArray[np.integer]) -> Weights:
        """What BM25 gives each document for a term that stands there so often, but for the term's rarity.

        The first `words` postings are of words, the others of pairs and characters.
        """
        norms = np.empty(len(documents), np.float32)
        norms[:words] = self.norms["w"][documents[:words]]
        norms[words:] = self.norms["p"][documents[words:]]
        frequencies = counts.astype(np.float32)
        norms += frequencies
        frequencies *= np.float32(K1 + 1)
        frequencies /= norms
        return frequencies

    @cached_property
    def norms(self) -> Mapping[str, Weights]:
        """BM25's length term of each document, by field."""
        return {"w": self._norm(self.word_lengths), "p": self._norm(self.pair_lengths)}

    def _norm(self, lengths: Weights) -> Weights:
        mean = float(lengths[self.live].sum(dtype=np.float64)) / self.count if self.count else 1.0
        return (K1 * (1 - B + B * lengths / max(mean, 1.0))).astype(np.float32)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where a live document stands."""
        return {key: place for place, key in enumerate(self.ids) if self.live[place]}

    @cached_property
    def favour(self) -> Weights:
        """What the relevance of a document's text is multiplied with for its prize and its date."""
        return 1 + self.prize_favour + self.recency_favour

    @cached_property
    def prize_favour(self) -> Weights:
        ranks = self.prize_ranks.astype(np.float32)
        return np.where(ranks > 0, PRIZE / np.maximum(ranks, 1), 0).astype(np.float32)

    @cached_property
    def recency_favour(self) -> Weights:
        """The newest case of the library has RECENCY, one HALF_LIFE older half of it."""
        if not self.count:
            return np.zeros(len(self.ids), np.float32)
        age = int(self.granted_at[self.live].max()) - self.granted_at
        return (RECENCY * np.exp2(-np.maximum(age, 0) / HALF_LIFE)).astype(np.float32)

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

    def postings(
        self, keys: Sequence[Key], spare: Collection[Key] = (), most: float = 0
    ) -> Mapping[Key, Postings]:
        """The posting lists of terms; unknown terms have empty ones.

        Of the terms `spare`, those that more than `most` documents hold may be COMMON instead.
        """
        ...

    def phrase(self, terms: Sequence[tuple[str, int]]) -> Places:
        """Documents that hold pairs at these relative positions, ascending."""
        ...

    def adjacent(self, terms: Sequence[tuple[str, int]], documents: Places) -> Table:
        """For each two pairs in turn, which of the documents (ascending) hold them at this distance."""
        ...
