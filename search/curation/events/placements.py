"""What was decided about a case's place in the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlaced(Event):
    """`audience` "" is that of the call."""

    action: ClassVar[str] = "case.placed"
    case_id: str
    audience: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTakenOff(Event):
    action: ClassVar[str] = "case.taken_off"
    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePutBack(Event):
    action: ClassVar[str] = "case.put_back"
    case_id: str
    reason: str
