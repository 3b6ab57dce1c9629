"""Charts drawn on the server: where everything stands, in percent of the width and in pixels of the height.

Widths in percent need no viewBox, so a chart fills a desk and a phone alike and its letters keep their size.
The template `judging/charts.html` turns these into SVG; the numbers stand beside it in a table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEFT, RIGHT = 22.0, 98.0
"""Percent of the width between which values are drawn; labels are to the left."""
ROW = 28
"""Pixels a row."""
FLOOR = 30
"""Pixels for the axis."""
HEAD = 17
"""Pixels for each name above the first row: names of lines that lie close stand one below the other."""
BAR_HEIGHT = 150
TICKS = 5
BINS = 10
"""About so many steps on an axis, and bars in a histogram."""
WIDE = 7
"""Half-width characters beyond which a label is cut; its row in the table has it in full."""


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is to be drawn: a figure with its interval. `marked` ones are drawn as squares."""

    label: str
    low: float
    value: float
    high: float
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an interval chart: percents of the width, `y` in pixels."""

    label: str
    full_label: str
    low: float
    value: float
    high: float
    y: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A vertical line with its name at the height `y`, e.g. a cut."""

    at: float
    label: str
    y: int


@dataclass(frozen=True, slots=True)
class IntervalChart:
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    height: int
    floor: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Values from `low` up to `high`; the last bin includes its end."""

    low: float
    high: float
    count: int
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    bins: tuple[Bin, ...]
    ticks: tuple[Tick, ...]
    height: int
    floor: int


def interval_chart(estimates: Sequence[Estimate], lines: Iterable[tuple[float, str]] = ()) -> IntervalChart:
    """Intervals one below the other, in the order given; `lines` are (value, name)."""
    lines = list(lines)
    ends = [end for each in estimates for end in (each.low, each.value, each.high) if math.isfinite(end)] + [
        at for at, _label in lines
    ]
    first, last, ticks = _axis(min(ends, default=0.0), max(ends, default=1.0))
    place = _Scale(first, last)
    head = 6 + HEAD * sum(1 for _at, label in lines if label)
    rows = tuple(
        Row(
            shortened(each.label),
            each.label,
            place(each.low),
            place(each.value),
            place(each.high),
            head + number * ROW + ROW // 2,
            each.marked,
        )
        for number, each in enumerate(estimates)
    )
    floor = head + len(estimates) * ROW
    return IntervalChart(
        rows=rows,
        ticks=tuple(Tick(place(value), _shown(value)) for value in ticks),
        lines=tuple(Line(place(at), label, HEAD * number - 3) for number, (at, label) in enumerate(lines, 1)),
        height=floor + FLOOR,
        floor=floor,
    )


def histogram(values: Sequence[float], lowest: float, highest: float) -> Histogram:
    """How often which value, in about ten bins between the ends of the scale (or of the values, where these
    are far inside); a bin takes its lower end."""
    if not values:
        return Histogram((), (), BAR_HEIGHT + FLOOR, BAR_HEIGHT)
    first, last, edges = _axis(max(lowest, min(values)), min(highest, max(values)), steps=BINS)
    count = len(edges) - 1
    step = (last - first) / count
    counts = [0] * count
    for value in values:
        counts[min(count - 1, max(0, int((value - first) / step + 1e-9)))] += 1
    most = max(counts)
    place = _Scale(first, last, left=2.0)
    bins = []
    for number, found in enumerate(counts):
        low, high = first + number * step, first + (number + 1) * step
        height = round((BAR_HEIGHT - 22) * found / most, 1)
        bins.append(
            Bin(
                round(low, 6),
                round(high, 6),
                found,
                round(place(low) + 0.2, 2),
                round(place(high) - place(low) - 0.4, 2),
                BAR_HEIGHT - height,
                height,
            )
        )
    every = 1 if count <= 6 else 2
    ticks = tuple(Tick(place(edge), _shown(edge)) for edge in edges[::every])
    return Histogram(tuple(bins), ticks, BAR_HEIGHT + FLOOR, BAR_HEIGHT)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: float
    last: float
    left: float = LEFT

    def __call__(self, value: float) -> float:
        bounded = min(max(value, self.first), self.last)
        return round(self.left + (RIGHT - self.left) * (bounded - self.first) / (self.last - self.first), 2)


def _axis(low: float, high: float, steps: int = TICKS) -> tuple[float, float, list[float]]:
    """Round ends around the values, and the round numbers between them."""
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    step = _step(low, high, steps)
    first, last = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    count = round((last - first) / step)
    return first, last, [first + number * step for number in range(count + 1)]


def _step(low: float, high: float, steps: int) -> float:
    """The round number (1, 2, 5 times a power of ten) that makes about so many steps."""
    rough = (high - low) / steps
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999))


def _shown(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) > 1e-9 else "0"


def shortened(label: str) -> str:
    """A label that fits to the left of the rows; wide characters count double."""
    used = 0
    for place, character in enumerate(label):
        used += 2 if ord(character) > 0x2E80 else 1
        if used > 2 * WIDE:
            return label[:place].rstrip() + "…"
    return label
