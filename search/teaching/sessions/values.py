"""Study sessions as values: what a series is, how a session goes, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class SessionState(StrEnum):
    """Planned for a date, its lobby open, running, closed (then there is a replay), or cancelled."""

    PLANNED = "planned"
    OPEN = "open"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


LIVE = frozenset({SessionState.OPEN, SessionState.RUNNING})
"""States in which one checks in."""


class StepKind(StrEnum):
    """What a step of the agenda shows."""

    SECTION = "section"
    NOTE = "note"
    PROMPT = "prompt"
    QUESTION = "question"


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SHORT = "short"


class Mark(StrEnum):
    """What became of an answer; UNMARKED where the leader reads it himself."""

    RIGHT = "right"
    WRONG = "wrong"
    UNMARKED = "unmarked"


Answer = tuple[str, ...]
"""The chosen options by their place from 0, or the words of a short answer alone."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `right` holds places of options; of a short one the accepted words, empty: read by people.

    Of TRUE_FALSE the options are not stored: place 0 is true.
    """

    kind: QuestionKind
    words: str
    options: tuple[str, ...] = ()
    right: Answer = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a series meets: on these weekdays (Monday 0), each `every` weeks counted from `first`.

    `last` belongs to it; `working_days` leaves out holidays of the organisation's calendar.
    """

    weekdays: tuple[int, ...]
    at: time
    zone: str
    first: date
    last: date | None = None
    every: int = 1
    skipped: tuple[date, ...] = ()
    working_days: bool = False


@dataclass(frozen=True, slots=True)
class SeriesProposal:
    """What a leader decides about a series."""

    title: str
    about: str
    rhythm: Rhythm
    minutes: int = 45
    remind_days: int = 2
    late_hours: int = 24
    keep_days: int = 365
    members_cases: bool = False


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series. `unit_id` is the unit that leads it, "" for a trainer's own."""

    id: str
    token: str
    owner_id: str
    owner_name: str
    unit_id: str
    proposal: SeriesProposal
    created_at: datetime
    ended_at: datetime | None

    @property
    def title(self) -> str:
        return self.proposal.title

    @property
    def zone(self) -> str:
        return self.proposal.rhythm.zone


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit that takes part. `code` is asked of who joins for it, "" nothing."""

    id: str
    unit_id: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class PresenterView:
    """A line of the roster, in the order of its turns."""

    id: str
    name: str
    email: str
    away_from: date | None = None
    away_until: date | None = None

    def away(self, day: date) -> bool:
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= day <= self.away_until


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session. `cursor` is the group of steps on the page, -1 before the first."""

    id: str
    series_id: str
    title: str
    starts_at: datetime
    minutes: int
    state: SessionState
    presenter_id: str
    presenter: str
    case_ids: tuple[str, ...]
    pack_id: str
    cursor: int
    version: int
    desk_key: str
    opened_at: datetime | None
    closed_at: datetime | None
    makeup_until: datetime | None
    recording_url: str
    notes: str
    reminded_at: datetime | None

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def makes_up(self, now: datetime) -> bool:
        """Whether who was away may make up for it now."""
        return self.closed_at is not None and self.makeup_until is not None and now < self.makeup_until


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the agenda. A SECTION is the part `section` (from 0) of a case's text."""

    id: str
    kind: StepKind
    title: str
    minutes: int
    words: str = ""
    case_id: str = ""
    section: int = 0
    question: Question | None = None
    must: bool = False


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """Somebody of a unit; without a name when his data were deleted."""

    id: str
    series_id: str
    unit_id: str
    unit: str
    name: str
    joined_at: datetime
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution to the discussion."""

    id: str
    participant_id: str
    unit_id: str
    unit: str
    name: str
    words: str
    at: datetime
    pinned: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that stands."""

    step_id: str
    participant_id: str
    answer: Answer
    mark: Mark
    late: bool


@dataclass(frozen=True, slots=True)
class Present:
    """That somebody was there, or made up for it."""

    participant_id: str
    at: datetime
    makeup: bool


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What a unit did in a session. `people` are those who have joined the series for it."""

    unit_id: str
    name: str
    people: int
    present: int
    makeup: int
    answered: int
    complete: int
    right: int
    marked: int

    @property
    def share(self) -> float:
        """Who was there or made up, of those who have joined."""
        return (self.present + self.makeup) / self.people if self.people else 0.0

    @property
    def right_share(self) -> float:
        return self.right / self.marked if self.marked else 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a question's distribution; `share` from 0 to 1 of those who answered."""

    label: str
    count: int
    share: float
    right: bool


@dataclass(frozen=True, slots=True)
class QuestionResult:
    step: StepView
    answered: int
    right: int
    marked: int
    bars: tuple[Bar, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonResult:
    """A participant in a session; `answers`: step id -> what stands."""

    person: ParticipantView
    present: Present | None
    answers: Mapping[str, Given] = field(default_factory=dict)
    must: int = 0

    @property
    def right(self) -> int:
        return sum(1 for each in self.answers.values() if each.mark is Mark.RIGHT)
