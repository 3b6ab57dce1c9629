"""A bar a month, drawn on the server by `judging/charts.html`: widths in percent, heights in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.readers.values.usage import Month

TALLEST = 140
HEAD = 22
FLOOR = 30


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    y: int
    height: int
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Months from left to right; `floor` is where the bars stand."""

    bins: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    floor: int = HEAD + TALLEST
    height: int = HEAD + TALLEST + FLOOR


def monthly_views(months: Sequence[Month]) -> Bars:
    """How often cases were read, month by month; the tallest bar is the busiest month."""
    most = max((month.uses.views for month in months), default=0) or 1
    step = 96 / max(1, len(months))
    bins, ticks = [], []
    for place, month in enumerate(months):
        left = 2 + place * step
        height = round(month.uses.views / most * TALLEST)
        bins.append(
            Bar(
                x=round(left + step * 0.15, 2),
                width=round(step * 0.7, 2),
                y=HEAD + TALLEST - height,
                height=height,
                count=month.uses.views,
            )
        )
        ticks.append(Tick(round(left + step / 2, 2), str(month.first.month)))
    return Bars(tuple(bins), tuple(ticks))
