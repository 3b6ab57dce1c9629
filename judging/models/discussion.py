"""Jurors discussing cases after they have handed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Reason


class Discussion(Row):
    """A discussion of a round, open until `closed_at`. `seed` draws the jurors' numbers anew in each case."""

    __tablename__ = "judging_discussion"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    ordinal: Mapped[int]
    seed: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(Key)
    open_reason: Mapped[str] = mapped_column(Reason, default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(Key, default="")

    __table_args__ = (UniqueConstraint("round_id", "ordinal"),)


class Remark(Row):
    """What one juror said about a case in a discussion; nothing said is changed or removed."""

    __tablename__ = "discussion_remark"

    discussion_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_discussion.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"))
    words: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]

    __table_args__ = (Index("ix_discussion_remark_round_case", "round_id", "case_id"),)
