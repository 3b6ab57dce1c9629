"""The list of terms in and out of tables: one term a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook.aids.rules.terms import MOST_TERMS, problem, tidy
from casebook.aids.values import Term, TermKind, TermWish
from foundation.errors import FieldError, Invalid
from foundation.sheets import Line, Sheet, Table
from foundation.text import Text, _

HEADS: tuple[Text, ...] = (_("写法"), _("处理方式"), _("应改用"), _("依据"))
KINDS: dict[TermKind, Text] = {
    TermKind.REPLACE: _("改用"),
    TermKind.FORBID: _("禁用"),
    TermKind.ALLOW: _("认可"),
}
_COLUMNS = {
    "写法": 0, "词语": 0, "written": 0, "term": 0,
    "处理": 1, "处理方式": 1, "kind": 1, "treatment": 1,
    "应改用": 2, "改用": 2, "better": 2, "preferred": 2, "write instead": 2,
    "依据": 3, "说明": 3, "why": 3, "source": 3,
}  # fmt: skip
_KINDS = {
    "": None, "改用": TermKind.REPLACE, "replace": TermKind.REPLACE,
    "禁用": TermKind.FORBID, "forbid": TermKind.FORBID, "认可": TermKind.ALLOW, "allow": TermKind.ALLOW,
}  # fmt: skip
MOST_ERRORS = 10


def table(terms: Iterable[Term]) -> Table:
    """The list as a table that can be imported again."""
    rows = ([each.written, str(KINDS[each.wish.kind]), each.wish.better, each.wish.why] for each in terms)
    return Table("terms", HEADS, rows, widths=(36, 10, 36, 60))


def read_table(sheet: Sheet) -> list[tuple[int, TermWish]]:
    """The terms of a table, each with the number of its line.

    Raises:
        Invalid: with the first lines that cannot be used and why.
    """
    columns = [_COLUMNS.get(cell.strip().lower()) for cell in sheet.heads.cells]
    if 0 not in columns:
        raise Invalid([FieldError("table", _("第一行要有列名“写法”；可以先导出现有词表作样表。"))])
    if len(sheet.lines) > MOST_TERMS:
        raise Invalid([FieldError("table", _("一次最多导入 %(most)s 行，请分开导入。", most=MOST_TERMS))])
    found: list[tuple[int, TermWish]] = []
    errors: list[FieldError] = []
    for line in sheet.lines:
        wish, reason = _read(line, columns)
        if wish is None:
            message = _("第 %(line)s 行：%(reason)s", line=line.number, reason=reason)
            errors.append(FieldError("table", message))
        else:
            found.append((line.number, wish))
    if errors or not found:
        raise Invalid(errors[:MOST_ERRORS] or [FieldError("table", _("表格里没有词语。"))])
    return found


def _read(line: Line, columns: Sequence[int | None]) -> tuple[TermWish | None, Text | None]:
    """What a row asks for, or why it cannot be used."""
    cells = ["", "", "", ""]
    for place, cell in zip(columns, line.cells, strict=False):
        if place is not None:
            cells[place] = " ".join(cell.split())
    if cells[1].lower() not in _KINDS:
        return None, _("处理方式请填“改用”“禁用”或“认可”")
    kind = _KINDS[cells[1].lower()] or (TermKind.REPLACE if cells[2] else TermKind.FORBID)
    wish = tidy(TermWish(written=cells[0], better=cells[2], kind=kind, why=cells[3]))
    wrong = problem(wish)
    return (None, wrong.message) if wrong else (wish, None)
