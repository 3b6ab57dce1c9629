"""What leaders prepare: series, units, roster, sessions, agendas."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row

Token = String(24)


class StudySeries(Row):
    """`token` is what participants type; `rhythm` is a `Rhythm` as JSON."""

    __tablename__ = "study_series"

    token: Mapped[str] = mapped_column(Token, unique=True)
    title: Mapped[str] = mapped_column(String(100))
    about: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    rhythm: Mapped[dict[str, Any]]
    minutes: Mapped[int]
    remind_days: Mapped[int]
    late_hours: Mapped[int]
    keep_days: Mapped[int]
    members_cases: Mapped[bool]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class StudyUnit(Row):
    """A unit that takes part in a series; `code` is asked of who joins for it."""

    __tablename__ = "study_unit"

    series_id: Mapped[str] = mapped_column(Id, ForeignKey("study_series.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), default="")

    __table_args__ = (UniqueConstraint("series_id", "unit_id"),)


class StudyPresenter(Row):
    """A line of the roster; one who left stays for the sessions he has presented."""

    __tablename__ = "study_presenter"

    series_id: Mapped[str] = mapped_column(Id, ForeignKey("study_series.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254), default="")
    position: Mapped[int]
    away_from: Mapped[date | None] = mapped_column(Date)
    away_until: Mapped[date | None] = mapped_column(Date)
    left: Mapped[bool] = mapped_column(default=False)


class StudySession(Row):
    """A session of a series. `fixed`: its presenter was chosen by hand and does not move with the roster.

    `planned_for` is the date by the rule, kept when the session is moved, so that it is not planned again.
    `version` counts what watchers can see change. Who has `desk_key` leads the session.
    """

    __tablename__ = "study_session"

    series_id: Mapped[str] = mapped_column(Id, ForeignKey("study_series.id"), index=True)
    title: Mapped[str] = mapped_column(String(100), default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    planned_for: Mapped[datetime | None]
    minutes: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), index=True)
    presenter_id: Mapped[str | None] = mapped_column(Id, ForeignKey("study_presenter.id"))
    fixed: Mapped[bool] = mapped_column(default=False)
    case_ids: Mapped[list[Any]]
    pack_id: Mapped[str] = mapped_column(String(16), default="")
    cursor: Mapped[int] = mapped_column(default=-1)
    version: Mapped[int] = mapped_column(default=1)
    desk_key: Mapped[str] = mapped_column(Token, unique=True)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    makeup_until: Mapped[datetime | None]
    recording_url: Mapped[str] = mapped_column(String(500), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    reminded_at: Mapped[datetime | None]


class StudyStep(Row):
    """A step of an agenda; `question` is a `Question` as JSON for those that ask."""

    __tablename__ = "study_step"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("study_session.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(100), default="")
    minutes: Mapped[int] = mapped_column(default=5)
    words: Mapped[str] = mapped_column(Text, default="")
    case_id: Mapped[str] = mapped_column(String(16), default="")
    section: Mapped[int] = mapped_column(default=0)
    question: Mapped[dict[str, Any]]
    must: Mapped[bool] = mapped_column(default=False)
