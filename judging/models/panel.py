"""The jury, and who may not read what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Reason, State


class PanelMember(Row):
    """An invitation to the jury and what became of it. `statement` is what the juror agreed to; `group_key`
    is his group where the call weighs groups of jurors, "" without one."""

    __tablename__ = "panel_member"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    state: Mapped[str] = mapped_column(State)
    category_keys: Mapped[list[Any]]
    load_limit: Mapped[int | None]
    group_key: Mapped[str] = mapped_column(Key, default="")
    invited_at: Mapped[datetime]
    invited_by: Mapped[str] = mapped_column(Key)
    responded_at: Mapped[datetime | None]
    statement: Mapped[str] = mapped_column(Text, default="")
    decline_reason: Mapped[str] = mapped_column(Reason, default="")
    reminded_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("round_id", "user_id"),)


class Conflict(Row):
    """A declared conflict of interest: this juror does not read this case. Units in the tree need no row."""

    __tablename__ = "judging_conflict"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    reason: Mapped[str] = mapped_column(Reason)
    declared_at: Mapped[datetime]
    declared_by: Mapped[str] = mapped_column(Key)
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str] = mapped_column(Key, default="")
    lift_reason: Mapped[str] = mapped_column(Reason, default="")
