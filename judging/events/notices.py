"""What happened between a decision and awards that are final.

Events of objections carry no person: the journal's readers are more than may know who objected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTakenBack(Event):
    action: ClassVar[str] = "decision.taken_back"
    decision_id: str
    round_id: str
    call_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePublished(Event):
    """`digest` is of the frozen lines; `ends_at` is ISO 8601 in UTC."""

    action: ClassVar[str] = "notice.published"
    notice_id: str
    decision_id: str
    call_id: str
    digest: str
    ends_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEnded(Event):
    action: ClassVar[str] = "notice.ended"
    notice_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardsFinal(Event):
    """Nothing is open any more: the awards of this notice were granted."""

    action: ClassVar[str] = "notice.final"
    notice_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRaised(Event):
    action: ClassVar[str] = "objection.raised"
    objection_id: str
    notice_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionConfirmed(Event):
    """Who has no account confirmed his mail address: from now on the objection counts."""

    action: ClassVar[str] = "objection.confirmed"
    objection_id: str
    notice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAsked(Event):
    action: ClassVar[str] = "objection.statement_asked"
    statement_id: str
    objection_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementGiven(Event):
    action: ClassVar[str] = "objection.statement_given"
    statement_id: str
    objection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingProposed(Event):
    action: ClassVar[str] = "ruling.proposed"
    ruling_id: str
    line_id: str
    case_id: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingAnswered(Event):
    """The second person confirmed or rejected a proposal."""

    action: ClassVar[str] = "ruling.answered"
    ruling_id: str
    line_id: str
    case_id: str
    outcome: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Event):
    """Days of the working-day calendar were set: [ISO date, kind]; kind "" takes an own entry away."""

    action: ClassVar[str] = "calendar.changed"
    days: tuple[tuple[str, str], ...]
