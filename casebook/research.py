"""A research paper as values: what the writer of its Word file is given. Plain Python, no database.

Charts carry their numbers: Word keeps them in a workbook inside the file, so that they can be edited there.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from casebook.book import Language
from foundation.richtext import Block


class ChartKind(StrEnum):
    """How numbers are drawn. HISTOGRAM: columns without gaps. BOX: five numbers a category (lowest, lower
    quartile, median, upper quartile, highest), one series each in this order."""

    BAR = "bar"
    STACKED = "stacked"
    COLUMN = "column"
    HISTOGRAM = "histogram"
    LINE = "line"
    DOUGHNUT = "doughnut"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Series:
    """One value a category; None is a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`alt` says in words what the chart shows; `percent`: values are percentages from 0 to 100."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the paper; level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """Text of the paper; `drafted`: nobody has worked on it yet, and the paper says so."""

    blocks: tuple[Block, ...]
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    chart: Chart
    caption: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a head and rows of as many cells; `note` stands below it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a case. `source` says where they are from, `href` leads there ("" where nothing does)."""

    text: str
    source: str
    href: str = ""


Part = Heading | Words | Drawing | Grid | Passage


@dataclass(frozen=True, slots=True)
class Wording:
    """The paper's own fixed words, in its language."""

    contents: str
    drafted: str
    figure: str
    table: str


@dataclass(frozen=True, slots=True)
class Study:
    """The whole paper. `byline` and `dated` stand under the title; with `contents` it has a table of them."""

    title: str
    byline: str
    dated: str
    parts: tuple[Part, ...]
    wording: Wording
    language: Language = "zh"
    contents: bool = True
    compact: bool = False
    """Smaller type for what must fit on one page."""
    keywords: tuple[str, ...] = field(default=())
