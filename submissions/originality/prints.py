"""The short marks of a text by which texts that share passages find each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from submissions.originality.reading import Reading

SHINGLE = 7
WINDOW = 11
"""A passage of SHINGLE + WINDOW - 1 units that is the same in two texts gives both at least one mark."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_NEVER = np.uint64(2**64 - 1)


def shingles(codes: NDArray[np.uint64], size: int = SHINGLE) -> NDArray[np.uint64]:
    """The 64-bit hash of each `size` units in a row; one for each place where such a row begins."""
    count = len(codes) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        hashes = (hashes + codes[offset : offset + count] + np.uint64(1)) * _FACTOR
        hashes ^= hashes >> np.uint64(29)
    return hashes


def counted_shingles(reading: Reading, size: int = SHINGLE) -> NDArray[np.uint64]:
    """As `shingles`, with one value that no hash has where a unit in the row does not count."""
    hashes = shingles(reading.codes, size)
    if not len(hashes):
        return hashes
    left_out = np.concatenate(([0], np.cumsum(~reading.counts)))
    hashes[left_out[size:] != left_out[:-size]] = _NEVER
    return hashes


def fingerprints(hashes: NDArray[np.uint64], window: int = WINDOW) -> NDArray[np.uint32]:
    """The least hash of each `window` shingles in a row (winnowing), each value once, sorted.

    Source: Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", 2003.
    """
    if not len(hashes):
        return np.zeros(0, dtype=np.uint32)
    window = min(window, len(hashes))
    rows = np.lib.stride_tricks.sliding_window_view(hashes, window)
    chosen = np.unique(rows.argmin(axis=1) + np.arange(len(rows)))
    values = hashes[chosen]
    return np.unique((values[values != _NEVER] >> np.uint64(32)).astype(np.uint32))


def stored(reading: Reading) -> bytes:
    """The fingerprints of a text as they are kept: little-endian uint32."""
    return fingerprints(counted_shingles(reading)).astype("<u4").tobytes()
