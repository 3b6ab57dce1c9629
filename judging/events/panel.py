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
