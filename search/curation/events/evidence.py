"""What units said about evidence of their cases in the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReleased(Event):
    """The unit lets the library show a file of its case."""

    action: ClassVar[str] = "case.evidence_released"
    case_id: str
    attachment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWithdrawn(Event):
    """The unit takes a file back that the library showed."""

    action: ClassVar[str] = "case.evidence_withdrawn"
    case_id: str
    attachment_id: str


EVIDENCE_EVENTS: tuple[type[Event], ...] = (EvidenceReleased, EvidenceWithdrawn)
