"""Middles, spreads and effect sizes, by plain definitions.

Sources: quartiles by linear interpolation (Hyndman and Fan 1996, type 7, as spreadsheets do); Cliff's delta
(Cliff 1993) with the bounds of Romano et al. 2006; Cohen's h (Cohen 1988).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import IntEnum

DELTA_BOUNDS = (0.147, 0.33, 0.474)
H_BOUNDS = (0.2, 0.5, 0.8)


class Size(IntEnum):
    """How large an effect is commonly called."""

    NEGLIGIBLE = 0
    SMALL = 1
    MEDIUM = 2
    LARGE = 3


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies. `values` is not empty."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Sequence[float]) -> float | None:
    return quantile(values, 0.5) if values else None


def five_numbers(values: Sequence[float]) -> tuple[float, float, float, float, float]:
    """Lowest, lower quartile, median, upper quartile, highest. `values` is not empty."""
    return (
        min(values),
        quantile(values, 0.25),
        quantile(values, 0.5),
        quantile(values, 0.75),
        max(values),
    )


def cliffs_delta(one: Sequence[float], other: Sequence[float]) -> float | None:
    """How much oftener a value of `one` is above one of `other` than below: from -1 to 1."""
    if not one or not other:
        return None
    ordered = sorted(other)
    count = len(ordered)
    more = sum(bisect_left(ordered, value) for value in one)
    fewer = sum(count - bisect_right(ordered, value) for value in one)
    return (more - fewer) / (len(one) * count)


def cohens_h(one: float, other: float) -> float:
    """The distance of two shares (from 0 to 1) on the arcsine scale."""
    return 2 * math.asin(math.sqrt(one)) - 2 * math.asin(math.sqrt(other))


def size_of(effect: float, bounds: Sequence[float]) -> Size:
    return Size(sum(abs(effect) >= bound for bound in bounds))


def round_step(span: float, most: int) -> int:
    """The smallest of 1, 2, 5 times a power of ten that cuts the span into at most so many pieces."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if span < step * factor * most:
                return step * factor
        step *= 10
