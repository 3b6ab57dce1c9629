"""What people decided about conflicts of interest, those of organisers too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Name, Reason, State


class ConflictRuling(Row):
    """That a possible conflict was confirmed or dismissed, for one version of the case; the newest counts."""

    __tablename__ = "conflict_ruling"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(State)
    confirmed: Mapped[bool]
    reason: Mapped[str] = mapped_column(Reason, default="")
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(Key)
    decided_by_name: Mapped[str] = mapped_column(Name)

    __table_args__ = (Index("ix_conflict_ruling_round", "round_id", "case_id"),)


class OrganiserRecusal(Row):
    """That an organiser keeps out of the judging of a case."""

    __tablename__ = "organiser_recusal"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    reason: Mapped[str] = mapped_column(Reason)
    declared_at: Mapped[datetime]
    declared_by: Mapped[str] = mapped_column(Key)
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str] = mapped_column(Key, default="")
    lift_reason: Mapped[str] = mapped_column(Reason, default="")


class CaseCustodian(Row):
    """Who looks after the judging of a case from which another organiser is shut out."""

    __tablename__ = "case_custodian"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"))
    named_at: Mapped[datetime]
    named_by: Mapped[str] = mapped_column(Key)

    __table_args__ = (UniqueConstraint("round_id", "case_id"),)
