"""What the bench of the search says of an engine."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Times:
    """CPU milliseconds over the questions of a kind."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        ordered = sorted(seconds)
        place = min(int(len(ordered) * 0.95), len(ordered) - 1)
        return cls(statistics.median(ordered) * 1000, ordered[place] * 1000)


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine at one size. `build` in CPU seconds, `opening` and `adding` in CPU milliseconds.

    `seen` is the time on the clock from before a case is added until a search has shown it.
    """

    subject: str
    cases: int
    build: float
    bytes: int
    opening: float
    adding: float
    seen: float
    warm: Mapping[str, Times] = field(default_factory=dict)
    cold: Mapping[str, Times] = field(default_factory=dict)
