"""A book's details and its row: what has a column of its own, and the rest as one JSON value."""

from __future__ import annotations

from dataclasses import fields

from pydantic import TypeAdapter

from casebook.details import EditionDetails
from casebook.models import Edition

_COLUMNS = (
    *("title", "subtitle", "publisher", "compiler", "year", "language"),
    *("isbn", "cip", "edition_line", "printing_line", "remark"),
)
_ADAPTER = TypeAdapter(EditionDetails)
_NAMES = frozenset(each.name for each in fields(EditionDetails))


def details_of(row: Edition) -> EditionDetails:
    """What was written, with today's defaults for what came later."""
    columns = {name: getattr(row, name) for name in _COLUMNS}
    known = {name: value for name, value in (row.particulars or {}).items() if name in _NAMES}
    return _ADAPTER.validate_python(columns | known)


def write_details(row: Edition, details: EditionDetails) -> None:
    written = _ADAPTER.dump_python(details, mode="json")
    for name in _COLUMNS:
        setattr(row, name, written.pop(name))
    row.particulars = written
