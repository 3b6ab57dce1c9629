"""What happened in a discussion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionOpened(Event):
    action: ClassVar[str] = "discussion.opened"
    discussion_id: str
    round_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionClosed(Event):
    action: ClassVar[str] = "discussion.closed"
    discussion_id: str
    round_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksRevised(Event):
    """A juror changed marks of a handed-in scorecard in a discussion; the earlier ones stay on record."""

    action: ClassVar[str] = "marks.revised"
    assignment_id: str
    round_id: str
    case_id: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetApplied(Event):
    """Marks and comments of an uploaded score sheet were taken over; nothing was handed in by it."""

    action: ClassVar[str] = "score_sheet.applied"
    sheet_id: str
    round_id: str
    changes: int
