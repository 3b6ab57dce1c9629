"""What the organiser's desk shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from foundation.text import Text
from judging.values import (
    AssignmentState,
    ConflictFinding,
    Plan,
    Verdict,
)
from judging.values.assignment import DistributionKind, FilePlan, HandOver
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
    """A distribution to look at before it is applied. `basis` is a hash of everything it was made from.

    `bridge` is the percent of reads asked for outside the jurors' categories; `fitting` of the new reads fall
    on subjects the juror knows; `coverage`: (readers, cases with so many), the fewest first.
    """

    plan: Plan
    reads: int
    basis: str
    bridge: int = 5
    fitting: int = 0
    coverage: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """A letter to a juror with `left` scorecards to hand in, before it is sent."""

    user_id: str
    name: str
    email: str
    left: int
    subject: Text
    body: Text


@dataclass(frozen=True, slots=True)
class HandOverPreview:
    """Giving a juror's reads away, before it is done. `to_id` "": to all others evenly."""

    from_id: str
    to_id: str
    take_begun: bool
    handed: HandOver
    basis: str


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What an uploaded distribution would do now."""

    sheet_id: str
    name: str
    exact: bool
    plan: FilePlan
    basis: str
    applied: bool


@dataclass(frozen=True, slots=True)
class DistributionView:
    """A distribution that was made: by button, from a file, by handing over."""

    id: str
    kind: DistributionKind
    reads: int
    seed: int | None
    made_at: datetime
    made_by_name: str
    undone_at: datetime | None
