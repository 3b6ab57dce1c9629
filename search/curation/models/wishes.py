"""What units wish for their cases in the library."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class ShelfWish(Row):
    """A unit's wish for its case: one of `values.wishes.Wish`. Open while it has no `answered_at`."""

    __tablename__ = "shelf_wish"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    wish: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(Id)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(40))
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(500), default="")
