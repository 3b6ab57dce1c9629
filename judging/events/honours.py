"""What happened after a decision: praise, feedback, letters, certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CommendationWritten(Event):
    action: ClassVar[str] = "commendation.written"
    case_id: str
    round_id: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackReleased(Event):
    action: ClassVar[str] = "feedback.released"
    case_id: str
    round_id: str
    ordinal: int
    comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLettersQueued(Event):
    action: ClassVar[str] = "results.letters_queued"
    round_id: str
    winners: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatesIssued(Event):
    action: ClassVar[str] = "certificates.issued"
    round_id: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateVoided(Event):
    action: ClassVar[str] = "certificate.voided"
    certificate_id: str
    number: str
    reason: str
