"""The table of synonyms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Row


class SynonymRow(Row):
    """A group of words. A deleted one stays, so that deleting can be undone."""

    __tablename__ = "library_synonyms"

    words: Mapped[list[Any]]
    direction: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(100), default="")
    revision: Mapped[int] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))
    changed_by_name: Mapped[str] = mapped_column(String(100))
    deleted_at: Mapped[datetime | None]
