"""What happened to the jury."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


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
class InvitationSent(Event):
    """Another letter with a new link."""

    action: ClassVar[str] = "juror.invitation_sent"
    member_id: str
    round_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWorded(Event):
    """What jurors agree to was worded anew."""

    action: ClassVar[str] = "jury.statement_worded"
    round_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorRegistered(Event):
    """Somebody is in the register of jurors; `created`: an account was opened for him."""

    action: ClassVar[str] = "juror.registered"
    user_id: str
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorProfileChanged(Event):
    action: ClassVar[str] = "juror.profile_changed"
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestDeclared(Event):
    """A juror said that he has to do with a unit, or (`withdrawn`) no longer has."""

    action: ClassVar[str] = "juror.interest_declared"
    interest_id: str
    user_id: str
    unit_id: str
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRuled(Event):
    """A possible conflict was confirmed or dismissed."""

    action: ClassVar[str] = "conflict.ruled"
    round_id: str
    case_id: str
    juror_id: str
    kind: str
    confirmed: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLifted(Event):
    action: ClassVar[str] = "conflict.lifted"
    conflict_id: str
    round_id: str
    case_id: str
    juror_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganiserRecused(Event):
    """An organiser keeps out of the judging of a case, or (`lifted`) does so no longer."""

    action: ClassVar[str] = "organiser.recused"
    recusal_id: str
    round_id: str
    case_id: str
    user_id: str
    lifted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodianNamed(Event):
    """Who looks after a case from which another organiser is shut out."""

    action: ClassVar[str] = "case.custodian_named"
    round_id: str
    case_id: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationSet(Event):
    """A calibration case was chosen, changed or taken away."""

    action: ClassVar[str] = "calibration.set"
    calibration_id: str
    round_id: str
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationHandedIn(Event):
    action: ClassVar[str] = "calibration.handed_in"
    calibration_id: str
    round_id: str
    juror_id: str
