"""What happened to reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsAssigned(Event):
    """`pairs` are (case id, juror id); `seed` is None when they were chosen by hand or came from a file."""

    action: ClassVar[str] = "reads.assigned"
    round_id: str
    pairs: tuple[tuple[str, str], ...]
    seed: int | None
    distribution_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsTaken(Event):
    """Reads that a file left out (`pairs` of case id and juror id), by the distribution made from it."""

    action: ClassVar[str] = "reads.taken"
    round_id: str
    distribution_id: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsHandedOver(Event):
    """A juror's reads went to others: `pairs` are (case id, new juror's id). `begun`: some were begun."""

    action: ClassVar[str] = "reads.handed_over"
    round_id: str
    distribution_id: str
    from_id: str
    pairs: tuple[tuple[str, str], ...]
    begun: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionUndone(Event):
    """`pairs` (case id, juror id) were taken back, `restored` came back."""

    action: ClassVar[str] = "reads.distribution_undone"
    round_id: str
    distribution_id: str
    pairs: tuple[tuple[str, str], ...]
    restored: tuple[tuple[str, str], ...]


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
