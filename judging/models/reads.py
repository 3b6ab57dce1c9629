"""Reads and what jurors put down: rows are added, triggers refuse the rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Reason, State

APPEND_ONLY = (
    "mark",
    "review_comment",
    "claim_verdict",
    "discussion_remark",
    "calibration_mark",
    "meeting_note",
    "meeting_vote",
)
"""Tables in which no row is ever changed or removed."""


class Assignment(Row):
    """That a juror reads a case, and how far he is. Marks are rows of `MarkVersion`.

    `distribution_id` names the button, file or hand-over it came by, None when it was given by hand;
    `undone_at`: that was undone, and the pair may come again; `ended_by`: the distribution that took it away.
    """

    __tablename__ = "assignment"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    label: Mapped[str] = mapped_column(String(10))
    category_key: Mapped[str] = mapped_column(Key)
    state: Mapped[str] = mapped_column(State)
    assigned_at: Mapped[datetime]
    assigned_by: Mapped[str] = mapped_column(Key)
    marked_at: Mapped[datetime | None]
    skipped_at: Mapped[datetime | None]
    flag: Mapped[str] = mapped_column(Reason, default="")
    flagged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(Reason, default="")
    distribution_id: Mapped[str | None] = mapped_column(Id, ForeignKey("judging_distribution.id"), index=True)
    undone_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(Id, ForeignKey("judging_distribution.id"))

    __table_args__ = (
        UniqueConstraint("round_id", "case_id", "juror_id"),
        Index("ix_assignment_round_state", "round_id", "state"),
    )


class MarkVersion(Row):
    """One mark as it was given at an instant; the highest ordinal counts. `value` None: taken back.

    The value is text because a mark is an exact decimal on every database. `phase` is 0 for what the juror
    thought by himself, n for what he changed in the round's n-th discussion or after it.
    """

    __tablename__ = "mark"

    assignment_id: Mapped[str] = mapped_column(Id, ForeignKey("assignment.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    juror_id: Mapped[str] = mapped_column(Id)
    criterion_key: Mapped[str] = mapped_column(Key)
    ordinal: Mapped[int]
    value: Mapped[str | None] = mapped_column(String(20))
    phase: Mapped[int] = mapped_column(default=0)
    given_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("assignment_id", "criterion_key", "ordinal"),)


class CommentVersion(Row):
    """One comment as it was written at an instant; the highest ordinal counts."""

    __tablename__ = "review_comment"

    assignment_id: Mapped[str] = mapped_column(Id, ForeignKey("assignment.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    juror_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(State)
    ordinal: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("assignment_id", "kind", "ordinal"),)


class ClaimVerdict(Row):
    """What a juror found of one claim of a version (`claim` counts from 1); the highest ordinal counts.

    `verdict` "" takes an earlier one back. It never enters a mark.
    """

    __tablename__ = "claim_verdict"

    assignment_id: Mapped[str] = mapped_column(Id, ForeignKey("assignment.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    juror_id: Mapped[str] = mapped_column(Id)
    claim: Mapped[int]
    ordinal: Mapped[int]
    verdict: Mapped[str] = mapped_column(State)
    remark: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("assignment_id", "claim", "ordinal"),)


class HandIn(Row):
    """That a scorecard was handed in, and perhaps taken back. `composite` is an exact fraction: "335/4"."""

    __tablename__ = "hand_in"

    assignment_id: Mapped[str] = mapped_column(Id, ForeignKey("assignment.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    juror_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    handed_in_at: Mapped[datetime]
    composite: Mapped[str] = mapped_column(String(60))
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str] = mapped_column(Key, default="")
    reopen_reason: Mapped[str] = mapped_column(Reason, default="")

    __table_args__ = (UniqueConstraint("assignment_id", "ordinal"),)
