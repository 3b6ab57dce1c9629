"""What happened to a round."""

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
class NextRoundOpened(Event):
    """What a further round announces: `weights` None for the call's form, `best` None for cases chosen by
    hand (then `reason` says how)."""

    action: ClassVar[str] = "judging.next_round_opened"
    round_id: str
    before_id: str
    call_id: str
    ordinal: int
    reads: int
    weights: dict[str, int] | None
    earlier_weight: int
    best: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundCancelled(Event):
    """`marked`: reads that had marks, which stay on record and count nowhere."""

    action: ClassVar[str] = "judging.round_cancelled"
    round_id: str
    call_id: str
    marked: int
    reason: str
