"""Rebuilding the index on somebody's wish, as it goes on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Row


class IndexRebuild(Row):
    """`written` counts documents so far, of `total`. Running while it has no `finished_at`."""

    __tablename__ = "index_rebuild"

    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    written: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(300), default="")
