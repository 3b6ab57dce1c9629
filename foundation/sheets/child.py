"""The process that opens a stranger's workbook: this file run by itself, started by `reading`.

The file comes by stdin, the first sheet's rows go out as JSON: all cells as the text that a person sees.
"""

import contextlib
import io
import json
import resource
import sys
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

CPU_SECONDS = 40
MEMORY_BYTES = 2_000_000_000
CHARACTERS = 40_000_000
"""Of all cells together. Cells share their strings, so a file of two kilobytes can stand for gigabytes."""


class TooMuch(Exception):
    """More than any table that is meant to be read."""


def text_of(cell: Any) -> str:
    """A cell as it is read: whole numbers without ".0", dates as 2026-03-01."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of the first sheet, from the sheet's top on, empty ones too."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheet = book.get_sheet_by_index(0)
    rows, left = [], CHARACTERS
    for cells in sheet.iter_rows():
        row = [text_of(cell) for cell in cells]
        left -= sum(map(len, row)) + len(row)
        if left < 0:
            raise TooMuch
        rows.append(row)
    return rows


def main() -> None:
    for what, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY_BYTES)):
        with contextlib.suppress(ValueError, OSError):  # a system with a lower limit of its own keeps that
            resource.setrlimit(what, (most, most))
    try:
        answer: dict[str, Any] = {"rows": rows_of(sys.stdin.buffer.read())}
    except PasswordError:
        answer = {"problem": "password"}
    except CalamineError:
        answer = {"problem": "damaged"}
    except TooMuch:
        answer = {"problem": "lost"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
