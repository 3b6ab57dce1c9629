"""What units say about evidence of their cases after these have an award."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class EvidenceWord(Row):
    """A unit's latest word on whether the library shows a file of its case. Older ones are in the journal;
    what was said when the case was handed in is frozen in the version and counts while there is no row."""

    __tablename__ = "evidence_word"
    __table_args__ = (UniqueConstraint("case_id", "attachment_id"),)

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    attachment_id: Mapped[str] = mapped_column(Id)
    released: Mapped[bool]
    said_at: Mapped[datetime]
    said_by: Mapped[str] = mapped_column(Id)
