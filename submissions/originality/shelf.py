"""The marks of many texts in memory: which texts may share passages with this one.

An inverted index in two numpy arrays, sorted by mark. New texts wait beside it and are sorted in once they
are many, so that adding one takes no time; 20,000 texts of 3,000 characters are 7 million marks (56 MB).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

MOST = 40
"""Texts that are named at most: those with the rarest common marks first."""
COMMON = 2
"""Marks in common that a candidate has at least."""
RARE = 0.5
"""Their rarity together (a mark of n texts adds 1/n), so that turns of phrase of a large collection do not
make candidates, unless there are MANY of them."""
MANY = 6
_LISTED = 30
"""Texts looked at for one mark, the earliest ones; a mark of more is a turn of phrase or a template."""
_WAITING = 200

Marks = NDArray[np.uint32]


class Shelf:
    """Texts by key, each with a stamp that changes with its content."""

    def __init__(self) -> None:
        self._stamps: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._keys: list[str] = []
        self._marks: list[Marks] = []
        self._values: Marks = np.zeros(0, dtype=np.uint32)
        self._owners: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._sorted_in = 0

    @property
    def stamps(self) -> Mapping[str, str]:
        """What is there: key -> stamp."""
        return MappingProxyType(self._stamps)

    def put(self, key: str, stamp: str, marks: Marks) -> None:
        """Add a text, or replace the one of this key."""
        self._numbers[key] = len(self._keys)
        self._stamps[key] = stamp
        self._keys.append(key)
        self._marks.append(marks)

    def remove(self, key: str) -> None:
        """Forget a text; its marks go when the next ones are sorted in."""
        self._stamps.pop(key, None)
        self._numbers.pop(key, None)

    def candidates(self, marks: Marks, *, but: str = "", most: int = MOST) -> list[str]:
        """Keys of texts with COMMON marks of these or more, the likeliest first; never the key `but`."""
        if len(self._keys) - self._sorted_in > _WAITING:
            self._sort_in()
        low = np.searchsorted(self._values, marks, side="left")
        high = np.searchsorted(self._values, marks, side="right")
        counts = np.minimum(high - low, _LISTED)
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        owners = self._owners[np.repeat(low, counts) + nth]
        rarity = 1.0 / np.maximum(high - low, 1)
        common = np.bincount(owners, minlength=len(self._keys))
        weight = np.bincount(owners, weights=np.repeat(rarity, counts), minlength=len(self._keys))
        for number in range(self._sorted_in, len(self._keys)):
            common[number] = np.isin(self._marks[number], marks, assume_unique=True).sum()
            weight[number] = common[number]
        found = np.flatnonzero((common >= COMMON) & ((weight >= RARE) | (common >= MANY)))
        ranked = found[np.argsort(-weight[found], kind="stable")].tolist()
        keys = (self._keys[number] for number in ranked if self._is_alive(number))
        return [key for key in keys if key != but][:most]

    def _is_alive(self, number: int) -> bool:
        return self._numbers.get(self._keys[number]) == number

    def _sort_in(self) -> None:
        alive = [number for number in range(len(self._keys)) if self._is_alive(number)]
        self._keys = [self._keys[number] for number in alive]
        self._marks = [self._marks[number] for number in alive]
        self._numbers = {key: number for number, key in enumerate(self._keys)}
        values = np.concatenate([*self._marks, np.zeros(0, dtype=np.uint32)])
        owners = np.repeat(np.arange(len(self._keys), dtype=np.int32), [len(each) for each in self._marks])
        order = np.argsort(values, kind="stable")
        self._values, self._owners, self._sorted_in = values[order], owners[order], len(self._keys)
