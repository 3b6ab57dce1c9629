"""A document as numbers: its terms, their positions, and what is known of it beside.

A pair of Chinese characters is its two code points side by side, so the pairs of a character stand together;
every other term is a hash with the highest bit set: among a million terms two share one with a chance of one
in 18 million.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search import analysis
from search.scoring.arrays import Key
from search.values import LibraryDocument

Keys = NDArray[np.uint64]

_SHIFT = 21
_HASHED = 1 << 63


@dataclass(frozen=True, slots=True)
class Indexed:
    """One document ready to be written; terms as often as they occur."""

    document: LibraryDocument
    words: Keys
    characters: Keys
    pairs: Keys
    positions: NDArray[np.uint32]


def number(key: Key) -> int:
    """The number of a term."""
    if key.field == "c":
        return ord(key.term)
    if key.field == "p" and len(key.term) <= 2 and all(map(analysis.is_han, key.term)):
        first, second = key.term[0], key.term[1:]
        return ord(first) << _SHIFT | (ord(second) if second else 0)
    return hashed(key.term)


@lru_cache(maxsize=1 << 18)
def hashed(term: str) -> int:
    digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") | _HASHED


def indexed(document: LibraryDocument) -> Indexed:
    text = analysis.folded_text(analysis.indexed_text(document))
    found = list(analysis.runs(text))
    words = analysis.words_of(text, [run for run, _, _ in found])
    units: list[str] = []
    codes: list[int] = []
    places: list[int] = []
    position = -2
    for run, _, near in found:
        position += 1 if near else 2
        if analysis.is_han(run):
            codes += map(ord, run)
            places += range(position, position + len(run))
            position += len(run) - 1
        else:
            units.append(run)
            codes.append(-len(units))
            places.append(position)
    characters = np.array(codes, np.int64)
    pairs, positions = _pairs(characters, np.array(places, np.int64), units)
    return Indexed(
        document,
        np.fromiter(map(hashed, words), np.uint64, len(words)),
        characters[characters >= 0].astype(np.uint64),
        pairs,
        positions,
    )


def _pairs(
    codes: NDArray[np.int64], places: NDArray[np.int64], units: list[str]
) -> tuple[Keys, NDArray[np.uint32]]:
    """The numbers and positions of `analysis.pairs`. A negative code is -1 - its place in `units`."""
    near = np.zeros(len(codes) + 1, np.bool_)
    near[1:-1] = places[1:] == places[:-1] + 1
    after, before = near[1:], near[:-1]
    seconds = np.where(after, np.append(codes[1:], 0)[: len(codes)], 0)
    keys = codes.astype(np.uint64) << np.uint64(_SHIFT) | seconds.astype(np.uint64)
    for place in np.flatnonzero((codes < 0) | (seconds < 0)).tolist():
        first = _unit(int(codes[place]), units)
        second = _unit(int(seconds[place]), units) if after[place] else ""
        keys[place] = hashed(analysis.pair(first, second) if second else first)
    kept = after | ~before
    return keys[kept], places[kept].astype(np.uint32)


def _unit(code: int, units: list[str]) -> str:
    return units[-code - 1] if code < 0 else chr(code)
