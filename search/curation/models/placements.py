"""Where a case stands in the library when somebody has decided about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class CasePlacement(Row):
    """The last decision about a case. Without an `audience` that of its call holds.

    `off_at` is set while the case is taken off the shelf. `reason` belongs to the last decision; all of them
    are in the journal.
    """

    __tablename__ = "case_placement"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), unique=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    audience: Mapped[str | None] = mapped_column(String(20))
    off_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))
