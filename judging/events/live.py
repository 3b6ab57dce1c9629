"""What happened in a live review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePrepared(Event):
    action: ClassVar[str] = "live.prepared"
    session_id: str
    round_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStarted(Event):
    action: ClassVar[str] = "live.started"
    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMoved(Event):
    """What was put on the screen; `stage` is what was revealed last of the case."""

    action: ClassVar[str] = "live.moved"
    session_id: str
    case_id: str
    stage: str
    back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEnded(Event):
    action: ClassVar[str] = "live.ended"
    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionModerated(Event):
    action: ClassVar[str] = "live.question_moderated"
    question_id: str
    session_id: str
    state: str
