"""Calls and who takes part in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row
from submissions.models.columns import Key, Name


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


class Extension(Row):
    """A later deadline for one unit, or for all (`unit_id` None), with its reason."""

    __tablename__ = "call_extension"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"))
    closes_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500))
    granted_at: Mapped[datetime]
    granted_by: Mapped[str] = mapped_column(Key)
    granted_by_name: Mapped[str] = mapped_column(Name)


class UnitEntry(Base):
    """That a unit takes part in a call. Locked while its places are counted, so a limit holds in a race.

    `reminded_at` is when it was last asked by mail to finish what it has begun.
    """

    __tablename__ = "unit_entry"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), primary_key=True)
    reminded_at: Mapped[datetime | None]
