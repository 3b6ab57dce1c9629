"""What pages and the API show of judging: frozen, plain Python, no database behind them.

Views for jurors hold no case id, version id or attachment id: those are older than the assignment and would
tell who submitted when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from foundation.text import Text
from judging.values import (
    AssignmentState,
    BlindCopy,
    ConflictFinding,
    InvitationState,
    Plan,
    PrizeProposal,
    RoundState,
    Standing,
    Verdict,
)
from submissions.values import CallView, Claim, Criterion


@dataclass(frozen=True, slots=True)
class RoundView:
    """The judging of a call."""

    id: str
    call: CallView
    state: RoundState
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    close_reason: str
    reads_required: int
    with_files: bool


@dataclass(frozen=True, slots=True)
class SeatView:
    """One invitation to the jury."""

    member_id: str
    user_id: str
    name: str
    email: str
    unit_id: str | None
    unit_name: str
    unit_path: str
    state: InvitationState
    category_keys: tuple[str, ...]
    load_limit: int | None
    invited_at: datetime
    responded_at: datetime | None
    decline_reason: str
    reminded_at: datetime | None


# --- the juror's ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InvitationView:
    """The juror's own invitation with how far he is."""

    round: RoundView
    seat: SeatView
    assigned: int
    complete: int
    handed_in: int


@dataclass(frozen=True, slots=True)
class ReadView:
    """One line of the juror's queue. `total` is the exact composite once all criteria are marked."""

    id: str
    label: str
    title: str
    category_key: str
    category_name: str
    state: AssignmentState
    marked: int
    of: int
    total: Fraction | None
    skipped: bool
    flag: str
    marked_at: datetime | None

    @property
    def complete(self) -> bool:
        return self.marked == self.of

    @property
    def status(self) -> str:
        """todo, part, ready, handed_in or recused: what the queue filters by."""
        if self.state is not AssignmentState.OPEN:
            return self.state.value
        if self.complete:
            return "ready"
        return "part" if self.marked else "todo"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The state of one scorecard after a change."""

    marks: Mapping[str, Decimal]
    total: Fraction | None
    shown: Decimal | None
    missing: tuple[Criterion, ...]
    state: AssignmentState
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What one juror found of one claim; `verdict` is None where only a remark was left."""

    claim: int
    verdict: Verdict | None
    remark: str
    juror_name: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the score page. `closed` says why nothing can be changed, None while it can."""

    id: str
    round: RoundView
    copy: BlindCopy
    scorecard: Scorecard
    comment: str
    note: str
    flag: str
    skipped: bool
    end_reason: str
    closed: Text | None
    files_hidden: int
    verdicts: Mapping[int, VerdictView] = field(default_factory=dict)


# --- the organiser's --------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Board:
    """The standings with everything an organiser decides on. `digest` is a hash of what they rest on."""

    round: RoundView
    rows: tuple[Standing, ...]
    cases: Mapping[str, CaseLine]
    juror_names: Mapping[str, str]
    full_score: int
    proposal: PrizeProposal
    digest: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The recorded decision on the prizes."""

    id: str
    decided_at: datetime
    decided_by_name: str
    reason: str
    minutes: str


@dataclass(frozen=True, slots=True)
class Winner:
    """A public line of the results."""

    award_id: str
    case_id: str
    version_id: str
    prize_key: str
    prize_name: str
    prize_rank: int
    title: str
    unit_name: str
    category_name: str
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class RevokedAward:
    """An award that was taken back, with its reason."""

    id: str
    case_id: str
    prize_name: str
    title: str
    revoked_at: datetime
    reason: str
