"""Blank files to fill in: the heads, an example row that is never imported, and what each column means."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from foundation.sheets import Table, write
from foundation.text import _
from webapp.exchange.values import Column

ROWS = 2_000
"""How far down the choices of a column reach."""


def blank(kind: str, columns: Sequence[Column], choices: Mapping[str, Sequence[str]]) -> bytes:
    """The file as .xlsx or CSV, its heads in the language in use; `choices` by column key."""
    out = io.BytesIO()
    if kind == "csv":
        write(
            Table("", [each.name for each in columns], [[each.example for each in columns]]),
            "csv",
            out,
        )
    else:
        _workbook(out, columns, choices)
    return out.getvalue()


def _workbook(out: io.BytesIO, columns: Sequence[Column], choices: Mapping[str, Sequence[str]]) -> None:
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet(str(_("填写")))
    text = book.add_format({"num_format": "@"})
    heads = {
        True: book.add_format({"bold": True, "bottom": 1, "bg_color": "#F6DFDA"}),
        False: book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3F1EC"}),
    }
    grey = book.add_format({"num_format": "@", "italic": True, "font_color": "#777777"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 24, text)
        sheet.write_string(0, at, str(column.name), heads[column.required])
        sheet.write_comment(0, at, str(column.hint))
        sheet.write_string(1, at, column.example, grey)
        if choices.get(column.key):
            sheet.data_validation(2, at, ROWS, at, _choice(choices[column.key]))
    sheet.freeze_panes(1, 0)
    notes = book.add_worksheet(str(_("说明")))
    notes.set_column(0, 0, 20)
    notes.set_column(1, 1, 80)
    for row, column in enumerate(columns):
        notes.write_string(row, 0, str(column.name), heads[column.required])
        notes.write_string(row, 1, str(column.hint))
    notes.write_string(len(columns) + 1, 1, str(_("第二行是示例，导入时会跳过，可以保留或删去。")))
    book.close()


def _choice(values: Sequence[str]) -> dict[str, Any]:
    """Excel takes a list of at most 255 characters; a longer one is left to the check."""
    return {
        "validate": "list" if len(",".join(values)) <= 255 else "any",
        "source": list(values) if len(",".join(values)) <= 255 else None,
        "error_type": "warning",
    }
