"""One CSV file with the line of each row, so that every complaint names file and line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from foundation.forms import clean_text
from foundation.text import Text, _

MOST_FAULTS = 40
"""So many faults are listed; more would not be read."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where; `line` 0: the file as a whole."""

    file: str
    line: int
    reason: Text


class BadFolder(Exception):
    """The folder cannot be used; `faults` says why, in the order of the files."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


class Faults:
    """Complaints are gathered: all of them at once are more use than the first."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, file: str, line: int, reason: Text) -> None:
        self._found.append(Fault(file, line, reason))

    def refuse(self) -> None:
        """Raises BadFolder if there were any."""
        if self._found:
            raise BadFolder(self._found)


@dataclass(frozen=True, slots=True)
class Row:
    """One line; cells by the column's name, "" where there is none."""

    file: str
    line: int
    cells: dict[str, str]
    faults: Faults

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def complain(self, reason: Text) -> None:
        self.faults.add(self.file, self.line, reason)

    def needed(self, column: str) -> str:
        """The cell; it is a fault if it is empty."""
        value = self[column]
        if not value:
            self.complain(_("%(column)s 没有填写", column=column))
        return value

    def number(self, column: str, kind: Callable[[str], T], *, least: int = 0) -> T | None:
        """The cell as a number not below `least`; None if it is empty; anything else is a fault."""
        value = self[column]
        if not value:
            return None
        try:
            found = kind(value)
        except (ValueError, InvalidOperation):
            self.complain(_("%(column)s 应为数字，现在是“%(value)s”", column=column, value=value))
            return None
        if not Decimal(value).is_finite() or Decimal(value) < least:
            self.complain(
                _("%(column)s 不能小于 %(least)s，现在是“%(value)s”", column=column, least=least, value=value)
            )
            return None
        return found


def read_table(
    folder: Path, name: str, columns: Sequence[str], faults: Faults, *, optional: bool = False
) -> tuple[tuple[str, ...], list[Row]]:
    """The columns' names and the rows of a file; `columns` must be there.

    A missing file is a fault unless it is optional. Encodings: UTF-8, UTF-16 with its mark, GB18030.
    """
    path = folder / name
    if not path.is_file():
        if not optional:
            faults.add(name, 0, _("文件夹里没有 %(name)s", name=name))
        return (), []
    text = _decoded(path.read_bytes())
    if text is None:
        faults.add(name, 0, _("无法识别这个文件的文字编码，请另存为 UTF-8 的 CSV"))
        return (), []
    try:
        lines = list(_lines(text))
    except csv.Error:
        faults.add(name, 0, _("这不是 CSV 文件，请另存为 UTF-8 的 CSV"))
        return (), []
    if not lines:
        faults.add(name, 0, _("文件是空的，第一行应为列名"))
        return (), []
    heads = tuple(head.strip().lower() for head in lines[0][1])
    _check_heads(name, lines[0][0], heads, columns, faults)
    rows = []
    for line, cells in lines[1:]:
        if len(cells) > len(heads):
            faults.add(
                name,
                line,
                _("这一行有 %(count)s 格，列名只有 %(heads)s 个", count=len(cells), heads=len(heads)),
            )
        rows.append(Row(name, line, dict(zip(heads, cells, strict=False)), faults))
    return heads, rows


def _decoded(data: bytes) -> str | None:
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and cells of the lines that are not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    start = 1
    for cells in reader:
        cleaned = [_plain(cell) for cell in cells]
        if any(cleaned):
            yield start, cleaned
        start = reader.line_num + 1


def _plain(cell: str) -> str:
    """The text of a cell; the apostrophe that our own files put before a formula's sign is not part of it."""
    text = clean_text(cell)
    return text[1:] if text.startswith(("'=", "'+", "'-", "'@")) else text


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", "\t", ";"), key=first.count)


def _check_heads(name: str, line: int, heads: Sequence[str], columns: Sequence[str], faults: Faults) -> None:
    missing = [column for column in columns if column not in heads]
    if missing:
        faults.add(name, line, _("缺少列：%(columns)s", columns="、".join(missing)))
    doubled = sorted({head for head in heads if head and heads.count(head) > 1})
    if doubled:
        faults.add(name, line, _("列名重复：%(columns)s", columns="、".join(doubled)))
