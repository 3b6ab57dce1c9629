"""What is shown of a discussion: to a juror numbers, to the organiser names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from judging.views.rounds import RoundView


@dataclass(frozen=True, slots=True)
class DiscussionView:
    """A round's discussion, the latest if there were several."""

    id: str
    round_id: str
    ordinal: int
    opened_at: datetime
    closed_at: datetime | None
    open_reason: str

    @property
    def open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Voice:
    """One juror's marks of a case: those he gave by himself and those that count now, with their weighted
    scores. `number` is his in this case alone; `juror_name` is "" in what jurors see."""

    number: int
    mine: bool
    before: Mapping[str, Decimal]
    after: Mapping[str, Decimal]
    total_before: Fraction | None
    total_after: Fraction | None
    to_jury: str
    juror_name: str = ""

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Said:
    """A remark in the discussion of a case."""

    number: int
    mine: bool
    words: str
    said_at: datetime
    juror_name: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """The discussion of one case."""

    label: str
    title: str
    voices: tuple[Voice, ...]
    said: tuple[Said, ...]
    case_id: str
    """For the organiser's pages; a juror's page never shows it."""

    @property
    def mean_before(self) -> Fraction | None:
        return _mean([each.total_before for each in self.voices])

    @property
    def mean_after(self) -> Fraction | None:
        return _mean([each.total_after for each in self.voices])


def _mean(totals: list[Fraction | None]) -> Fraction | None:
    known = [each for each in totals if each is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One case in the juror's list of discussions."""

    read_id: str
    label: str
    title: str
    voices: int
    said: int
    lowest: Fraction | None
    highest: Fraction | None
    changed: bool

    @property
    def spread(self) -> Fraction | None:
        return None if self.lowest is None or self.highest is None else self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class DiscussionDesk:
    """A juror's page of one case's discussion."""

    read_id: str
    round: RoundView
    discussion: DiscussionView
    talk: Talk

    @property
    def mine(self) -> Voice:
        return next(each for each in self.talk.voices if each.mine)


@dataclass(frozen=True, slots=True)
class DiscussionOverview:
    """The organiser's page: how many scorecards are in, and the cases of one page."""

    discussion: DiscussionView | None
    talks: tuple[Talk, ...]
    pages: int
    handed_in: int
    missing: int
