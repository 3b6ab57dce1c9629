"""Calls and who takes part in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row
from submissions.models.columns import Hash, Key, Name


class Call(Row):
    """One collection. `rules` is a `CallRules` as JSON; `closed_at` is set once its closing is on record."""

    __tablename__ = "call"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(Name)
    theme: Mapped[str] = mapped_column(String(400), default="")
    notice_html: Mapped[str] = mapped_column(Text, default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    rules: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Key)


class CategoryDeadline(Row):
    """A category's own deadline, written from the call's rules when they are saved; `closed_at` is set once
    its closing is on record."""

    __tablename__ = "call_category_deadline"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    category_key: Mapped[str] = mapped_column(Key)
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("call_id", "category_key"),)


class Extension(Row):
    """A later deadline for one unit, or for all (`unit_id` None), in one category or all (""), with its
    reason; `closed_at` is set once its closing is on record."""

    __tablename__ = "call_extension"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"))
    closes_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500))
    granted_at: Mapped[datetime]
    granted_by: Mapped[str] = mapped_column(Key)
    granted_by_name: Mapped[str] = mapped_column(Name)
    category_key: Mapped[str] = mapped_column(Key, default="")
    closed_at: Mapped[datetime | None]


class CallChange(Row):
    """What was worded anew after the window had opened, with its reason; public with the call. `fields` is a
    list of `FieldChange` as JSON."""

    __tablename__ = "call_change"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Key)
    by_name: Mapped[str] = mapped_column(Name)
    reason: Mapped[str] = mapped_column(String(500))
    fields: Mapped[list[Any]]


class Question(Row):
    """A question that branches ask and the organiser's answer; public with the call."""

    __tablename__ = "call_question"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(300))
    answer: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class AwardedText(Row):
    """That a case has an award: derived from the journal (`award.granted`, `award.revoked`), can be rebuilt.

    `title_likeness` and `body_likeness` are `rules.eligibility.likeness` of the awarded version.
    """

    __tablename__ = "awarded_text"

    award_id: Mapped[str] = mapped_column(Id, unique=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(Text)
    title_likeness: Mapped[str] = mapped_column(Hash, index=True)
    body_likeness: Mapped[str] = mapped_column(Hash, index=True)


class UnitEntry(Base):
    """That a unit takes part in a call. Locked while its places are counted, so a limit holds in a race.

    `reminded_at` is when it was last asked by mail to finish what it has begun.
    """

    __tablename__ = "unit_entry"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), primary_key=True)
    reminded_at: Mapped[datetime | None]
