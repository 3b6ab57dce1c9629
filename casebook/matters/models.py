"""The table of texts around the cases; private to the room."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class EditionMatter(Row):
    """A text; `position` counts from 0 among those of its place."""

    __tablename__ = "edition_matter"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    place: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    heading: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))
