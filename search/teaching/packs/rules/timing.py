"""Whether the plan of a class fits into the time there is."""

from __future__ import annotations

from dataclasses import dataclass

from search.teaching.packs.values import Content


@dataclass(frozen=True, slots=True)
class Timing:
    """Minutes planned against minutes available; `starts`: the minute at which each step begins."""

    planned: int
    available: int
    starts: tuple[int, ...]

    @property
    def spare(self) -> int:
        """Minutes left over; negative when the plan is too long."""
        return self.available - self.planned


def timing(content: Content) -> Timing:
    starts, at = [], 0
    for step in content.steps:
        starts.append(at)
        at += step.minutes
    return Timing(at, content.minutes, tuple(starts))
