"""Cases: working copy, versions, history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row
from submissions.models.columns import Hash, Key, Name


class Case(Row):
    """A case: whose it is and where it stands. Its text is in `Draft` (working copy) and `CaseVersion`.

    `version_id` is the version that counts, `pending_version_id` one that arrived just after the deadline
    and waits for the organiser. They have no foreign key because the version already points here.
    """

    __tablename__ = "case"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    number: Mapped[str] = mapped_column(Key, default="")
    status: Mapped[str] = mapped_column(String(20))
    version_id: Mapped[str | None] = mapped_column(Id)
    pending_version_id: Mapped[str | None] = mapped_column(Id)
    ordinal: Mapped[int] = mapped_column(default=0)
    return_due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Key)
    changed_at: Mapped[datetime]

    __table_args__ = (Index("ix_case_call_status", "call_id", "status"),)


class Draft(Base):
    """The working copy of a case, seen by its own unit only. `revision` is compared at every save."""

    __tablename__ = "case_draft"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    category_key: Mapped[str] = mapped_column(Key, default="")
    authors: Mapped[list[Any]]
    practice_from: Mapped[date | None]
    practice_to: Mapped[date | None]
    source_line: Mapped[str] = mapped_column(Text, default="")
    signoff_line: Mapped[str] = mapped_column(Text, default="")
    word_count: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(Key)
    saved_by_name: Mapped[str] = mapped_column(Name)


class Attachment(Row):
    """A file of a working copy. Removed ones stay for the versions that name them; nobody sees them here."""

    __tablename__ = "case_attachment"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Hash)
    caption: Mapped[str] = mapped_column(String(300), default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    position: Mapped[int]
    released: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(Key)
    removed_at: Mapped[datetime | None]


class CaseVersion(Row):
    """One handed-in version: written once, never changed."""

    __tablename__ = "case_version"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    unit_name: Mapped[str] = mapped_column(Name)
    ordinal: Mapped[int]
    number: Mapped[str] = mapped_column(Key, unique=True)
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    category_key: Mapped[str] = mapped_column(Key)
    authors: Mapped[list[Any]]
    practice_from: Mapped[date | None]
    practice_to: Mapped[date | None]
    source_line: Mapped[str] = mapped_column(Text)
    signoff_line: Mapped[str] = mapped_column(Text)
    word_count: Mapped[int]
    attachments: Mapped[list[Any]]
    claims: Mapped[list[Any]]
    content_hash: Mapped[str] = mapped_column(Hash)
    received_at: Mapped[datetime]
    provisional: Mapped[bool] = mapped_column(default=False)
    submission_key: Mapped[str] = mapped_column(String(80))
    submitted_by: Mapped[str] = mapped_column(Key)
    submitted_by_name: Mapped[str] = mapped_column(Name)
    pledge_text: Mapped[str] = mapped_column(Text)
    pledge_name: Mapped[str] = mapped_column(Name)
    copyright_text: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("case_id", "ordinal"),
        UniqueConstraint("case_id", "submission_key"),
    )


class Recommendation(Row):
    """A superior's opinion on a version; it counts while that version does and it was not taken back.

    `rank` orders what one superior recommends to a call, lowest first; gaps do not matter.
    """

    __tablename__ = "case_recommendation"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"))
    case_unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(Name)
    opinion: Mapped[str] = mapped_column(Text)
    rank: Mapped[int] = mapped_column(default=0)
    given_at: Mapped[datetime]
    given_by: Mapped[str] = mapped_column(Key)
    given_by_name: Mapped[str] = mapped_column(Name)
    withdrawn_at: Mapped[datetime | None]


class CaseStep(Row):
    """One line of a case's history: formal check, return, withdrawal and the like, with its reason.

    `status_before` is kept of decisions that can be undone.
    """

    __tablename__ = "case_step"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    version_id: Mapped[str | None] = mapped_column(Id)
    ordinal: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Key)
    by_name: Mapped[str] = mapped_column(Name)
    reason: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None]
    status_before: Mapped[str] = mapped_column(String(20), default="")
