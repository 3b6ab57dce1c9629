"""Reading a table that somebody made. Workbooks are opened in a process of its own with limits: one stray
cell at the far corner of a sheet asks a reader for the memory of seventeen thousand million cells.

Formulas give the value that the program stored with them, never anything we would compute.
"""

import codecs
import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from foundation.errors import Refused
from foundation.forms import clean_text
from foundation.sheets.values import Line, Sheet
from foundation.text import Text, _

FILE_LIMIT = 20_000_000
ROWS_LIMIT = 50_000
COLUMNS_LIMIT = 100
CELL_LIMIT = 200_000
SECONDS = 60

_CHILD = Path(__file__).with_name("child.py")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class Unreadable(Refused):
    """The file is no table that can be read; `reason` says what to do."""


def read_sheet(name: str, data: bytes) -> Sheet:
    """The first sheet of a workbook, or a CSV file in UTF-8, UTF-16 or GB18030. Its bytes decide what it is.

    Raises:
        Unreadable
    """
    if not data:
        raise Unreadable(_("文件“%(name)s”是空的，请检查后重新选择。", name=name))
    if len(data) > FILE_LIMIT:
        limit = FILE_LIMIT // 1_000_000
        raise Unreadable(_("表格文件超过 %(limit)s MB，请删去图片，或分成几个文件导入。", limit=limit))
    rows = _workbook(data) if data.startswith(_WORKBOOKS) else _csv(data)
    return _sheet(rows)


def _sheet(rows: Iterable[list[str]]) -> Sheet:
    lines: list[Line] = []
    for number, row in enumerate(rows, start=1):
        cells = tuple(_plain(cell) for cell in row)
        if any(cells):
            if len(cells) > COLUMNS_LIMIT:
                cells = cells[: max(index for index, cell in enumerate(cells, start=1) if cell)]
            _check_size(len(lines), cells)
            lines.append(Line(number, cells))
    if not lines:
        raise Unreadable(_("表格里没有内容。请下载模板，按第一行的列名填写后再上传。"))
    return Sheet(lines[0], tuple(lines[1:]))


def _check_size(lines: int, cells: tuple[str, ...]) -> None:
    if lines > ROWS_LIMIT or len(cells) > COLUMNS_LIMIT or any(len(cell) > CELL_LIMIT for cell in cells):
        raise Unreadable(
            _(
                "表格太大：最多 %(rows)s 行、%(columns)s 列。请分成几个文件导入。",
                rows=ROWS_LIMIT,
                columns=COLUMNS_LIMIT,
            )
        )


def _plain(cell: str) -> str:
    """The text of a cell; an apostrophe that only kept a formula from being one is not part of it."""
    text = clean_text(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA and text[1:2] else text


def _csv(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    if "\x00" in text:
        raise Unreadable(_not_a_table())
    first = text.split("\n", 1)[0]
    mark = max((",", "\t", ";", "，"), key=first.count)
    try:
        return _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise Unreadable(_not_a_table()) from error


def _numbered(reader: Iterable[list[str]]) -> list[list[str]]:
    """Rows as a spreadsheet program numbers them: a cell with line ends is one row there."""
    csv.field_size_limit(CELL_LIMIT * 2)
    rows = []
    for row in reader:
        rows.append(row)
        if len(rows) > ROWS_LIMIT * 2:
            raise csv.Error("too many rows")
    return rows


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        _("无法识别这个 CSV 文件的文字编码。请在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx 后再上传。")
    )


def _workbook(data: bytes) -> list[list[str]]:
    try:
        done = subprocess.run(  # noqa: S603  # our own reader; the file goes in by stdin
            [sys.executable, "-I", "-B", str(_CHILD)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PYTHONUTF8": "1"},
        )
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"problem": "lost"}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"problem": "lost"}
    if "problem" in answer:
        raise Unreadable(_PROBLEMS.get(answer["problem"], _not_a_table()))
    rows: list[list[str]] = answer["rows"]
    return rows


def _not_a_table() -> Text:
    return _("这不是可以读取的表格。请下载模板填写，保存为 .xlsx 或 CSV 后再上传。")


_PROBLEMS: dict[str, Text] = {
    "password": _("这个表格设有密码。请在 Excel 或 WPS 中取消密码后再上传。"),
    "lost": _(
        "这个表格太大或已损坏，无法在限定的时间和内存内读完。请把内容复制到新的表格，只保留需要的行和列后再上传。"
    ),
}
