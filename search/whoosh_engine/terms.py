"""A document as numbers: its terms, their positions, and what is known of it beside.

A pair of Chinese characters is its two code points side by side, so the pairs of a character stand together;
every other term is a hash with the highest bit set: among a million terms two share one with a chance of one
in 18 million.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from foundation.folding import HAN, folding
from search import analysis
from search.scoring.arrays import Key
from search.values import LibraryDocument

Keys = NDArray[np.uint64]

_SHIFT = 21
_HASHED = 1 << 63
_MOST_WORDS = 1 << 18
_CODES = 0x110000
_HAN, _BLANK, _JOINING = 1, 2, 3


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


class _WordNumbers(dict[str, int]):
    """The number of each Chinese word that was met; 0 for what is none."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = hashed(word) if all(map(analysis.is_han, word)) else 0
        return found


_word_numbers = _WordNumbers()


def indexed(document: LibraryDocument) -> Indexed:
    codes = _folded(analysis.without_debris(analysis.indexed_text(document)))
    text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    others = list(analysis.other_runs(text))
    units = [match.group() for match in others]
    chinese = analysis.cut(text)
    words = np.fromiter(map(_word_numbers.__getitem__, chinese), np.uint64, len(chinese))
    hashes = np.fromiter(map(hashed, units), np.uint64, len(units))
    characters, places = _units(codes, [match.span() for match in others])
    pairs, positions = _pairs(characters, places, units)
    return Indexed(
        document,
        np.concatenate([words[words > 0], hashes]),
        characters[characters >= 0].astype(np.uint64),
        pairs,
        positions,
    )


def _folded(text: str) -> NDArray[np.uint32]:
    found: NDArray[np.uint32] = _folds()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]
    return found


@cache
def _folds() -> NDArray[np.uint32]:
    """`foundation.folding` as an array."""
    table = np.arange(_CODES, dtype=np.uint32)
    for code, to in folding().items():
        table[code] = ord(to)
    return table


@cache
def _kinds() -> NDArray[np.uint8]:
    """What a character is: part of nothing, a Chinese character, a blank, or a sign that joins words."""
    table = np.zeros(_CODES, np.uint8)
    everything = "".join(map(chr, range(_CODES)))
    for match in re.finditer(f"[{HAN}]+", everything):
        table[match.start() : match.end()] = _HAN
    table[[ord(blank) for blank in " \t\u00a0"]] = _BLANK
    table[[ord(sign) for sign in "-'’"]] = _JOINING
    return table


def _units(
    codes: NDArray[np.uint32], others: list[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The units in order: code points of Chinese characters, -1, -2 ... for the others; and positions."""
    kinds = _kinds()[codes]
    chinese = np.flatnonzero(kinds == _HAN)
    spans = np.array(others, np.int64).reshape(-1, 2)
    starts = np.concatenate([chinese, spans[:, 0]])
    ends = np.concatenate([chinese + 1, spans[:, 1]])
    found = np.concatenate([codes[chinese].astype(np.int64), -1 - np.arange(len(spans))])
    order = np.argsort(starts, kind="stable")
    starts, ends, found = starts[order], ends[order], found[order]
    gaps = starts[1:] - ends[:-1]
    near = np.ones(len(found), np.bool_)
    near[1:] = gaps == 0
    one, two = np.flatnonzero(gaps == 1), np.flatnonzero(gaps == 2)
    near[one + 1] = kinds[ends[one]] >= _BLANK
    near[two + 1] = (kinds[ends[two]] == _BLANK) & (kinds[ends[two] + 1] == _BLANK)
    return found, np.cumsum(np.where(near, 1, 2)) - 1


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
