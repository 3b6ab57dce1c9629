"""Writing a table as Excel or CSV, row by row: memory does not grow with the number of rows.

What somebody typed must not become a formula on the reader's machine. Excel cells are written as text cells;
in CSV, where there are only characters, such a cell gets an apostrophe in front; reading takes it off again.
"""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import xlsxwriter

from foundation.sheets.values import Cell, Table

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST = 32_767
"""Characters that an Excel cell holds."""
WIDTH = 18
_WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)


def media_type(kind: str) -> str:
    return FORMATS[kind]


def write(table: Table, kind: str, target: BinaryIO) -> None:
    """Write the whole table in the language in use; `kind` is one of FORMATS."""
    (_write_xlsx if kind == "xlsx" else _write_csv)(table, target)


def write_book(tables: Sequence[Table], target: BinaryIO) -> None:
    """Several tables as sheets of one workbook, in the language in use. The same tables, the same bytes."""
    book = xlsxwriter.Workbook(target, _PLAIN)
    book.set_properties({"created": _WHENEVER})
    names: list[str] = []
    for table in tables:
        names.append(_unused(_sheet_name(table.name), names))
        page = _Page(book, names[-1], ZoneInfo(table.zone))
        page.heads([str(head) for head in table.heads], table.widths)
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                page.cell(number, column, cell)
    book.close()


def _unused(name: str, taken: Sequence[str]) -> str:
    """Excel takes no two sheets of one name, capitals aside."""
    known, number, found = {each.casefold() for each in taken}, 2, name
    while found.casefold() in known:
        found = f"{name[: 30 - len(str(number))]} {number}"
        number += 1
    return found


def _write_csv(table: Table, target: BinaryIO) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([_guarded(str(head)) for head in table.heads])
    zone = ZoneInfo(table.zone)
    for row in table.rows:
        writer.writerow([_csv_cell(cell, zone) for cell in row])
    text.detach()


def _csv_cell(cell: Cell, zone: ZoneInfo) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case datetime():
            return cell.astimezone(zone).isoformat(sep=" ", timespec="seconds")[:19]
        case date():
            return cell.isoformat()
        case int() | float() | Decimal():
            return str(cell)
        case _:
            return _guarded(str(cell))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def _write_xlsx(table: Table, target: BinaryIO) -> None:
    book = xlsxwriter.Workbook(target, _PLAIN)
    page = _Page(book, _sheet_name(table.name), ZoneInfo(table.zone))
    page.heads([str(head) for head in table.heads], table.widths)
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            page.cell(number, column, cell)
    book.close()


_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Page:
    """One sheet that is being written."""

    def __init__(self, book: Any, name: str, zone: ZoneInfo) -> None:
        self._sheet = book.add_worksheet(name)
        self._zone = zone
        self._bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3F1EC", "text_wrap": True})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})

    def heads(self, names: Sequence[str], widths: Sequence[int]) -> None:
        for column, _name in enumerate(names):
            self._sheet.set_column(column, column, widths[column] if column < len(widths) else WIDTH)
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            self._sheet.write_string(0, column, name, self._bold)

    def cell(self, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None | "":
                pass
            case bool():
                self._sheet.write_boolean(row, column, cell)
            case datetime():
                naive = cell.astimezone(self._zone).replace(tzinfo=None)
                self._sheet.write_datetime(row, column, naive, self._moment)
            case date():
                self._sheet.write_datetime(row, column, cell, self._day)
            case int() | float() | Decimal():
                self._sheet.write_number(row, column, cell)
            case _:
                self._sheet.write_string(row, column, str(cell)[:LONGEST])


def _sheet_name(name: str) -> str:
    kept = "".join(" " if character in "[]:*?/\\'" else character for character in name).strip()
    return kept[:31] or "Sheet1"
