"""The quiz bank and challenges as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from search.teaching.sessions.values import Question


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Counting(StrEnum):
    """Which of somebody's attempts counts."""

    FIRST = "first"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank. `case_id` and `place` say where in which case the answer stands, "" without."""

    question: Question
    topic: str = ""
    difficulty: Difficulty = Difficulty.MEDIUM
    case_id: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class BankLine:
    """A question as the bank lists it; `used` counts the challenges and sessions that it was drawn into."""

    id: str
    entry: BankQuestion
    owner_id: str
    unit_id: str
    used: int
    retired: bool


@dataclass(frozen=True, slots=True)
class ChallengeProposal:
    """A challenge as its leader decides it. `smallest`: a unit with fewer people is not ranked."""

    title: str
    opens_at: datetime
    closes_at: datetime
    count: int
    counting: Counting
    attempts: int
    smallest: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """A challenge of a series. `pool` are the bank's questions as they were when it was published."""

    id: str
    series_id: str
    proposal: ChallengeProposal
    pool: tuple[str, ...]
    created_at: datetime

    def open(self, now: datetime) -> bool:
        return self.proposal.opens_at <= now < self.proposal.closes_at

    def over(self, now: datetime) -> bool:
        return now >= self.proposal.closes_at


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: the questions drawn, and how many answers were right once it was handed in."""

    id: str
    participant_id: str
    number: int
    drawn: tuple[str, ...]
    right: int
    handed_in_at: datetime | None
    shows_name: bool

    @property
    def share(self) -> float:
        return self.right / len(self.drawn) if self.drawn else 0.0


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's place; `rank` None where too few took part. `average` is the mean share of right answers of
    those who took part, `part` the share of its people who did."""

    unit_id: str
    name: str
    people: int
    took_part: int
    average: float
    part: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """Somebody who agreed to be named."""

    name: str
    unit: str
    right: int
    of: int
    rank: int
