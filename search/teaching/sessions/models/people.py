"""Who takes part and what he does. No address, no number of a telephone: a unit and a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class StudyParticipant(Row):
    """Somebody of a unit in a series; the name is empty once it was deleted."""

    __tablename__ = "study_participant"

    series_id: Mapped[str] = mapped_column(Id, ForeignKey("study_series.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[str | None] = mapped_column(Id, ForeignKey("user.id"))
    joined_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("series_id", "user_id"),)


class StudyDevice(Row):
    """A telephone on which a participant joined: the SHA-256 of what its cookie holds."""

    __tablename__ = "study_device"

    series_id: Mapped[str] = mapped_column(Id, ForeignKey("study_series.id"))
    participant_id: Mapped[str] = mapped_column(Id, ForeignKey("study_participant.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("series_id", "token_hash"),)


class StudyAttendance(Row):
    __tablename__ = "study_attendance"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("study_session.id"))
    participant_id: Mapped[str] = mapped_column(Id, ForeignKey("study_participant.id"), index=True)
    at: Mapped[datetime]
    makeup: Mapped[bool]

    __table_args__ = (UniqueConstraint("session_id", "participant_id"),)


class StudyAnswer(Row):
    """What one participant answers to one question; `late` after the session had closed."""

    __tablename__ = "study_answer"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("study_session.id"), index=True)
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("study_step.id"))
    participant_id: Mapped[str] = mapped_column(Id, ForeignKey("study_participant.id"), index=True)
    answer: Mapped[list[Any]]
    mark: Mapped[str] = mapped_column(String(20))
    late: Mapped[bool]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("step_id", "participant_id"),)


class StudyContribution(Row):
    __tablename__ = "study_contribution"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("study_session.id"), index=True)
    participant_id: Mapped[str] = mapped_column(Id, ForeignKey("study_participant.id"), index=True)
    words: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    pinned: Mapped[bool] = mapped_column(default=False)
    hidden: Mapped[bool] = mapped_column(default=False)
