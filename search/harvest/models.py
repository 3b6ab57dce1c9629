"""What is remembered of the shelf: others who harvest it ask what has come, changed and gone since."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id


class ShelfRecord(Base):
    """A case that is or was on the shelf; `audience` "" when it is not. A row never goes."""

    __tablename__ = "shelf_record"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(String(20))
    mark: Mapped[str] = mapped_column(String(32))
    year: Mapped[int]
    call_id: Mapped[str] = mapped_column(Id)
    category: Mapped[str] = mapped_column(String(200))
    public_at: Mapped[datetime | None]
    number: Mapped[int] = mapped_column(index=True)
    members_since: Mapped[int] = mapped_column(index=True)
    trainers_since: Mapped[int] = mapped_column(index=True)

    __table_args__ = (Index("ix_shelf_record_harvest", "public_at", "case_id"),)
