"""Around the working copy: who is at it, who was invited to it, files that are still on their way up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row
from submissions.models.columns import Key, Name


class Presence(Base):
    """Somebody who has a working copy open: `since` when, and when his page was last heard of."""

    __tablename__ = "case_presence"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(Name)
    since: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class CoAuthor(Row):
    """Somebody of another unit who may write in one working copy; handing in stays with the case's unit."""

    __tablename__ = "case_coauthor"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    invited_at: Mapped[datetime]
    invited_by: Mapped[str] = mapped_column(Key)

    __table_args__ = (UniqueConstraint("case_id", "user_id"),)


class PartialUpload(Row):
    """A file that comes in pieces. How much of it is there says the partial file itself, not this row."""

    __tablename__ = "case_upload"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    attachment_id: Mapped[str | None] = mapped_column(Id)
