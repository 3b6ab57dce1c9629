"""The score sheet: an Excel file that a juror fills in without a network and sends back.

Each row carries, in a hidden cell, which read it is and which versions of its marks and comments it was made
from, signed: a row that was tampered with, or belongs to another juror or another round, is refused.
"""

from judging.score_sheet.plan import Change, Fault, Plan, State, plan_of
from judging.score_sheet.reading import SheetLine, lines_of
from judging.score_sheet.writing import SheetRow, workbook

__all__ = [
    "Change",
    "Fault",
    "Plan",
    "SheetLine",
    "SheetRow",
    "State",
    "lines_of",
    "plan_of",
    "workbook",
]
