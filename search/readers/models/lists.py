"""Reading lists: cases that somebody has put together, in an order, with notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class ReadingList(Row):
    """A list of somebody's. Whoever has `token`'s address may read it; None: nobody else."""

    __tablename__ = "reading_list"

    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    token: Mapped[str | None] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ReadingListEntry(Row):
    """A case in a list; `place` counts from 1 without gaps."""

    __tablename__ = "reading_list_entry"

    list_id: Mapped[str] = mapped_column(Id, ForeignKey("reading_list.id", ondelete="CASCADE"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    place: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    added_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("list_id", "case_id"),)
