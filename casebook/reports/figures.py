"""Figures and numbers of reports: tables that know their base, how they are drawn, what may be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casebook.research import ChartKind
from foundation.text import Text


class Measure(StrEnum):
    """What a value is: things counted, percent, or any other number."""

    COUNT = "count"
    PERCENT = "percent"
    NUMBER = "number"


class Small(StrEnum):
    """What is done with rows of fewer than five in what leaves the house: kept (the facts are public anyway),
    merged with others, or left out (values that cannot be merged)."""

    KEEP = "keep"
    MERGE = "merge"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Column:
    """`part` names two columns (places among the values): this one is the first in percent of the second."""

    name: Text | str
    measure: Measure = Measure.COUNT
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`n` is how many units or cases the row is about; `remark` is said behind its values."""

    label: Text | str
    values: tuple[float | None, ...]
    n: int
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A table with its chart. `drawn` are the columns in the chart (`chart` None: no chart). `base` is the
    number of things counted, `missing` how many had nothing to count, `treated` what was done with these."""

    key: str
    name: Text
    title: Text
    head: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    base: int
    base_name: Text
    definition: Text
    chart: ChartKind | None = ChartKind.BAR
    drawn: tuple[int, ...] = (0,)
    missing: int = 0
    treated: Text | None = None
    small: Small = Small.KEEP
    warning: Text | None = None
    merged: int = 0
    """Rows that were merged or left out for print."""

    @property
    def remarks(self) -> bool:
        return any(row.remark for row in self.rows)

    @property
    def percent(self) -> bool:
        """Whether the chart's values are percent."""
        return all(self.columns[place].measure is Measure.PERCENT for place in self.drawn)


@dataclass(frozen=True, slots=True)
class Number:
    """One number that sentences may name. None: there is nothing it could be counted from."""

    key: str
    name: Text
    value: float | None
    base: int
    measure: Measure = Measure.COUNT


def shown(value: float | None, measure: Measure) -> str:
    """A value as it is read: whole counts, percent and other numbers with one decimal."""
    if value is None:
        return "—"
    match measure:
        case Measure.COUNT:
            return f"{value:.0f}"
        case Measure.PERCENT:
            return f"{value:.1f}%"
        case Measure.NUMBER:
            return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 10 else f"{value:.0f}"


def percent(part: float, whole: float) -> float | None:
    return round(100 * part / whole, 6) if whole else None
