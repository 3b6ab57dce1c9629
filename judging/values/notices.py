"""From a decision to awards that are final: public notice, objections, rulings, the working-day calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DecisionKind(StrEnum):
    """MAIN: the prizes of a round. FILLING: who moves up after a revocation."""

    MAIN = "main"
    FILLING = "filling"


class DecisionState(StrEnum):
    """PENDING: seen by organisers only, may be taken back. PUBLISHED: the public notice runs, or waits for
    rulings. FINAL: the awards are granted."""

    PENDING = "pending"
    TAKEN_BACK = "taken_back"
    PUBLISHED = "published"
    FINAL = "final"


class LineState(StrEnum):
    """What became of one announced case. WITHDRAWN: its unit took the case back before the awards were final.
    MOVED: a later notice gives it a higher prize."""

    STANDING = "standing"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"


class ObjectionState(StrEnum):
    """UNCONFIRMED: its mail address has not been confirmed; nobody but its sender knows of it."""

    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    RULED = "ruled"


class Outcome(StrEnum):
    """How an objection ends. CORRECTED: the case is put right and keeps its prize."""

    DISMISSED = "dismissed"
    CORRECTED = "corrected"
    REVOKED = "revoked"


class RulingState(StrEnum):
    """One person proposes, another confirms or rejects."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class DayKind(StrEnum):
    """What the calendar says of a date. ORDINARY takes an entry of the shipped calendar back."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A date that is not what its weekday says."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Exceptions by date; in a year that is not in `known` only weekends are days off."""

    days: Mapping[date, CalendarDay] = field(default_factory=dict)
    known: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ChosenPrize:
    """A case that a decision gives a prize. `rank` counts from 1, the highest prize."""

    case_id: str
    version_id: str
    prize_key: str
    prize_name: str
    prize_rank: int


@dataclass(frozen=True, slots=True)
class Move:
    """Who moves up by the published rule: from which prize (None: had none) to which."""

    case_id: str
    from_key: str | None
    to_key: str
