"""Writes of research reports."""

from casebook.reports.service.building import Outcome, finish_build, request_build
from casebook.reports.service.opening import open_report, redefine, redraft
from casebook.reports.service.quoting import add_quotation, confirm_quotation, drop_quotation
from casebook.reports.service.writing import (
    add_section,
    move_section,
    order_sections,
    remove_section,
    restore_round,
    retitle,
    write_section,
)

__all__ = [
    "Outcome",
    "add_quotation",
    "add_section",
    "confirm_quotation",
    "drop_quotation",
    "finish_build",
    "move_section",
    "open_report",
    "order_sections",
    "redefine",
    "redraft",
    "remove_section",
    "request_build",
    "restore_round",
    "retitle",
    "write_section",
]
