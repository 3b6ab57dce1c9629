"""What superiors and the organiser keep beside a case: stamped forms, the sheet of the formal check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from submissions.models.columns import Hash, Key, Name


class RecommendationScan(Row):
    """The stamped recommendation form of one recommendation, and so of one version.

    `proof` says how it was matched: "qr" by the code on the sheet, "typed" by the hash somebody read off.
    """

    __tablename__ = "recommendation_scan"

    recommendation_id: Mapped[str] = mapped_column(Id, ForeignKey("case_recommendation.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    case_unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Hash)
    proof: Mapped[str] = mapped_column(String(10))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(Key)
    added_by_name: Mapped[str] = mapped_column(Name)


class CheckSheet(Row):
    """What the organiser has ticked and noted about one version; nobody else sees it."""

    __tablename__ = "case_check_sheet"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    ticks: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    changed_by_name: Mapped[str] = mapped_column(Name)

    __table_args__ = (UniqueConstraint("version_id"),)
