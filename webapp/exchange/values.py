"""What an import is made of: its kind, its rows, what would come of them, what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from foundation.text import Text


class Kind(StrEnum):
    """What a file brings."""

    UNITS = "units"
    USERS = "users"
    CASES = "cases"


class RunState(StrEnum):
    """Where an import stands. A failed one has applied nothing more than its report says."""

    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"


WORKING = frozenset({RunState.CHECKING, RunState.APPLYING})


class Deed(StrEnum):
    """What a row does."""

    CREATE = "create"
    CHANGE = "change"
    UNCHANGED = "unchanged"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file. Its head may be the name in either language, the key, or one of `also`."""

    key: str
    name: Text
    hint: Text
    example: str
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column keys; a column that the file does not have is not there."""

    line: int
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        """The cell, "" also where the column is missing."""
        return self.values.get(key, "")

    def has(self, key: str) -> bool:
        """Whether the file has this column: an empty cell then means "nothing", not "as it is"."""
        return key in self.values


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one cell; `column` None: with the row as a whole."""

    line: int
    column: Text | None
    value: str
    message: Text


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of a row that would change."""

    column: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowReport:
    """What a row would do or has done. `notes` are for a person who decides whether that is right."""

    line: int
    deed: Deed
    label: str
    details: tuple[Detail, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All rows. `remarks` concern the file as a whole."""

    rows: tuple[RowReport, ...] = ()
    errors: tuple[RowError, ...] = ()
    remarks: tuple[Text, ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict)
    """How many of each deed, and of errors, where the rows themselves were cut short."""

    def count(self, deed: str) -> int:
        if deed in self.counted:
            return self.counted[deed]
        if deed == "error":
            return len({each.line for each in self.errors})
        return sum(row.deed == deed for row in self.rows)

    @property
    def to_do(self) -> int:
        """How many rows would be written."""
        return self.count(Deed.CREATE) + self.count(Deed.CHANGE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of checking or applying; `failed` says that the file as a whole was refused."""

    report: Report
    failed: bool = False


Progress = Callable[[int, int], None]
"""Told how many rows of how many are through."""


@dataclass(frozen=True, slots=True)
class RunView:
    """An import as its pages show it."""

    id: str
    kind: Kind
    call_id: str | None
    file_name: str
    file_sha256: str
    file_size: int
    state: RunState
    done: int
    total: int
    report: Report
    invite: bool
    address: str
    started_at: datetime
    started_by: str
    started_by_name: str
    confirmed_by: str
    finished_at: datetime | None

    @property
    def working(self) -> bool:
        return self.state in WORKING

    @property
    def may_apply(self) -> bool:
        """Units and users come all or not at all; a case that is wrong keeps no other back."""
        if self.state is not RunState.CHECKED or not self.report.to_do:
            return False
        return self.kind is Kind.CASES or not self.report.errors
