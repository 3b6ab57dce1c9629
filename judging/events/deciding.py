"""What happened to prizes and awards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


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
