"""Score sheets that jurors filled in without a network and sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Name


class ScoreSheet(Row):
    """One uploaded sheet: its lines until they are applied or dropped, then only that it was there."""

    __tablename__ = "score_sheet"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    lines: Mapped[list[Any]]
    uploaded_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    changes: Mapped[int] = mapped_column(default=0)
