"""Public notices, what is objected to them, and what is ruled; the calendar that their periods follow.

Awards come into being when a notice has ended: before that no row could be mistaken for one.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Name, Reason, State


class PublicNotice(Row):
    """The announcement of a decision. `ends_at` is the first instant after the period; `ended_at` when the
    worker put its end on record; `final_at` when the awards were granted. `digest` is of the frozen lines."""

    __tablename__ = "public_notice"

    decision_id: Mapped[str] = mapped_column(Id, ForeignKey("prize_decision.id"), unique=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    kind: Mapped[str] = mapped_column(State)
    days: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(Key)
    ends_at: Mapped[datetime]
    contact: Mapped[str] = mapped_column(Reason, default="")
    digest: Mapped[str] = mapped_column(String(64))
    ended_at: Mapped[datetime | None]
    final_at: Mapped[datetime | None]


class NoticeLine(Row):
    """One announced case as it was announced; only `state` and what explains it ever change."""

    __tablename__ = "notice_line"

    notice_id: Mapped[str] = mapped_column(Id, ForeignKey("public_notice.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    prize_key: Mapped[str] = mapped_column(Key)
    prize_name: Mapped[str] = mapped_column(Name)
    prize_rank: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    unit_name: Mapped[str] = mapped_column(Name)
    category_name: Mapped[str] = mapped_column(Name)
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(State)
    changed_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("notice_id", "case_id"),)


class Objection(Row):
    """What somebody, by name, objects to an announced case.

    `objector_id` is empty for who has no account: then `confirm_hash` is the SHA-256 of the token in the
    letter that confirms the address, by which he also reads how it goes on.
    """

    __tablename__ = "objection"

    notice_id: Mapped[str] = mapped_column(Id, ForeignKey("public_notice.id"), index=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    line_id: Mapped[str] = mapped_column(Id, ForeignKey("notice_line.id"))
    number: Mapped[str] = mapped_column(String(140), unique=True)
    state: Mapped[str] = mapped_column(State)
    received_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    objector_id: Mapped[str] = mapped_column(Key, default="", index=True)
    name: Mapped[str] = mapped_column(Name)
    workplace: Mapped[str] = mapped_column(Name, default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(254))
    confirm_hash: Mapped[str] = mapped_column(String(64), default="", index=True)
    matter: Mapped[str] = mapped_column(Text)
    ruled_at: Mapped[datetime | None]


class Statement(Row):
    """What the objected unit is asked, without the objector's name, and what it answers."""

    __tablename__ = "objection_statement"

    objection_id: Mapped[str] = mapped_column(Id, ForeignKey("objection.id"), unique=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    line_id: Mapped[str] = mapped_column(Id, ForeignKey("notice_line.id"))
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    matter: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(Key)
    words: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime | None]
    given_by: Mapped[str] = mapped_column(Key, default="")
    given_by_name: Mapped[str] = mapped_column(Name, default="")


class ObjectionFile(Row):
    """Evidence of the objector, or of the unit (`statement_id`). `unit_id`: the unit that may see it."""

    __tablename__ = "objection_file"

    objection_id: Mapped[str] = mapped_column(Id, ForeignKey("objection.id"), index=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    line_id: Mapped[str] = mapped_column(Id, ForeignKey("notice_line.id"))
    statement_id: Mapped[str | None] = mapped_column(Id, ForeignKey("objection_statement.id"))
    unit_id: Mapped[str] = mapped_column(Id, default="")
    objector_id: Mapped[str] = mapped_column(Key, default="")
    name: Mapped[str] = mapped_column(Name)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]


class Ruling(Row):
    """One person's proposal on an announced case and another's answer. Without an objection it can only
    revoke."""

    __tablename__ = "prize_ruling"

    line_id: Mapped[str] = mapped_column(Id, ForeignKey("notice_line.id"), index=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    objection_id: Mapped[str | None] = mapped_column(Id, ForeignKey("objection.id"), index=True)
    outcome: Mapped[str] = mapped_column(State)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(State)
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[str] = mapped_column(Key)
    proposed_by_name: Mapped[str] = mapped_column(Name)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(Key, default="")
    answered_by_name: Mapped[str] = mapped_column(Name, default="")
    answer: Mapped[str] = mapped_column(Reason, default="")

    __table_args__ = (
        # One proposal waits at a time, so that two people never confirm two different ones.
        Index(
            "uq_prize_ruling_proposed",
            "line_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )


class CalendarEntry(Row):
    """A date that an organiser set: a holiday, a working day on a weekend, or ordinary after all."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(State)
    name: Mapped[str] = mapped_column(Name, default="")
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(Key)
