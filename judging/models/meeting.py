"""The jury's meeting: who was there, what was noted of a case, what was voted on and how."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Name, State


class Meeting(Row):
    """The meeting that decides a round: when and where it was held, who led it, which jurors attended.

    `named_votes`: the minutes name who voted how; otherwise votes are counted and nobody may read them.
    """

    __tablename__ = "jury_meeting"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), unique=True)
    held_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(Name, default="")
    chair: Mapped[str] = mapped_column(Name, default="")
    recorder: Mapped[str] = mapped_column(Name, default="")
    attending: Mapped[list[Any]]
    named_votes: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(Key)


class MeetingNote(Row):
    """What somebody noted of a case in the meeting. Never changed: a correction is another note."""

    __tablename__ = "meeting_note"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(Key)
    written_by_name: Mapped[str] = mapped_column(Name)


class Motion(Row):
    """A proposal put to the vote: a prize for cases (`prize_key` "": no prize). `named` is fixed with it."""

    __tablename__ = "meeting_motion"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    ordinal: Mapped[int]
    case_ids: Mapped[list[Any]]
    prize_key: Mapped[str] = mapped_column(Key, default="")
    words: Mapped[str] = mapped_column(Text)
    named: Mapped[bool]
    put_at: Mapped[datetime]
    put_by: Mapped[str] = mapped_column(Key)
    put_by_name: Mapped[str] = mapped_column(Name)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(Key, default="")

    __table_args__ = (UniqueConstraint("round_id", "ordinal"),)


class MeetingVote(Row):
    """How a juror voted on a motion at an instant; the highest ordinal counts, all are kept."""

    __tablename__ = "meeting_vote"

    motion_id: Mapped[str] = mapped_column(Id, ForeignKey("meeting_motion.id"), index=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    juror_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    choice: Mapped[str] = mapped_column(State)
    cast_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("motion_id", "juror_id", "ordinal"),)
