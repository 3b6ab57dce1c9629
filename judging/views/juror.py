"""What a juror's pages show.

No case, version or attachment id: those are older than the assignment and would tell who submitted when.
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
    Verdict,
)
from judging.views.discussion import DiscussionView
from judging.views.rounds import RoundView, SeatView
from submissions.values import Criterion


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
    """One line of the juror's queue. `total` is the exact composite once all criteria are marked;
    `unexplained`: an extreme mark still needs a comment to the jury."""

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
    unexplained: bool = False

    @property
    def complete(self) -> bool:
        return self.marked == self.of and not self.unexplained

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
    to_jury: str
    note: str
    flag: str
    skipped: bool
    end_reason: str
    closed: Text | None
    files_hidden: int
    verdicts: Mapping[int, VerdictView] = field(default_factory=dict)
    discussion: DiscussionView | None = None
