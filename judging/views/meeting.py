"""The jury's meeting as organisers and jurors see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from judging.values import Choice, Count, Standing
from judging.views.deciding import Board
from judging.views.rounds import RoundView, SeatView


@dataclass(frozen=True, slots=True)
class MeetingView:
    """When, where and by whom the meeting was held; `attending` are user ids of jurors."""

    id: str
    held_at: datetime | None
    place: str
    chair: str
    recorder: str
    attending: tuple[str, ...]
    named_votes: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody noted of a case."""

    case_id: str
    words: str
    written_at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class MotionView:
    """A motion with its votes. `count` is None while votes are cast: nobody votes after the others' votes.

    `votes` are names with choices, where the motion is named and closed; `mine` is the reader's own.
    """

    id: str
    ordinal: int
    case_ids: tuple[str, ...]
    prize_key: str
    words: str
    named: bool
    put_at: datetime
    put_by_name: str
    closed_at: datetime | None
    cast: int
    count: Count | None
    votes: tuple[tuple[str, Choice], ...] = ()
    mine: Choice | None = None

    @property
    def carried(self) -> bool:
        """Whether it was closed with more votes for than against."""
        return self.count is not None and self.count.carried


@dataclass(frozen=True, slots=True)
class MeetingDesk:
    """Everything the organiser sees of the meeting."""

    board: Board
    meeting: MeetingView | None
    motions: tuple[MotionView, ...]
    notes: Mapping[str, tuple[NoteView, ...]]
    seats: tuple[SeatView, ...]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A case around the cut as jurors see it in the meeting: its title as they read it, never its unit where
    the call is blind (`unit_name` ""). Pages show its number only, no ids."""

    row: Standing
    label: str
    title: str
    category_name: str
    unit_name: str
    prize_name: str
    tied: bool


@dataclass(frozen=True, slots=True)
class JurorsMeeting:
    """The meeting as one juror sees it; `left_out` are cases that he must not discuss."""

    round: RoundView
    meeting: MeetingView
    lines: tuple[MeetingLine, ...]
    motions: tuple[MotionView, ...]
    notes: Mapping[str, tuple[NoteView, ...]]
    left_out: int
    labels: Mapping[str, str]
