"""Synonyms in and out of tables: one group a row. Tables of bare words, as other programs have them, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foundation.errors import FieldError, Invalid
from foundation.sheets import Line, Sheet, Table
from foundation.text import Text, _
from search.curation.rules.synonyms import problem, split_words
from search.curation.values.synonyms import MOST_GROUPS, Direction, SynonymGroup, Words

HEADS: tuple[Text, ...] = (_("词语"), _("方向"), _("说明"))
DIRECTIONS: dict[Direction, Text] = {Direction.BOTH: _("互通"), Direction.ONE_WAY: _("单向")}
_COLUMNS = {
    "词语": 0, "同义词": 0, "words": 0, "synonyms": 0,
    "方向": 1, "direction": 1,
    "说明": 2, "备注": 2, "note": 2,
}  # fmt: skip
_DIRECTIONS = {
    **dict.fromkeys(("", "互通", "双向", "both", "both ways"), Direction.BOTH),
    **dict.fromkeys(("单向", "one_way", "one way"), Direction.ONE_WAY),
}  # fmt: skip
MOST_ERRORS = 10


def table(groups: Iterable[SynonymGroup]) -> Table:
    """The list as a table that can be imported again."""
    rows = (["、".join(each.words), str(DIRECTIONS[each.direction]), each.note] for each in groups)
    return Table("synonyms", HEADS, rows, widths=(60, 10, 40))


def read_table(sheet: Sheet) -> list[tuple[int, Words]]:
    """The groups of a table, each with the number of its line.

    The first row names the columns; where it does not, every row is one group and every cell of it words.

    Raises:
        Invalid: with the first lines that cannot be used and why.
    """
    columns = [_COLUMNS.get(cell.strip().lower()) for cell in sheet.heads.cells]
    lines = sheet.lines if 0 in columns else (sheet.heads, *sheet.lines)
    if len(lines) > MOST_GROUPS:
        raise Invalid([FieldError("table", _("一次最多导入 %(most)s 行，请分开导入。", most=MOST_GROUPS))])
    found: list[tuple[int, Words]] = []
    errors: list[FieldError] = []
    for line in lines:
        wish = _wish(line, columns) if 0 in columns else Words(words=split_words("、".join(line.cells)))
        reason = _("方向请填“互通”或“单向”") if wish is None else getattr(problem(wish), "message", None)
        if wish is None or reason is not None:
            errors.append(
                FieldError("table", _("第 %(line)s 行：%(reason)s", line=line.number, reason=reason))
            )
        else:
            found.append((line.number, wish))
    if errors or not found:
        raise Invalid(errors[:MOST_ERRORS] or [FieldError("table", _("表格里没有词语。"))])
    return found


def _wish(line: Line, columns: Sequence[int | None]) -> Words | None:
    """A row under named columns; None where its direction is not known."""
    cells = ["", "", ""]
    for place, cell in zip(columns, line.cells, strict=False):
        if place is not None:
            cells[place] = cell.strip()
    direction = _DIRECTIONS.get(cells[1].lower())
    if direction is None:
        return None
    return Words(words=split_words(cells[0]), direction=direction, note=cells[2])
