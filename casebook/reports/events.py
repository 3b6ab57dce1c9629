"""What happens to reports. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOpened(Event):
    action: ClassVar[str] = "report.opened"
    report_id: str
    scope: str
    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWritten(Event):
    action: ClassVar[str] = "report.written"
    report_id: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRedefined(Event):
    """The report is about other cases now."""

    action: ClassVar[str] = "report.redefined"
    report_id: str
    scope: str
    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBuildRequested(Event):
    action: ClassVar[str] = "report.build_requested"
    build_id: str
    report_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageConfirmed(Event):
    """Somebody keeps a passage although its case lost its award or left the shelf or the set."""

    action: ClassVar[str] = "report.passage_confirmed"
    report_id: str
    case_id: str
    flag: str
