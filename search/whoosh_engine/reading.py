"""From the segments of an index to arrays that answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engine import IndexBroken
from search.scoring.arrays import COMMON, Key, Mask, Postings
from search.scoring.kept import KeptAnswers
from search.whoosh_engine.codec import FIELDS, Segment, Unpacked, live
from search.whoosh_engine.facts import together
from search.whoosh_engine.lists import Stored
from search.whoosh_engine.packing import Counts
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
    """A posting list of all leaves: its live documents; how often and where a pair stands in each."""

    postings: Postings
    counts: Counts
    offsets: Places

    @property
    def size(self) -> int:
        held = (self.postings.documents, self.postings.weights, self.counts, self.offsets)
        return 500 + sum(array.nbytes for array in held)


class Snapshot:
    """One state of the indexes that an audience reads, never changed after it is opened; for any thread."""

    def __init__(self, found: Sequence[Leaf], generation: int, kept: int) -> None:
        self.generation = generation
        self.answers = KeptAnswers(kept)
        self._leaves = found
        self._starts = np.cumsum([0, *(len(leaf.segment) for leaf in found)]).tolist()
        self._guard = threading.Lock()
        self._cache: OrderedDict[Key, _Decoded] = OrderedDict()
        self._cached = 0
        self._common: dict[Key, int] = {}
        """How many documents at least hold a term that was too common to be read."""
        self.facts = together([(leaf.segment.columns, leaf.live) for leaf in found])
        self._dead = len(self.facts.live) - self.facts.count

    def postings(
        self, keys: Sequence[Key], spare: Collection[Key] = (), most: float = 0
    ) -> Mapping[Key, Postings]:
        wanted = [key for key in keys if self._common.get(key, 0) <= most or key not in spare]
        found = {key: each.postings for key, each in self._decoded(wanted, spare, most).items()}
        return found if len(found) == len(keys) else {key: found.get(key, COMMON) for key in keys}

    def phrase(self, terms: Sequence[tuple[str, int]]) -> Places:
        """Documents in which each pair stands at its distance from the first."""
        lists = [found.postings.documents for found in self._pairs(terms)]
        common = np.bincount(np.concatenate(lists), minlength=len(self.facts.live))
        documents = np.flatnonzero(common == len(terms))
        if len(terms) == 1 or not len(documents):
            return documents
        which, owners, positions = self._occurrences(terms, documents)
        distances = np.array([distance for _, distance in terms])
        starts = np.sort(owners << 32 | positions - distances[which] + distances[-1])
        after = len(terms) - 1
        found: Places = documents[np.unique(starts[after:][starts[after:] == starts[:-after]] >> 32)]
        return found

    def adjacent(self, terms: Sequence[tuple[str, int]], documents: Places) -> NDArray[np.bool_]:
        """For each two pairs in turn, which of the documents (ascending) hold them side by side as given."""
        found = np.zeros((len(terms) - 1, len(documents)), np.bool_)
        which, owners, positions = self._occurrences(terms, documents)
        distances = np.diff([at for _, at in terms], append=0)
        cells = which * len(documents) + owners
        ones = cells << 32 | positions + distances[which]
        twos = cells - len(documents) << 32 | positions
        both = np.concatenate([ones[which < len(terms) - 1], twos[which > 0]])
        both.sort(kind="stable")  # two runs that ascend, or a few
        found.reshape(-1)[both[1:][both[1:] == both[:-1]] >> 32] = True
        return found

    def _occurrences(
        self, terms: Sequence[tuple[str, int]], documents: Places
    ) -> tuple[Places, Places, Places]:
        """Where pairs stand in some documents: which of the pairs, which of the documents, the position."""
        lists = self._pairs(terms)
        owners = np.full(len(self.facts.live), -1, np.int32)
        owners[documents] = np.arange(len(documents))
        places = np.concatenate([found.postings.documents for found in lists])
        chosen = np.flatnonzero(owners[places] >= 0)
        ends = np.cumsum([len(found.postings.documents) for found in lists])
        which, places = ends.searchsorted(chosen, "right"), places[chosen]
        counts = np.concatenate([found.counts for found in lists])[chosen]
        offsets = np.concatenate([found.offsets for found in lists])[chosen]
        parts = []
        for leaf, start in zip(self._leaves, self._starts, strict=False):
            own = ((places >= start) & (places < start + len(leaf.segment))).nonzero()[0]
            if len(own):
                pairs = leaf.segment.lists["p"]
                positions, each = pairs.positions(places[own] - start, counts[own], offsets[own])
                held = own[each]
                parts.append((which[held], owners[places[held]].astype(np.int64), positions))
        if len(parts) == 1:
            return parts[0]
        one, two, three = zip(*parts, strict=True) if parts else ((_NONE,),) * 3
        return np.concatenate(one), np.concatenate(two), np.concatenate(three)

    def _pairs(self, terms: Sequence[tuple[str, int]]) -> list[_Decoded]:
        keys = [Key("p", term) for term, _ in terms]
        found = self._decoded(keys)
        return [found[key] for key in keys]

    def _decoded(
        self, keys: Sequence[Key], spare: Collection[Key] = (), most: float = 0
    ) -> dict[Key, _Decoded]:
        """The lists of terms, but for those of `spare` that more than `most` documents hold."""
        found: dict[Key, _Decoded] = {}
        with self._guard:
            for key in keys:
                held = self._cache.get(key)
                if held is not None:
                    self._cache.move_to_end(key)
                    found[key] = held
        if len(found) < len(keys):
            try:
                fresh = self._read([key for key in dict.fromkeys(keys) if key not in found], spare, most)
            except (IndexError, ValueError) as error:
                raise IndexBroken("a posting list is not as it was written") from error
            found |= fresh
            with self._guard:
                for key, each in fresh.items():
                    if key not in self._cache:
                        self._cache[key] = each
                        self._cached += each.size
                while self._cached > CACHE_BYTES and len(self._cache) > 1:
                    self._cached -= self._cache.popitem(last=False)[1].size
        return found

    def _read(self, keys: Sequence[Key], spare: Collection[Key], most: float) -> dict[Key, _Decoded]:
        """Posting lists, all in one go."""
        ordered = [key for field in FIELDS for key in keys if key.field == field]
        stored = [leaf.segment.find(ordered) for leaf in self._leaves]
        if spare:
            ordered, stored = self._uncommon(ordered, stored, spare, most)
        return dict(zip(ordered, self._unpacked(ordered, stored), strict=True))

    def _uncommon(
        self, keys: list[Key], stored: list[list[Stored]], spare: Collection[Key], most: float
    ) -> tuple[list[Key], list[list[Stored]]]:
        """Without those of `spare` that more than `most` documents hold; these are noted."""
        kept = []
        for place, key in enumerate(keys):
            lists = [each[place] for each in stored]
            # A document takes a byte at least: most lists show by their length that they are short.
            if key in spare and sum(len(each.data) for each in lists) > most + self._dead:
                count = sum(each.size for each in lists) - self._dead
                if count > most:
                    self._common[key] = count
                    continue
            kept.append(place)
        return [keys[place] for place in kept], [[each[place] for place in kept] for each in stored]

    def _unpacked(self, keys: Sequence[Key], stored: Sequence[Sequence[Stored]]) -> Iterator[_Decoded]:
        """The lists of terms in the order of FIELDS, given for each leaf."""
        parts = [leaf.segment.unpacked(keys, each) for leaf, each in zip(self._leaves, stored, strict=True)]
        if len(parts) == 1 and not self._dead:
            documents, counts, offsets, sizes = parts[0]
        else:
            documents, counts, offsets, sizes = self._live(len(keys), parts)
        ends = [0, *sizes.cumsum().tolist()]
        weights = self.facts.weights(documents, ends[sum(key.field == "w" for key in keys)], counts)
        for key, (start, end) in zip(keys, pairwise(ends), strict=True):
            # Copies: the cache lets go of each by itself.
            rarity = np.float32(self.facts.rarity(end - start))
            postings = Postings(documents[start:end].copy(), weights[start:end] * rarity)
            if key.field == "p":
                yield _Decoded(postings, counts[start:end].copy(), offsets[start:end].copy())
            else:
                yield _Decoded(postings, _NONE, _NONE)

    def _live(self, count: int, parts: Sequence[Unpacked]) -> Unpacked:
        """The live documents of `count` lists of several leaves."""
        which = np.concatenate([_NONE, *(np.arange(count).repeat(part.sizes) for part in parts)])
        documents = np.concatenate(
            [_NONE, *(part.documents + start for part, start in zip(parts, self._starts, strict=False))]
        )
        order = which.argsort(kind="stable")
        order = order[self.facts.live[documents[order]]]
        counts = np.concatenate([_NONE, *(part.counts for part in parts)])
        offsets = np.concatenate([_NONE, *(part.offsets for part in parts)])
        sizes = np.bincount(which[order], minlength=count)
        return Unpacked(documents[order], counts[order], offsets[order], sizes)


_NONE = np.zeros(0, np.int64)
