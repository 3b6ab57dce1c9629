"""From a sheet to rows by column: heads in Chinese or English, in any order. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from foundation.sheets import Line, Sheet
from foundation.text import Text, _
from submissions.values import Category
from webapp.exchange.values import Column, Row, RowError

EXAMPLE = "示例"
"""A row that begins so is the template's own and is left out."""
_MARKS = re.compile(r"（[^）]*）|\([^)]*\)|[\s*＊_:：/\-]+")


def rows_of(sheet: Sheet, columns: Sequence[Column]) -> tuple[list[Row], list[RowError], list[Text]]:
    """The rows, what is wrong with the heads, and remarks about what was left out."""
    places, errors, remarks = _places(sheet.heads, columns)
    errors += [
        RowError(
            sheet.heads.number,
            column.name,
            "",
            _("缺少“%(column)s”这一列。请下载模板对照列名。", column=column.name),
        )
        for column in columns
        if column.required and column.key not in places
    ]
    rows = []
    for line in sheet.lines:
        if next(filter(None, line.cells), "").startswith(EXAMPLE):
            remarks.append(_("第 %(line)s 行是模板的示例，已跳过。", line=line.number))
            continue
        values = {key: line.cells[at] if at < len(line.cells) else "" for key, at in places.items()}
        if any(values.values()):
            rows.append(Row(line.number, values))
    return rows, errors, remarks


def _places(heads: Line, columns: Sequence[Column]) -> tuple[dict[str, int], list[RowError], list[Text]]:
    known = {spelling: column for column in columns for spelling in _spellings(column)}
    places: dict[str, int] = {}
    errors: list[RowError] = []
    unknown: list[str] = []
    for at, head in enumerate(heads.cells):
        column = known.get(plain_head(head))
        if column is None:
            unknown += [head] if head else []
        elif column.key in places:
            message = _("“%(column)s”这一列出现了两次，请只留一列。", column=column.name)
            errors.append(RowError(heads.number, column.name, head, message))
        else:
            places[column.key] = at
    remarks = [_("没有用到的列：%(names)s", names="、".join(unknown))] if unknown else []
    return places, errors, remarks


def plain_head(head: str) -> str:
    """A head as it is compared: without marks, blanks and what stands in parentheses."""
    return _MARKS.sub("", head).lower()


def _spellings(column: Column) -> Iterable[str]:
    return (plain_head(each) for each in (column.key, column.name.msgid, *column.also))


def doubles(rows: Iterable[Row], column: Column) -> list[RowError]:
    """Rows whose cell of this column stood in an earlier row already, in any case."""
    seen: dict[str, int] = {}
    errors = []
    for row in rows:
        value = row.get(column.key)
        first = seen.setdefault(value.lower(), row.line) if value else row.line
        if first != row.line:
            message = _("与第 %(line)s 行重复，请删去其中一行。", line=first)
            errors.append(RowError(row.line, column.name, value, message))
    return errors


def too_long(rows: Iterable[Row], limits: Sequence[tuple[Column, int]]) -> list[RowError]:
    """Cells that hold more characters than there is room for."""
    return [
        RowError(row.line, column.name, row.get(column.key)[:60], _("不能超过 %(limit)s 个字", limit=limit))
        for row in rows
        for column, limit in limits
        if len(row.get(column.key)) > limit
    ]


def missing(rows: Iterable[Row], columns: Sequence[Column]) -> list[RowError]:
    """Empty cells of columns that must be filled."""
    return [
        RowError(row.line, column.name, "", _("这一项必须填写"))
        for row in rows
        for column in columns
        if column.required and row.has(column.key) and not row.get(column.key)
    ]


def name_key(name: str) -> str:
    """A unit's name as it is compared: people leave out 中共 and put blanks anywhere."""
    return "".join(name.split()).removeprefix("中共").lower()


def chosen(written: str, categories: Iterable[Category]) -> Category | None:
    """The category that is meant: by key or name, or by a part of one name only ("学校")."""
    every = tuple(categories)
    wanted = name_key(written)
    for each in every:
        if written == each.key or wanted == name_key(each.name):
            return each
    alike = [each for each in every if len(wanted) > 1 and wanted in name_key(each.name)]
    return alike[0] if len(alike) == 1 else None
