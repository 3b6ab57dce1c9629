"""The tables of the aids: what editors said of findings, and the house's terms. Findings are computed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class IgnoredFinding(Row):
    """An editor's word that a finding is none. `entry_id` is empty where it holds in the whole book;
    `before` and `after` are the characters around the passage, by which it is known again."""

    __tablename__ = "ignored_finding"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("edition_entry.id", ondelete="CASCADE"), index=True
    )
    rule: Mapped[str] = mapped_column(String(80))
    passage: Mapped[str] = mapped_column(String(400))
    before: Mapped[str] = mapped_column(String(40), default="")
    after: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    said_at: Mapped[datetime]
    said_by: Mapped[str] = mapped_column(String(40))
    said_by_name: Mapped[str] = mapped_column(String(100))


class HouseTerm(Row):
    """A line of the house's list of terms. A deleted one stays, so that deleting can be undone."""

    __tablename__ = "house_term"

    written: Mapped[str] = mapped_column(String(60))
    better: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(10))
    why: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))
    changed_by_name: Mapped[str] = mapped_column(String(100))
    deleted_at: Mapped[datetime | None]
