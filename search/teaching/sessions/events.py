"""What happened to study sessions: past tense, ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesCreated(Event):
    action: ClassVar[str] = "series.created"
    series_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChanged(Event):
    action: ClassVar[str] = "series.changed"
    series_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEnded(Event):
    action: ClassVar[str] = "series.ended"
    series_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened(Event):
    """The lobby is open. The cases are those studied: what counts uses of cases listens to it."""

    action: ClassVar[str] = "session.opened"
    session_id: str
    series_id: str
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(Event):
    action: ClassVar[str] = "session.started"
    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed(Event):
    action: ClassVar[str] = "session.closed"
    session_id: str
    series_id: str
    case_ids: tuple[str, ...]
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCancelled(Event):
    action: ClassVar[str] = "session.cancelled"
    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionModerated(Event):
    action: ClassVar[str] = "contribution.moderated"
    contribution_id: str
    session_id: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsMerged(Event):
    action: ClassVar[str] = "participants.merged"
    participant_id: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantDropped(Event):
    """Somebody who had done nothing was taken off the list."""

    action: ClassVar[str] = "participant.dropped"
    participant_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantForgotten(Event):
    """His name and devices were deleted, on his own wish, the leader's, or because the time was over."""

    action: ClassVar[str] = "participant.forgotten"
    participant_id: str
