"""Public notices, objections and rulings as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from judging.values import DecisionKind, LineState, ObjectionState, Outcome, RulingState


@dataclass(frozen=True, slots=True)
class NoticeLineView:
    """One announced case, as it was announced, and what became of it."""

    id: str
    notice_id: str
    case_id: str
    version_id: str
    unit_id: str
    prize_key: str
    prize_name: str
    prize_rank: int
    title: str
    unit_name: str
    category_name: str
    content_hash: str
    state: LineState
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A public notice. `ends_at` is the first instant after the period, `objections` how many were made by
    people who stand to them, `outcomes` how those ended that are ruled on."""

    id: str
    decision_id: str
    round_id: str
    call_id: str
    kind: DecisionKind
    days: int
    published_at: datetime
    ends_at: datetime
    contact: str
    digest: str
    objections: int
    ended_at: datetime | None
    final_at: datetime | None
    lines: tuple[NoticeLineView, ...]
    outcomes: Mapping[Outcome, int]

    def takes_objections(self, now: datetime) -> bool:
        """Whether the period still runs."""
        return self.ended_at is None and now < self.ends_at

    @property
    def last_moment(self) -> datetime:
        """Within the last day of the period: what a date is shown from."""
        return self.ends_at - timedelta(seconds=1)

    @property
    def standing(self) -> tuple[NoticeLineView, ...]:
        """Lines that are neither revoked nor moved to another prize."""
        return tuple(line for line in self.lines if line.state is LineState.STANDING)


@dataclass(frozen=True, slots=True)
class PeriodPreview:
    """The period a notice would have if it were published now. `unknown_years`: only weekends count there."""

    days: int
    ends_at: datetime
    unknown_years: tuple[int, ...]

    @property
    def last_moment(self) -> datetime:
        """Within the last day of the period: what a date is shown from."""
        return self.ends_at - timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ObjectionFileView:
    """A file that came with an objection or a statement."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    by_unit: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class StatementView:
    """What a unit is asked, without the objector's name, and its answer."""

    id: str
    objection_id: str
    line: NoticeLineView
    call_id: str
    matter: str
    due_on: date
    asked_at: datetime
    words: str
    given_at: datetime | None
    given_by_name: str
    ruled: bool


@dataclass(frozen=True, slots=True)
class RulingView:
    """A proposal on an announced case and the second person's answer."""

    id: str
    line_id: str
    objection_id: str | None
    outcome: Outcome
    reason: str
    state: RulingState
    proposed_at: datetime
    proposed_by: str
    proposed_by_name: str
    answered_at: datetime | None
    answered_by_name: str
    answer: str


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection for organisers and its sender. `statement` and `rulings` are empty for the sender."""

    id: str
    number: str
    notice_id: str
    call_id: str
    round_id: str
    line: NoticeLineView
    state: ObjectionState
    received_at: datetime
    confirmed_at: datetime | None
    objector_id: str
    name: str
    workplace: str
    phone: str
    email: str
    matter: str
    ruled_at: datetime | None
    files: tuple[ObjectionFileView, ...]
    statement: StatementView | None
    rulings: tuple[RulingView, ...]

    @property
    def outcome(self) -> RulingView | None:
        """The confirmed ruling."""
        return next((each for each in self.rulings if each.state is RulingState.CONFIRMED), None)

    @property
    def proposal(self) -> RulingView | None:
        """The proposal that waits for a second person."""
        return next((each for each in self.rulings if each.state is RulingState.PROPOSED), None)
