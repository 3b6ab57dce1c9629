"""What the check for originality found: information for a person, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """Characters [start, end) of a text stand as [other_start, other_end) in its source.

    `same` counts the units (Chinese characters, words) that are exactly the same.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    same: int
