"""Tables of reviews and proofs; private to the room.

`subject_id` is an entry's id, or the edition's own for the book's own texts: what was recorded of an entry
stays when the entry leaves the book.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row

_Actor = String(40)
_Name = String(300)
_Word = String(20)
_Digest = String(64)


class ReviewDuty(Row):
    """Who does a step: of all texts of an edition (`subject_id` ""), or of one."""

    __tablename__ = "review_duty"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[str] = mapped_column(String(16), default="")
    step: Mapped[str] = mapped_column(_Word)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    assigned_at: Mapped[datetime]
    assigned_by: Mapped[str] = mapped_column(_Actor)

    __table_args__ = (UniqueConstraint("edition_id", "subject_id", "step"),)


class ReviewAct(Row):
    """A sign-off or a return; added, never changed. `report` is the first review's, by its parts; `snapshot`
    is what was signed of the book's own texts, which have no rounds: {} for entries."""

    __tablename__ = "review_act"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[str] = mapped_column(String(16), index=True)
    number: Mapped[int]
    step: Mapped[str] = mapped_column(_Word)
    mark: Mapped[str] = mapped_column(_Word)
    statement: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[str] = mapped_column(_Word, default="")
    agrees: Mapped[bool | None]
    report: Mapped[dict[str, Any]]
    back_to: Mapped[str] = mapped_column(_Word, default="")
    digest: Mapped[str] = mapped_column(_Digest)
    words: Mapped[str] = mapped_column(_Digest)
    snapshot: Mapped[dict[str, Any]]
    round: Mapped[int]
    build: Mapped[int | None]
    characters: Mapped[int]
    brief: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[str] = mapped_column(_Actor)
    by_name: Mapped[str] = mapped_column(_Name)
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("subject_id", "number"),)


class ReviewDraft(Row):
    """What a reviewer has written of an opinion that is not signed yet: his own, saved while he types."""

    __tablename__ = "review_draft"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[str] = mapped_column(String(16), index=True)
    step: Mapped[str] = mapped_column(_Word)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("subject_id", "step", "user_id"),)


class TextRead(Row):
    """That somebody had the whole text with this digest before him, to its end."""

    __tablename__ = "review_text_read"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[str] = mapped_column(String(16), index=True)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(_Digest)
    read_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("subject_id", "user_id"),)


class ProofErrorRow(Row):
    """A line of an error list. `turn` counts the readings of its step: 1 until the step was first signed."""

    __tablename__ = "proof_error"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[str] = mapped_column(String(16), index=True)
    step: Mapped[str] = mapped_column(_Word)
    turn: Mapped[int]
    fault: Mapped[str] = mapped_column(_Word)
    before: Mapped[str] = mapped_column(String(500))
    after: Mapped[str] = mapped_column(String(500))
    place: Mapped[str] = mapped_column(_Name, default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[str] = mapped_column(_Word)
    found_by: Mapped[str] = mapped_column(_Actor)
    found_name: Mapped[str] = mapped_column(_Name)
    found_at: Mapped[datetime]
    settled_by: Mapped[str] = mapped_column(_Actor, default="")
    settled_name: Mapped[str] = mapped_column(_Name, default="")
    settled_at: Mapped[datetime | None]
    corrected_round: Mapped[int | None]
    answer: Mapped[str] = mapped_column(String(500), default="")
    verified_name: Mapped[str] = mapped_column(_Name, default="")
    verified_at: Mapped[datetime | None]
