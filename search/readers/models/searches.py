"""Searches that somebody has saved, and what has come up for them since."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row


class SavedSearch(Row):
    """A search under a name. `query` is the query part of its address; `seen_number` is how far the record of
    the shelf has been looked through for it."""

    __tablename__ = "saved_search"

    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    query: Mapped[str] = mapped_column(Text)
    rhythm: Mapped[str] = mapped_column(String(10))
    seen_number: Mapped[int]
    created_at: Mapped[datetime]
    visited_at: Mapped[datetime]
    told_at: Mapped[datetime]


class SearchFind(Base):
    """A case that has come up for a saved search; `told_at` when its owner was written to about it."""

    __tablename__ = "search_find"

    search_id: Mapped[str] = mapped_column(
        Id, ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), primary_key=True)
    found_at: Mapped[datetime]
    told_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_search_find_waiting", "told_at", "search_id"),)
