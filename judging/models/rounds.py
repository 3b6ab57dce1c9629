"""A round of judging and its cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Reason, State


class Round(Row):
    """The judging of a call, or one of its rounds. `seed` draws the anonymous numbers; `reads_required` is
    what a prize needs.

    What a later round announces when it is opened: `reads_per_case`; `weights` (criterion key -> percent)
    where it asks for some criteria only or weighs them anew, None: as the call; `earlier_weight`, the percent
    of the score that the rounds before count, 0: this round alone decides; `fresh_readers`: the button gives
    no case to a juror who read it in an earlier round. Its cases are the `best` of the round before (of each
    category, where `best_each`), or chosen by hand for the reasons in `selection`.
    """

    __tablename__ = "judging_round"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"))
    ordinal: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(State)
    seed: Mapped[str] = mapped_column(String(32))
    reads_required: Mapped[int]
    reads_per_case: Mapped[int]
    weights: Mapped[dict[str, Any] | None]
    earlier_weight: Mapped[int] = mapped_column(default=0)
    fresh_readers: Mapped[bool] = mapped_column(default=False)
    best: Mapped[int | None]
    best_each: Mapped[bool] = mapped_column(default=False)
    selection: Mapped[str] = mapped_column(Reason, default="")
    with_files: Mapped[bool] = mapped_column(default=False)
    closes_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(Key)
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str] = mapped_column(Reason, default="")

    __table_args__ = (UniqueConstraint("call_id", "ordinal"),)


class RoundCase(Row):
    """That a version is judged in a round, under an anonymous number. Withdrawn cases keep their row."""

    __tablename__ = "judging_case"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    category_key: Mapped[str] = mapped_column(Key)
    label: Mapped[str] = mapped_column(String(10))
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("round_id", "case_id"), UniqueConstraint("round_id", "label"))
