"""What happened in the jury's meeting; how anybody voted is not told here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld(Event):
    action: ClassVar[str] = "jury_meeting.held"
    meeting_id: str
    round_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNoted(Event):
    action: ClassVar[str] = "jury_meeting.noted"
    note_id: str
    round_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionPut(Event):
    action: ClassVar[str] = "motion.put"
    motion_id: str
    round_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionVoted(Event):
    action: ClassVar[str] = "motion.voted"
    motion_id: str
    round_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionClosed(Event):
    action: ClassVar[str] = "motion.closed"
    motion_id: str
    round_id: str
    in_favour: int
    against: int
    abstained: int
