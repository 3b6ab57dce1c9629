"""Charts of the dashboard, drawn on the server: where everything stands, in percent of the width.

Rows with their names as ordinary text beside a bar fill a desk and a phone alike; the template turns these
into SVG with classes for colours and patterns, and the numbers stand in a table behind each chart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from casebook.reports.drawing import said
from casebook.reports.figures import Figure, Measure, Row, shown
from casebook.research import ChartKind
from foundation.text import Text

TONES = 6
"""Colours with patterns; further series begin again."""
HEIGHT, TOP, FLOOR = 220, 24, 170
"""Pixels of a line chart: all of it, its highest point, its ground."""
RADIUS = 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a row from `x`, both in percent; `tone` counts from 0."""

    x: float
    width: float
    tone: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a chart: its bars side by side (one below the other where `apart`)."""

    label: str
    bars: tuple[Bar, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest to highest with the middle half as a box, in percent of the width."""

    label: str
    low: float
    lower: float
    middle: float
    upper: float
    high: float
    said: str


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a ring: its length and where it begins on the circumference."""

    length: float
    gap: float
    offset: float
    tone: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    value: str


@dataclass(frozen=True, slots=True)
class Course:
    """A series over categories: its points, and the pieces of line between neighbours that both are known."""

    name: str
    tone: int
    points: tuple[Point, ...]
    pieces: tuple[tuple[Point, Point], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One of the four ways in which a figure is drawn on the page; `legend` pairs tones and names."""

    alt: Text
    lines: tuple[Line, ...] = ()
    spreads: tuple[Spread, ...] = ()
    slices: tuple[Slice, ...] = ()
    courses: tuple[Course, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    legend: tuple[tuple[int, str], ...] = ()
    apart: bool = False


def draw(figure: Figure) -> Drawn | None:
    """None for a figure that has no chart."""
    if figure.chart is None or not figure.rows:
        return None
    match figure.chart:
        case ChartKind.BOX:
            return Drawn(said(figure), spreads=tuple(_spread(row) for row in figure.rows))
        case ChartKind.DOUGHNUT:
            return Drawn(said(figure), slices=_slices(figure))
        case ChartKind.LINE:
            return Drawn(said(figure), courses=_courses(figure), ticks=_ticks(figure), legend=_legend(figure))
        case _:
            return _rows(figure)


def _legend(figure: Figure) -> tuple[tuple[int, str], ...]:
    if len(figure.drawn) < 2:
        return ()
    return tuple((number % TONES, str(figure.columns[at].name)) for number, at in enumerate(figure.drawn))


def _rows(figure: Figure) -> Drawn:
    stacked = figure.chart is ChartKind.STACKED
    lengths = [[row.values[place] or 0.0 for place in figure.drawn] for row in figure.rows]
    most = 100.0 if figure.percent else max((sum(each) if stacked else max(each)) for each in lengths) or 1.0
    lines = tuple(
        _line(figure, row, each, most, stacked=stacked)
        for row, each in zip(figure.rows, lengths, strict=True)
    )
    return Drawn(
        said(figure), lines=lines, legend=_legend(figure), apart=not stacked and len(figure.drawn) > 1
    )


def _line(figure: Figure, row: Row, lengths: list[float], most: float, *, stacked: bool) -> Line:
    bars, x = [], 0.0
    for number, (place, length) in enumerate(zip(figure.drawn, lengths, strict=True)):
        width = round(100 * length / most, 2)
        column = figure.columns[place]
        value = shown(row.values[place], column.measure)
        bars.append(Bar(round(x, 2) if stacked else 0.0, width, number % TONES, str(column.name), value))
        x += width
    return Line(str(row.label), tuple(bars), " / ".join(bar.value for bar in bars))


def _spread(row: Row) -> Spread:
    low, lower, middle, upper, high = (round(value or 0.0, 2) for value in row.values[:5])
    return Spread(str(row.label), low, lower, middle, upper, high, shown(middle, Measure.PERCENT))


def _slices(figure: Figure) -> tuple[Slice, ...]:
    around = 2 * math.pi * RADIUS
    total = sum(row.values[0] or 0 for row in figure.rows) or 1
    found, begun = [], 0.0
    for number, row in enumerate(figure.rows):
        length = around * (row.values[0] or 0) / total
        value = shown(row.values[0], figure.columns[0].measure)
        found.append(
            Slice(
                round(length, 3),
                round(around - length, 3),
                round(-begun, 3),
                number % TONES,
                str(row.label),
                value,
            )
        )
        begun += length
    return tuple(found)


def _place(number: int, count: int) -> float:
    return round(8 + 84 * number / max(1, count - 1), 2)


def _ticks(figure: Figure) -> tuple[tuple[float, str], ...]:
    return tuple((_place(number, len(figure.rows)), str(row.label)) for number, row in enumerate(figure.rows))


def _courses(figure: Figure) -> tuple[Course, ...]:
    values = [value for row in figure.rows for at in figure.drawn if (value := row.values[at]) is not None]
    most = max(values, default=1) or 1
    found = []
    for number, at in enumerate(figure.drawn):
        column = figure.columns[at]
        points = [
            None
            if (value := row.values[at]) is None
            else Point(
                _place(place, len(figure.rows)),
                round(FLOOR - (FLOOR - TOP) * value / most, 1),
                shown(value, column.measure),
            )
            for place, row in enumerate(figure.rows)
        ]
        pieces = [(a, b) for a, b in pairwise(points) if a is not None and b is not None]
        known = tuple(each for each in points if each is not None)
        found.append(Course(str(column.name), number % TONES, known, tuple(pieces)))
    return tuple(found)
