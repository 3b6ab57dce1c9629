"""Reads of research reports."""

from casebook.reports.queries.facts import call_of, calls_to_choose, facts_of, judges, members, picked
from casebook.reports.queries.passages import Found, Source, checked_flags, find_passages, sources
from casebook.reports.queries.reports import (
    build,
    build_view,
    builds,
    content_at,
    last_done,
    locked_row,
    report,
    reports,
    rounds,
)

__all__ = [
    "Found",
    "Source",
    "build",
    "build_view",
    "builds",
    "call_of",
    "calls_to_choose",
    "checked_flags",
    "content_at",
    "facts_of",
    "find_passages",
    "judges",
    "last_done",
    "locked_row",
    "members",
    "picked",
    "report",
    "reports",
    "rounds",
    "sources",
]
