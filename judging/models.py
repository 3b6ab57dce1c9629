"""The tables of judging; private to the package.

Nothing a juror says is ever changed in place: marks, comments and hand-ins are rows that are added. Triggers
refuse updates and deletes of `mark`, `review_comment` and `claim_verdict`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row

_Key = String(40)
_Name = String(200)
_State = String(20)
_Reason = String(1000)

APPEND_ONLY = ("mark", "review_comment", "claim_verdict")
"""Tables in which no row is ever changed or removed."""


class Round(Row):
    """The judging of a call. `seed` draws the anonymous numbers; `reads_required` is what a prize needs."""

    __tablename__ = "judging_round"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"))
    ordinal: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(_State)
    seed: Mapped[str] = mapped_column(String(32))
    reads_required: Mapped[int]
    with_files: Mapped[bool] = mapped_column(default=False)
    closes_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(_Key)
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str] = mapped_column(_Reason, default="")

    __table_args__ = (UniqueConstraint("call_id", "ordinal"),)


class RoundCase(Row):
    """That a version is judged in a round, under an anonymous number. Withdrawn cases keep their row."""

    __tablename__ = "judging_case"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    category_key: Mapped[str] = mapped_column(_Key)
    label: Mapped[str] = mapped_column(String(10))
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("round_id", "case_id"), UniqueConstraint("round_id", "label"))


class PanelMember(Row):
    """An invitation to the jury and what became of it. `statement` is what the juror agreed to."""

    __tablename__ = "panel_member"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    state: Mapped[str] = mapped_column(_State)
    category_keys: Mapped[list[Any]]
    load_limit: Mapped[int | None]
    invited_at: Mapped[datetime]
    invited_by: Mapped[str] = mapped_column(_Key)
    responded_at: Mapped[datetime | None]
    statement: Mapped[str] = mapped_column(Text, default="")
    decline_reason: Mapped[str] = mapped_column(_Reason, default="")
    reminded_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("round_id", "user_id"),)


class Conflict(Row):
    """A declared conflict of interest: this juror does not read this case. Units in the tree need no row."""

    __tablename__ = "judging_conflict"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    reason: Mapped[str] = mapped_column(_Reason)
    declared_at: Mapped[datetime]
    declared_by: Mapped[str] = mapped_column(_Key)
    lifted_at: Mapped[datetime | None]


class Assignment(Row):
    """That a juror reads a case, and how far he is. Marks are rows of `MarkVersion`."""

    __tablename__ = "assignment"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    juror_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    label: Mapped[str] = mapped_column(String(10))
    category_key: Mapped[str] = mapped_column(_Key)
    state: Mapped[str] = mapped_column(_State)
    by_button: Mapped[bool] = mapped_column(default=False)
    assigned_at: Mapped[datetime]
    assigned_by: Mapped[str] = mapped_column(_Key)
    marked_at: Mapped[datetime | None]
    skipped_at: Mapped[datetime | None]
    flag: Mapped[str] = mapped_column(_Reason, default="")
    flagged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(_Reason, default="")

    __table_args__ = (
        UniqueConstraint("round_id", "case_id", "juror_id"),
        Index("ix_assignment_round_state", "round_id", "state"),
    )


class MarkVersion(Row):
    """One mark as it was given at an instant; the highest ordinal counts. `value` None: taken back.

    The value is text because a mark is an exact decimal on every database.
    """

    __tablename__ = "mark"

    assignment_id: Mapped[str] = mapped_column(Id, ForeignKey("assignment.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    juror_id: Mapped[str] = mapped_column(Id)
    criterion_key: Mapped[str] = mapped_column(_Key)
    ordinal: Mapped[int]
    value: Mapped[str | None] = mapped_column(String(20))
    given_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("assignment_id", "criterion_key", "ordinal"),)


class CommentVersion(Row):
    """One comment as it was written at an instant; the highest ordinal counts."""

    __tablename__ = "review_comment"

    assignment_id: Mapped[str] = mapped_column(Id, ForeignKey("assignment.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    juror_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(_State)
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
    verdict: Mapped[str] = mapped_column(_State)
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
    reopened_by: Mapped[str] = mapped_column(_Key, default="")
    reopen_reason: Mapped[str] = mapped_column(_Reason, default="")

    __table_args__ = (UniqueConstraint("assignment_id", "ordinal"),)


class Decision(Row):
    """The decision on the prizes of a round, once: who, why, on which standings (`digest`), with minutes."""

    __tablename__ = "prize_decision"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), unique=True)
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(_Key)
    decided_by_name: Mapped[str] = mapped_column(_Name)
    reason: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    standings: Mapped[list[Any]]


class Award(Row):
    """The fact that a case has a prize. A revoked one stays, with its reason, and counts nowhere."""

    __tablename__ = "award"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    decision_id: Mapped[str] = mapped_column(Id, ForeignKey("prize_decision.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    prize_key: Mapped[str] = mapped_column(_Key)
    prize_name: Mapped[str] = mapped_column(_Name)
    prize_rank: Mapped[int]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str] = mapped_column(_Key)
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str] = mapped_column(_Key, default="")
    revoke_reason: Mapped[str] = mapped_column(_Reason, default="")

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
