"""What follows a decision, as values: commendations, feedback, letters, certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from judging.values.live import CriterionFigure


class HolderKind(StrEnum):
    """To whom a certificate is made out."""

    UNIT = "unit"
    AUTHOR = "author"


class LetterKind(StrEnum):
    """Result letters: to those with a prize, and to all others."""

    WINNER = "winner"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CommendationView:
    """The words that go with a case's prize, as they stand now."""

    words: str
    ordinal: int
    written_at: datetime
    written_by_name: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a unit is told of its case. `criteria` is empty where too few reads would show single marks."""

    title: str
    unit_name: str
    call_title: str
    prize_name: str
    greeting: str
    criteria: tuple[CriterionFigure, ...]
    score: str
    full: str
    reads: int
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a certificate. `lines`: kind (to, prize, text) and words, from the top."""

    number: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    issuers: tuple[str, ...]
    dated: str
    language: str
    verify_url: str
    holder: str


class CertificateState(StrEnum):
    """What the verification page answers."""

    VALID = "valid"
    REVOKED = "revoked"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate as anybody may verify it by its number."""

    number: str
    holder: str
    holder_kind: HolderKind
    title: str
    unit_name: str
    prize_name: str
    call_title: str
    call_slug: str
    case_id: str
    issuers: tuple[str, ...]
    dated: str
    state: CertificateState
    ended_at: datetime | None
    timezone: str
