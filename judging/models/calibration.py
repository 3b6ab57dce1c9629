"""The calibration case: a text that every juror scores first. Its marks are apart, so none can ever count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Reason


class Calibration(Row):
    """The calibration of a round. `version_id` names a case, None: `title` and `body_html` are the text.

    `ended_at` is when the organiser took it away again; a round has one that was not.
    """

    __tablename__ = "calibration"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    version_id: Mapped[str | None] = mapped_column(Id, ForeignKey("case_version.id"))
    case_id: Mapped[str | None] = mapped_column(Id, ForeignKey("case.id"))
    title: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    commentary: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None]
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(Key)
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(Reason, default="")


class CalibrationMark(Row):
    """One mark on the calibration case; the highest ordinal counts, `value` None takes it back."""

    __tablename__ = "calibration_mark"

    calibration_id: Mapped[str] = mapped_column(Id, ForeignKey("calibration.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"))
    criterion_key: Mapped[str] = mapped_column(Key)
    ordinal: Mapped[int]
    value: Mapped[str | None] = mapped_column(String(20))
    given_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("calibration_id", "juror_id", "criterion_key", "ordinal"),)


class CalibrationRead(Row):
    """That a juror has handed in his marks of the calibration case, with a word to the others."""

    __tablename__ = "calibration_read"

    calibration_id: Mapped[str] = mapped_column(Id, ForeignKey("calibration.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"))
    remark: Mapped[str] = mapped_column(Text, default="")
    handed_in_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("calibration_id", "juror_id"),)
