"""What happened in judging: past tense, ids only; a reason only where the audit must show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingOpened(Event):
    action: ClassVar[str] = "judging.opened"
    round_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesTaken(Event):
    """The round took up newcomers (`added`) and dropped cases that no longer stand (`withdrawn`)."""

    action: ClassVar[str] = "judging.cases_taken"
    round_id: str
    added: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingChanged(Event):
    """The round's settings were changed; `closes_at` is ISO 8601 in UTC or None."""

    action: ClassVar[str] = "judging.changed"
    round_id: str
    closes_at: str | None
    with_files: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingClosed(Event):
    action: ClassVar[str] = "judging.closed"
    round_id: str
    call_id: str
    reads_required: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingReopened(Event):
    action: ClassVar[str] = "judging.reopened"
    round_id: str
    call_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorInvited(Event):
    """`role_given`: the user became a juror by this invitation."""

    action: ClassVar[str] = "juror.invited"
    member_id: str
    round_id: str
    user_id: str
    role_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(Event):
    action: ClassVar[str] = "juror.answered"
    member_id: str
    round_id: str
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorRemoved(Event):
    action: ClassVar[str] = "juror.removed"
    member_id: str
    round_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorsReminded(Event):
    action: ClassVar[str] = "juror.reminded"
    round_id: str
    user_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictDeclared(Event):
    action: ClassVar[str] = "conflict.declared"
    conflict_id: str
    round_id: str
    case_id: str
    juror_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsAssigned(Event):
    """`pairs` are (case id, juror id); `seed` is None when they were chosen by hand."""

    action: ClassVar[str] = "reads.assigned"
    round_id: str
    pairs: tuple[tuple[str, str], ...]
    seed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRemoved(Event):
    action: ClassVar[str] = "read.removed"
    assignment_id: str
    round_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecused(Event):
    action: ClassVar[str] = "read.recused"
    assignment_id: str
    round_id: str
    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFlagged(Event):
    action: ClassVar[str] = "read.flagged"
    assignment_id: str
    round_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardHandedIn(Event):
    action: ClassVar[str] = "scorecard.handed_in"
    assignment_id: str
    round_id: str
    case_id: str
    version_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardReopened(Event):
    action: ClassVar[str] = "scorecard.reopened"
    assignment_id: str
    round_id: str
    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizesDecided(Event):
    action: ClassVar[str] = "prizes.decided"
    decision_id: str
    round_id: str
    call_id: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardGranted(Event):
    action: ClassVar[str] = "award.granted"
    award_id: str
    call_id: str
    case_id: str
    version_id: str
    prize_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRevoked(Event):
    action: ClassVar[str] = "award.revoked"
    award_id: str
    call_id: str
    case_id: str
    version_id: str
    reason: str
