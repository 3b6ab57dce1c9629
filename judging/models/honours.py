"""What follows a decision: words of praise, feedback that was released, letters, certificates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Name, Reason, State


class Commendation(Row):
    """The words that go with a case's prize, as they were written at an instant; the highest ordinal counts.

    Empty words take the earlier ones back.
    """

    __tablename__ = "commendation"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    ordinal: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(Key)
    written_by_name: Mapped[str] = mapped_column(Name)

    __table_args__ = (UniqueConstraint("round_id", "case_id", "ordinal"),)


class FeedbackTerms(Row):
    """What the feedback letters of a round say above the figures, and when averages may be shown."""

    __tablename__ = "feedback_terms"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), unique=True)
    fewest_reads: Mapped[int]
    greeting: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Key)


class FeedbackComment(Row):
    """What the organiser decided on one juror's comment to the authors.

    `original` is what he read: a comment that was written anew since has to be read again. The juror's own
    row stays as it is.
    """

    __tablename__ = "feedback_comment"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    assignment_id: Mapped[str] = mapped_column(Id, ForeignKey("assignment.id"), unique=True)
    original: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    withheld: Mapped[bool]
    read_at: Mapped[datetime]
    read_by: Mapped[str] = mapped_column(Key)


class FeedbackRelease(Row):
    """Feedback as it went to the unit: who released it, when, and the words. The highest ordinal counts."""

    __tablename__ = "feedback_release"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    ordinal: Mapped[int]
    content: Mapped[dict[str, Any]]
    released_at: Mapped[datetime]
    released_by: Mapped[str] = mapped_column(Key)
    released_by_name: Mapped[str] = mapped_column(Name)

    __table_args__ = (
        UniqueConstraint("round_id", "case_id", "ordinal"),
        Index("ix_feedback_release_case", "case_id"),
    )


class ResultWording(Row):
    """The words of a round's result letters, one row a kind."""

    __tablename__ = "result_wording"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    kind: Mapped[str] = mapped_column(State)
    subject: Mapped[str] = mapped_column(Name)
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Key)

    __table_args__ = (UniqueConstraint("round_id", "kind"),)


class ResultLetter(Row):
    """That the outcome of a case was written to who answers for it; `outcome` is a prize's key or "".

    One row an outcome: nobody is told the same twice.
    """

    __tablename__ = "result_letter"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    outcome: Mapped[str] = mapped_column(Key)
    recipient: Mapped[str] = mapped_column(String(254))
    queued_at: Mapped[datetime]
    queued_by: Mapped[str] = mapped_column(Key)

    __table_args__ = (UniqueConstraint("round_id", "case_id", "outcome"),)


class CertificateDesign(Row):
    """How the certificates of a round are worded, and who gets one."""

    __tablename__ = "certificate_design"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), unique=True)
    language: Mapped[str] = mapped_column(String(10))
    heading: Mapped[str] = mapped_column(String(40))
    unit_words: Mapped[str] = mapped_column(Text)
    author_words: Mapped[str] = mapped_column(Text)
    issuers: Mapped[list[Any]]
    for_units: Mapped[bool]
    for_authors: Mapped[bool]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Key)


class Certificate(Row):
    """A certificate as it was issued: nothing on it changes afterwards. A void one stays, with its reason."""

    __tablename__ = "certificate"

    number: Mapped[str] = mapped_column(String(40), unique=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"))
    award_id: Mapped[str] = mapped_column(Id, ForeignKey("award.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    year: Mapped[int]
    serial: Mapped[int]
    holder_kind: Mapped[str] = mapped_column(State)
    holder: Mapped[str] = mapped_column(Name)
    sheet: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(Key)
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str] = mapped_column(Key, default="")
    void_reason: Mapped[str] = mapped_column(Reason, default="")

    __table_args__ = (
        UniqueConstraint("year", "serial"),
        # Two organisers who issue at once give nobody two.
        Index(
            "uq_certificate_in_force",
            "award_id",
            "holder_kind",
            "holder",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )
