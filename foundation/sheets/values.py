"""A table on its way in (text cells with line numbers) or out (typed cells)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from foundation.text import Text

Cell = str | int | float | Decimal | bool | date | datetime | Text | None
"""What a written cell may hold; an instant is aware and is written on the clock of the table's zone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a read file; `number` is the one that a spreadsheet program shows at its left."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the first row that is not empty, and those after it that are not."""

    heads: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What is to be written. `rows` is taken once, row by row: it may be made while it is written."""

    name: str
    heads: Sequence[Text | str]
    rows: Iterable[Sequence[Cell]]
    zone: str = "Asia/Shanghai"
    widths: Sequence[int] = ()
