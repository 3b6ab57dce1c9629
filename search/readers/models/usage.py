"""How often cases are read and used: a number a case, day and kind of use, and nothing about anybody."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id


class UsageDay(Base):
    """What happened with a case on a day. `unit_id` is the case's own, so that its people may see it."""

    __tablename__ = "usage_day"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    count: Mapped[int]
