"""Decisions on prizes, and awards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Name, Reason, State

_STANDS = "kind = 'main' AND taken_back_at IS NULL"


class Decision(Row):
    """A decision on prizes: who, why, on which standings (`digest`), with minutes; each is kept.

    `chosen` lists the fields of `ChosenPrize`. Nobody but organisers sees it before its `PublicNotice`.
    """

    __tablename__ = "prize_decision"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    kind: Mapped[str] = mapped_column(State, default="main")
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(Key)
    decided_by_name: Mapped[str] = mapped_column(Name)
    reason: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    standings: Mapped[list[Any]]
    chosen: Mapped[list[Any]] = mapped_column(default=list)
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str] = mapped_column(Key, default="")
    taken_back_by_name: Mapped[str] = mapped_column(Name, default="")
    take_back_reason: Mapped[str] = mapped_column(Reason, default="")

    __table_args__ = (
        # One decision on the prizes stands, whatever two organisers do at once.
        Index(
            "uq_prize_decision_stands",
            "round_id",
            unique=True,
            sqlite_where=text(_STANDS),
            postgresql_where=text(_STANDS),
        ),
    )


class Award(Row):
    """The fact that a case has a prize: granted when the public notice ended.

    A revoked one stays, with its reason, and counts nowhere.
    """

    __tablename__ = "award"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    decision_id: Mapped[str] = mapped_column(Id, ForeignKey("prize_decision.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    prize_key: Mapped[str] = mapped_column(Key)
    prize_name: Mapped[str] = mapped_column(Name)
    prize_rank: Mapped[int]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str] = mapped_column(Key)
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str] = mapped_column(Key, default="")
    revoke_reason: Mapped[str] = mapped_column(Reason, default="")

    __table_args__ = (
        # One prize a case, whatever two organisers do at once.
        Index(
            "uq_award_in_force",
            "case_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )
