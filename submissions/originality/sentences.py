"""Sentences and their fingerprints: which sentences stand in many texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from submissions.originality.reading import Reading

LEAST = 8
"""Counting units of the shortest sentence that has a fingerprint."""
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*[”’」』\"]?")
_MASK = 2**63 - 1  # a BIGINT has a sign


def sentences(original: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends; a full stop ends one only where a space follows."""
    for found in _SENTENCE.finditer(original):
        start = found.start()
        for stop in re.finditer(r"\.(?=\s+[A-Z\"“])", found.group()):
            yield start, found.start() + stop.end()
            start = found.start() + stop.end()
        yield start, found.end()


def fingerprints(reading: Reading) -> dict[tuple[int, int], int]:
    """The fingerprint of each sentence that has LEAST counting units, by its place in the original."""
    found = {}
    for start, end in sentences(reading.original):
        units = slice(int(np.searchsorted(reading.starts, start)), int(np.searchsorted(reading.starts, end)))
        if reading.counts[units].sum() >= LEAST:
            found[start, end] = _fingerprint(reading.codes[units])
    return found


def _fingerprint(codes: NDArray[np.uint64]) -> int:
    digest = hashlib.blake2b(codes.astype("<u8").tobytes(), digest_size=8).digest()
    return int.from_bytes(digest, "big") & _MASK
