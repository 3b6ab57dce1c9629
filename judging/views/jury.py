"""What the pages about the jury and its conflicts show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.text import Text


@dataclass(frozen=True, slots=True)
class DeclaredConflict:
    """A conflict that the juror (`by_juror`) or an organiser declared; lifted ones count no more."""

    id: str
    case_id: str
    juror_id: str
    juror_name: str
    reason: str
    by_juror: bool
    declared_at: datetime
    lifted_at: datetime | None
    lift_reason: str


@dataclass(frozen=True, slots=True)
class ShutOutCase:
    """A case from whose judging an organiser is shut out, why, and who looks after it."""

    case_id: str
    title: str
    unit_name: str
    reason: Text
    recusal_id: str
    custodian_id: str
    custodian_name: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """What a one-time link shows: the invitation before it is answered."""

    member_id: str
    round_id: str
    user_id: str
    name: str
    email: str
    expires_at: datetime
    cases: int
    statement: str


@dataclass(frozen=True, slots=True)
class JurorLine:
    """Somebody in the register. `open_reads` are cases given to him in open rounds and not handed in."""

    user_id: str
    name: str
    email: str
    unit_id: str | None
    unit_name: str
    unit_path: str
    topics: tuple[str, ...]
    organisation: str
    region: str
    language: str
    load_limit: int | None
    remarks: str
    open_reads: int
    judged: int
    active: bool


@dataclass(frozen=True, slots=True)
class InterestView:
    """A unit that a juror has to do with, as he said."""

    id: str
    unit_id: str
    unit_name: str
    reason: str
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a juror's place: how many of the cases in question he may not read, what of his
    topics fits, how much he has to read now. `fits` are the words that fit."""

    juror: JurorLine
    conflicts: int
    fits: tuple[str, ...]
