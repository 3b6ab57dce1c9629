"""Writing the score sheet: a row a case, a column a criterion with its scale as a check in the cell."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from foundation.text import Text, _
from judging.rules import mark_shown
from judging.score_sheet.tokens import Token, written
from judging.values import CommentKind
from submissions.rules.criteria import described, plain
from submissions.values import Criterion

TOKEN = "token"  # noqa: S105  # the name of a column
FIRST_ROW = 2
"""Of the cases: above them the hidden row of column names for the program, and the heads for the reader."""
MESSAGE_LONGEST = 250
TITLE_LONGEST = 32
_OPEN = {
    "locked": False,
    "text_wrap": True,
    "valign": "top",
    "border": 1,
    "border_color": "#B8B2A6",
    "bg_color": "#FFFDF2",
}
_SHUT = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D9D4CA", "font_color": "#555555"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A case on the sheet with what the server has of it. `shut` says why its cells cannot be filled in."""

    token: Token
    label: str
    title: str
    category: str
    marks: Mapping[str, Decimal]
    comments: Mapping[CommentKind, str]
    shut: Text | None = None


def comment_heads() -> dict[CommentKind, Text]:
    """The columns for comments, in their order."""
    return {
        CommentKind.AUTHOR: _("给作者的评语"),
        CommentKind.JURY: _("给评审组的意见"),
        CommentKind.NOTE: _("只给自己看的笔记"),
    }


def columns(criteria: Sequence[Criterion]) -> list[str]:
    """The column names that the program goes by."""
    marks = [f"mark:{each.key}" for each in criteria]
    return ["label", "title", "category", *marks, *(f"comment:{kind.value}" for kind in CommentKind), TOKEN]


def workbook(criteria: Sequence[Criterion], rows: Sequence[SheetRow], secret: bytes) -> bytes:
    """The sheet as .xlsx in the language in use; only cells to fill in can be changed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    _scores(book, criteria, rows, secret)
    _notes(book, criteria)
    book.close()
    return out.getvalue()


def _scores(book: Any, criteria: Sequence[Criterion], rows: Sequence[SheetRow], secret: bytes) -> None:
    sheet = book.add_worksheet(str(_("离线评分表")))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3F1EC", "text_wrap": True})
    for column, name in enumerate(columns(criteria)):
        sheet.write_string(0, column, name)
    sheet.set_row(0, None, None, {"hidden": True})
    heads = [
        _("评审号"),
        _("标题"),
        _("类别"),
        *(_head(each) for each in criteria),
        *comment_heads().values(),
    ]
    for column, words in enumerate(heads):
        sheet.write_string(1, column, str(words), head)
    last = len(heads)
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 2 + len(criteria), 13)
    sheet.set_column(3 + len(criteria), last - 1, 36)
    sheet.set_column(last, last, None, None, {"hidden": True})
    formats = {True: book.add_format(_OPEN), False: book.add_format(_SHUT)}
    for line, row in enumerate(rows, start=FIRST_ROW):
        _row(sheet, line, criteria, row, formats)
        sheet.write_string(line, last, written(row.token, secret))
    for column, criterion in enumerate(criteria, start=3):
        if rows:
            bottom = FIRST_ROW + len(rows) - 1
            sheet.data_validation(FIRST_ROW, column, bottom, column, _check(criterion, column))
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _head(criterion: Criterion) -> Text:
    if criterion.graded:
        return _("%(name)s（等级，权重 %(weight)s%%）", name=criterion.name, weight=criterion.weight)
    return _(
        "%(name)s（%(lowest)s–%(highest)s，权重 %(weight)s%%）",
        name=criterion.name,
        lowest=criterion.lowest,
        highest=criterion.highest,
        weight=criterion.weight,
    )


def _row(
    sheet: Any, line: int, criteria: Sequence[Criterion], row: SheetRow, formats: Mapping[bool, Any]
) -> None:
    fixed, cell = formats[False], formats[row.shut is None]
    title = f"{row.title}（{row.shut}）" if row.shut is not None else row.title
    for column, words in enumerate((row.label, title, row.category)):
        sheet.write_string(line, column, words, fixed)
    for column, criterion in enumerate(criteria, start=3):
        value = row.marks.get(criterion.key)
        if value is None:
            sheet.write_blank(line, column, None, cell)
        elif criterion.graded:
            sheet.write_string(line, column, mark_shown(criterion, value), cell)
        else:
            sheet.write_number(line, column, value, cell)
    for column, kind in enumerate(comment_heads(), start=3 + len(criteria)):
        words = row.comments.get(kind, "")
        if words:
            sheet.write_string(line, column, words, cell)
        else:
            sheet.write_blank(line, column, None, cell)


def _check(criterion: Criterion, column: int) -> dict[str, Any]:
    """What a cell of the criterion takes, and what a program says beside it."""
    common: dict[str, Any] = {
        "input_title": criterion.name[:TITLE_LONGEST],
        "input_message": _message(criterion),
        "error_title": criterion.name[:TITLE_LONGEST],
        "error_message": _allowed(criterion)[:MESSAGE_LONGEST],
    }
    if criterion.graded:
        names = [level.name for level in reversed(criterion.levels)]
        if len(",".join(names)) <= 255 and not any("," in name for name in names):
            return {"validate": "list", "source": names, **common}
        return {"validate": "any", **common}
    bounds = {"criteria": "between", "minimum": criterion.lowest, "maximum": criterion.highest}
    if criterion.step == 1:
        return {"validate": "integer", **bounds, **common}
    cell = xl_rowcol_to_cell(FIRST_ROW, column)
    step = plain(criterion.step)
    formula = (
        f"=AND(ISNUMBER({cell}),{cell}>={criterion.lowest},{cell}<={criterion.highest},"
        f"ABS(({cell}-{criterion.lowest})/{step}-ROUND(({cell}-{criterion.lowest})/{step},0))<0.000001)"
    )
    return {"validate": "custom", "value": formula, **common}


def _allowed(criterion: Criterion) -> str:
    if criterion.graded:
        names = "、".join(level.name for level in reversed(criterion.levels))
        return str(_("请填写以下等级之一：%(names)s", names=names))
    if criterion.step == 1:
        return str(
            _(
                "请填写 %(lowest)s 到 %(highest)s 的整数",
                lowest=criterion.lowest,
                highest=criterion.highest,
            )
        )
    return str(
        _(
            "请填写 %(lowest)s 到 %(highest)s 的分数，每档 %(step)s",
            lowest=criterion.lowest,
            highest=criterion.highest,
            step=plain(criterion.step),
        )
    )


def _message(criterion: Criterion) -> str:
    """The scale, then the levels as far as they fit."""
    text = "\n".join([_allowed(criterion), *_levels(criterion)])
    return text if len(text) <= MESSAGE_LONGEST else text[: MESSAGE_LONGEST - 1] + "…"


def _levels(criterion: Criterion) -> list[str]:
    found = []
    for level in described(criterion):
        reach = "" if criterion.graded or level.low is None else f"{level.low}–{level.high}"
        found.append(" ".join(part for part in (reach, level.name, level.words) if part))
    return found


def _notes(book: Any, criteria: Sequence[Criterion]) -> None:
    sheet = book.add_worksheet(str(_("评分说明")))
    bold = book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    advice = [
        _("只填写黄色的格子。填好后保存，在“离线评审”页面上传；上传后先看到会改什么，再确认。"),
        _("空白的格子不会改变服务器上的内容。上传不等于提交：确认后，请在系统里提交评分表。"),
    ]
    for line, words in enumerate(advice):
        sheet.write_string(line, 1, str(words), wrap)
    for line, criterion in enumerate(criteria, start=len(advice) + 1):
        sheet.write_string(line, 0, str(_head(criterion)), bold)
        sheet.write_string(line, 1, "\n".join([_allowed(criterion), *_levels(criterion)]), wrap)
    sheet.protect()
