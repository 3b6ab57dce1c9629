"""Tables in and out of files: Excel and CSV as people make them, as plain text cells with line numbers.

sheet = read_sheet("名单.xlsx", data)          # raises Unreadable with a sentence that says what to do
with written(table, "xlsx") as file: ...       # a file at its start, ready to be sent
"""

from foundation.sheets.reading import Unreadable, read_sheet
from foundation.sheets.values import Cell, Line, Sheet, Table
from foundation.sheets.writing import FORMATS, media_type, write, write_book

__all__ = [
    "FORMATS",
    "Cell",
    "Line",
    "Sheet",
    "Table",
    "Unreadable",
    "media_type",
    "read_sheet",
    "write",
    "write_book",
]
