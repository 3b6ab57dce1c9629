"""People whom the authors of a case would not have judge it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from submissions.models.columns import Key, Name


class PersonToAvoid(Row):
    """A name that the unit gives with a reason; whether it is heeded is the organiser's to decide."""

    __tablename__ = "person_to_avoid"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(Name)
    organisation: Mapped[str] = mapped_column(Name, default="")
    reason: Mapped[str] = mapped_column(String(1000))
    named_at: Mapped[datetime]
    named_by: Mapped[str] = mapped_column(Key)
    named_by_name: Mapped[str] = mapped_column(Name)
    withdrawn_at: Mapped[datetime | None]
