"""What happened in submissions: past tense, ids only; a reason only where the audit must show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCreated(Event):
    action: ClassVar[str] = "call.created"
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallUpdated(Event):
    action: ClassVar[str] = "call.updated"
    call_id: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPublished(Event):
    action: ClassVar[str] = "call.published"
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowExtended(Event):
    """`unit_id` None: for everybody. `closes_at` is ISO 8601 in UTC."""

    action: ClassVar[str] = "call.window_extended"
    call_id: str
    extension_id: str
    unit_id: str | None
    closes_at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClosed(Event):
    action: ClassVar[str] = "call.closed"
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStarted(Event):
    action: ClassVar[str] = "case.started"
    case_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(Event):
    action: ClassVar[str] = "case.discarded"
    case_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted(Event):
    action: ClassVar[str] = "case.submitted"
    case_id: str
    call_id: str
    version_id: str
    ordinal: int
    content_hash: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    action: ClassVar[str] = "case.withdrawn"
    case_id: str
    call_id: str
    version_id: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReturned(Event):
    action: ClassVar[str] = "case.returned"
    case_id: str
    call_id: str
    version_id: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecommended(Event):
    action: ClassVar[str] = "case.recommended"
    case_id: str
    call_id: str
    version_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationWithdrawn(Event):
    action: ClassVar[str] = "case.recommendation_withdrawn"
    case_id: str
    call_id: str
    version_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChecked(Event):
    """The formal check's outcome: `status` is checked, rejected or submitted (taken up again)."""

    action: ClassVar[str] = "case.formally_checked"
    case_id: str
    call_id: str
    version_id: str | None
    status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateArrivalRuled(Event):
    action: ClassVar[str] = "case.late_arrival_ruled"
    case_id: str
    call_id: str
    version_id: str
    accepted: bool
    reason: str
