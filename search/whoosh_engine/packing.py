"""Whole arrays of numbers to few bytes and back: by their size, or each in a given count of bits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.whoosh_engine.blob import Bytes

Numbers = NDArray[np.int64]
Counts = NDArray[np.integer[Any]]

SLACK = 4
"""Bytes after a field of bits, so that reading its last number stays inside."""


def short(values: Numbers) -> tuple[Bytes, Numbers]:
    """Seven bits a byte, the lowest first, the eighth set when more follow; and where each number begins."""
    lengths = np.ones(len(values), np.int64)
    for bits in (7, 14, 21, 28):
        lengths += values >= 1 << bits
    starts = np.cumsum(lengths) - lengths
    data = np.zeros(int(lengths.sum()), np.uint8)
    for place in range(int(lengths.max(initial=0))):
        longer = lengths > place
        part = (values[longer] >> 7 * place & 127).astype(np.uint8)
        part |= (lengths[longer] > place + 1).astype(np.uint8) << 7
        data[starts[longer] + place] = part
    return data, starts


def unshort(data: Bytes) -> Numbers:
    """The numbers of `short`."""
    return unshort_at(data, np.zeros(0, np.int64))[0]


def unshort_at(data: Bytes, starts: Numbers) -> tuple[Numbers, Numbers]:
    """The numbers of `short`; and which of them begin at the bytes `starts`."""
    more = data > 127
    longer = more.nonzero()[0]
    if not len(longer):
        return data.astype(np.int64), starts
    begins = np.ones(len(data), np.bool_)
    np.logical_not(more[:-1], out=begins[1:])
    values = (data[begins] & 127).astype(np.int64)
    first = begins[longer].nonzero()[0]
    places, following, shift = longer[first] - first, longer[first] + 1, 7
    while len(following):
        values[places] |= (data[following] & 127).astype(np.int64) << shift
        going_on = more[following]
        places, following, shift = places[going_on], following[going_on] + 1, shift + 7
    return values, starts - longer.searchsorted(starts)


def bits(values: Numbers, widths: Numbers, offsets: Numbers, size: int) -> Bytes:
    """A field of `size` bytes: each number in its width (at most 24 bits), from bit `offsets` on."""
    shifted = values << (offsets & 7)
    first = offsets >> 3
    total = np.zeros(size + SLACK, np.float64)
    for place in range(-(-(int(widths.max(initial=0)) + 7) // 8)):
        part = (shifted >> 8 * place & 255).astype(np.float64)
        total += np.bincount(first + place, weights=part, minlength=size + SLACK)[: size + SLACK]
    return total[:size].astype(np.uint8)  # no two numbers share a bit: the sums are what "or" would give


def unbits(data: Bytes, widths: NDArray[Any], offsets: Numbers) -> Numbers:
    """Numbers of a field that has SLACK bytes more."""
    first = offsets >> 3
    found = data[first].astype(np.int64)
    for place in range(1, 4):
        found |= data[first + place].astype(np.int64) << 8 * place
    masks: Numbers = (1 << widths.astype(np.int64)) - 1
    values: Numbers = found >> (offsets & 7) & masks
    return values
