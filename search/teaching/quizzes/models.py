"""The tables of the quiz bank and the challenges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class QuizQuestion(Row):
    """A question of the bank, the trainers' or a unit's. `question` is kept as in an agenda."""

    __tablename__ = "quiz_question"

    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    question: Mapped[dict[str, Any]]
    topic: Mapped[str] = mapped_column(String(60), index=True)
    difficulty: Mapped[str] = mapped_column(String(10))
    case_id: Mapped[str] = mapped_column(String(16), index=True)
    place: Mapped[str] = mapped_column(String(200))
    words_hash: Mapped[str] = mapped_column(String(64), index=True)
    used: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class QuizChallenge(Row):
    """A challenge of a series; `pool` holds the questions, so that later changes change no result."""

    __tablename__ = "quiz_challenge"

    series_id: Mapped[str] = mapped_column(Id, ForeignKey("study_series.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    count: Mapped[int]
    counting: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    smallest: Mapped[int]
    topic: Mapped[str] = mapped_column(String(60), default="")
    pool: Mapped[dict[str, Any]]
    seed: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]


class QuizAttempt(Row):
    """One participant's attempt; `drawn` the keys of its questions in order, `answers` what he chose."""

    __tablename__ = "quiz_attempt"

    challenge_id: Mapped[str] = mapped_column(Id, ForeignKey("quiz_challenge.id"), index=True)
    participant_id: Mapped[str] = mapped_column(Id, ForeignKey("study_participant.id"), index=True)
    number: Mapped[int]
    drawn: Mapped[list[Any]]
    answers: Mapped[dict[str, Any]]
    right: Mapped[int] = mapped_column(default=0)
    shows_name: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("challenge_id", "participant_id", "number"),)
