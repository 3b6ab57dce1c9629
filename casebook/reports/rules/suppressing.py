"""Small cells: what may leave the house.

In a table where a small row could shame somebody (few units of a region, few cases without a prize), rows of
fewer than five are merged; a single small row takes the next smallest along, because its numbers could be had
by subtracting from the total; so does a merged row that is still below five. What cannot be merged (medians,
spreads) is left out. Awards are public, so tables of awards alone are printed as they are.
"""

from __future__ import annotations

from dataclasses import replace

from casebook.reports.figures import Figure, Row, Small, percent
from foundation.text import Text, _

LEAST = 5


def printed(figure: Figure) -> Figure:
    """The figure as it may be printed."""
    match figure.small:
        case Small.KEEP:
            return figure
        case Small.DROP:
            kept = tuple(row for row in figure.rows if row.n >= LEAST)
            return replace(figure, rows=kept, merged=len(figure.rows) - len(kept))
        case Small.MERGE:
            return _merged(figure)


def has_small(figure: Figure) -> bool:
    """Whether something is printed otherwise than it is shown in the house."""
    return printed(figure).merged > 0


def _merged(figure: Figure) -> Figure:
    rows = sorted((row for row in figure.rows if row.n > 0), key=lambda row: row.n)
    small = [row for row in rows if row.n < LEAST]
    if not small:
        return figure
    taken = len(small)
    while taken < len(rows) and (taken < 2 or sum(row.n for row in rows[:taken]) < LEAST):
        taken += 1
    gone = rows[:taken]
    if len(gone) == len(rows) and sum(row.n for row in gone) < LEAST:
        return replace(figure, rows=(), merged=len(gone))
    kept = tuple(row for row in figure.rows if row not in gone and row.n > 0)
    label = _("其他（%(count)s 类合并）", count=len(gone))
    return replace(figure, rows=(*kept, _sum(figure, gone, label)), merged=len(gone))


def _sum(figure: Figure, rows: list[Row], label: Text) -> Row:
    sums: list[float | None] = [
        sum(value for value in column if value is not None)
        for column in zip(*(row.values for row in rows), strict=True)
    ]
    for place, column in enumerate(figure.columns):
        if column.part is not None:
            part, whole = (sums[each] or 0 for each in column.part)
            sums[place] = percent(part, whole)
    return Row(label, tuple(sums), sum(row.n for row in rows))
