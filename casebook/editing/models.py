"""Tables of this room: comments of editors, and letters to units with their questions and answers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row

_Actor = String(40)
_Line = String(300)


class EditingThread(Row):
    """A comment on a manuscript; without a quote it is about the whole."""

    __tablename__ = "editing_thread"

    entry_id: Mapped[str] = mapped_column(Id, ForeignKey("edition_entry.id", ondelete="CASCADE"), index=True)
    quote: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[str] = mapped_column(_Line, default="")
    after: Mapped[str] = mapped_column(_Line, default="")
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str] = mapped_column(_Actor, default="")
    resolver_name: Mapped[str] = mapped_column(_Line, default="")


class EditingRemark(Row):
    """What was said in a thread, in the order of the ids; never changed."""

    __tablename__ = "editing_remark"

    thread_id: Mapped[str] = mapped_column(
        Id, ForeignKey("editing_thread.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(_Actor)
    writer_name: Mapped[str] = mapped_column(_Line)


class UnitLetter(Row):
    """What a unit is asked about a text (`casebook.editing.values.LetterKind`). The unit sees this row."""

    __tablename__ = "unit_letter"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[str] = mapped_column(Id, ForeignKey("edition_entry.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[str] = mapped_column(Id, index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    round: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]
    sent_by: Mapped[str] = mapped_column(_Actor)
    sender_name: Mapped[str] = mapped_column(_Line)
    due_on: Mapped[date] = mapped_column(Date)
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(_Actor, default="")
    answerer_name: Mapped[str] = mapped_column(_Line, default="")
    verdict: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]


class UnitQuestion(Row):
    """A numbered question of a letter, with the unit's answer and other words that it proposes."""

    __tablename__ = "unit_question"

    letter_id: Mapped[str] = mapped_column(Id, ForeignKey("unit_letter.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    number: Mapped[int]
    quote: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[str] = mapped_column(_Line, default="")
    after: Mapped[str] = mapped_column(_Line, default="")
    words: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[str] = mapped_column(Text, default="")
    taken_round: Mapped[int | None]
