"""Cases that came by e-mail and wait for somebody of the unit to take them over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from submissions.models.columns import Hash, Key, Name


class MailedCase(Row):
    """A message with a document, unconfirmed: whoever sent it, its sender is only claimed.

    Nothing of it is a draft until a submitter of the unit accepts it; `case_id` is the draft that it became.
    `files` are further attachments, stored already.
    """

    __tablename__ = "mailed_case"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    sender: Mapped[str] = mapped_column(String(254), index=True)
    sender_name: Mapped[str] = mapped_column(Name)
    subject: Mapped[str] = mapped_column(String(300))
    message_id: Mapped[str] = mapped_column(String(300))
    received_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(Text)
    word_count: Mapped[int]
    document_name: Mapped[str] = mapped_column(String(255))
    document_sha256: Mapped[str] = mapped_column(Hash)
    document_size: Mapped[int]
    files: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(20))
    case_id: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Key, default="")

    __table_args__ = (UniqueConstraint("unit_id", "message_id"),)
