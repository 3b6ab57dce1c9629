"""What the organiser's desk shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judging.values import (
    AssignmentState,
    ConflictFinding,
    Plan,
    Verdict,
)
from judging.views.juror import VerdictView
from judging.views.rounds import SeatView
from submissions.values import Claim


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the round as the organiser sees it."""

    case_id: str
    version_id: str
    label: str
    category_key: str
    title: str
    unit_id: str
    unit_name: str
    unit_path: str


@dataclass(frozen=True, slots=True)
class AssignedRead:
    """One assignment as the organiser sees it."""

    id: str
    case_id: str
    juror_id: str
    juror_name: str
    label: str
    category_key: str
    state: AssignmentState
    marked: int
    flag: str
    end_reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Progress of a juror or a category: reads assigned, begun, complete and handed in."""

    key: str
    name: str
    assigned: int
    begun: int
    complete: int
    handed_in: int
    recused: int

    @property
    def unfinished(self) -> int:
        return self.assigned - self.handed_in


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the judging is; `flags` are the questions jurors raised."""

    jurors: tuple[Tally, ...]
    categories: tuple[Tally, ...]
    whole: Tally
    short: tuple[tuple[CaseLine, int], ...]
    flags: tuple[AssignedRead, ...]
    recused: tuple[AssignedRead, ...]


@dataclass(frozen=True, slots=True)
class ClaimTally:
    """How the jurors who have handed in found one claim of a case."""

    claim: Claim
    number: int
    counts: Mapping[Verdict, int]
    remarks: tuple[VerdictView, ...]


@dataclass(frozen=True, slots=True)
class AssignmentBoard:
    """All cases with their readers, and who may not read what."""

    cases: tuple[CaseLine, ...]
    seats: tuple[SeatView, ...]
    reads: Mapping[str, tuple[AssignedRead, ...]]
    loads: Mapping[str, int]
    conflicts: Mapping[tuple[str, str], ConflictFinding]
    declared: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class EvenPreview:
    """A distribution to look at before it is applied. `basis` is a hash of everything it was made from."""

    plan: Plan
    reads: int
    basis: str
