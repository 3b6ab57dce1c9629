"""The tables of the casebook; private to the package.

An edition arranges awarded cases; what is printed of a case is its manuscript, a copy of the awarded version
that the editor works on. Rounds of a manuscript are added, never changed: the last one counts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row

_Actor = String(40)
_Line = String(300)
_State = String(20)


class Edition(Row):
    """One book, opened for the call `call_id`; the other calls whose cases it takes are in `EditionCall`.

    `arrangement` is the last grouping asked for; `revision` counts changes of book and order,
    `details_revision` those of what it says about itself, which columns and `particulars` hold."""

    __tablename__ = "edition"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    title: Mapped[str] = mapped_column(_Line)
    subtitle: Mapped[str] = mapped_column(_Line, default="")
    publisher: Mapped[str] = mapped_column(_Line, default="")
    compiler: Mapped[str] = mapped_column(_Line, default="")
    year: Mapped[int]
    language: Mapped[str] = mapped_column(String(8), default="zh")
    isbn: Mapped[str] = mapped_column(String(60), default="")
    cip: Mapped[str] = mapped_column(String(60), default="")
    edition_line: Mapped[str] = mapped_column(_Line, default="")
    printing_line: Mapped[str] = mapped_column(_Line, default="")
    remark: Mapped[str] = mapped_column(String(1000), default="")
    particulars: Mapped[dict[str, Any]] = mapped_column(default=dict)
    details_revision: Mapped[int] = mapped_column(default=1)
    arrangement: Mapped[str] = mapped_column(_State)
    revision: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(_Actor)
    changed_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class EditionCall(Row):
    """One more call whose awarded cases an edition takes; ordered by id, as they were added."""

    __tablename__ = "edition_call"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(_Actor)

    __table_args__ = (UniqueConstraint("edition_id", "call_id"),)


class EditionChapter(Row):
    """A chapter; `position` counts from 0 within the edition."""

    __tablename__ = "edition_chapter"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(_Line)
    position: Mapped[int]


class EditionEntry(Row):
    """An awarded case in an edition. `position` counts from 0 within the chapter.

    The award's words are copied for the page; whether it still stands is asked of judging, and `withdrawn_at`
    notes when the book learned that it does not: such an entry keeps its place but is not printed.
    `topics` and `places` are its index terms, lists of words; `prints_commendation` whether the jury's words
    are printed with it.
    """

    __tablename__ = "edition_entry"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    chapter_id: Mapped[str] = mapped_column(Id, ForeignKey("edition_chapter.id", ondelete="CASCADE"))
    position: Mapped[int]
    case_id: Mapped[str] = mapped_column(Id, index=True)
    version_id: Mapped[str] = mapped_column(Id, index=True)
    award_id: Mapped[str] = mapped_column(Id)
    prize_name: Mapped[str] = mapped_column(_Line)
    prize_rank: Mapped[int]
    category_key: Mapped[str] = mapped_column(String(40))
    category_name: Mapped[str] = mapped_column(_Line)
    withdrawn_at: Mapped[datetime | None]
    topics: Mapped[list[Any]] = mapped_column(default=list)
    places: Mapped[list[Any]] = mapped_column(default=list)
    prints_commendation: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (UniqueConstraint("edition_id", "case_id"),)


class Manuscript(Row):
    """One round of an entry's text. `photos` are the pictures printed after it: [{id, caption}]."""

    __tablename__ = "manuscript"

    entry_id: Mapped[str] = mapped_column(Id, ForeignKey("edition_entry.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    title: Mapped[str] = mapped_column(_Line)
    unit: Mapped[str] = mapped_column(_Line)
    authors: Mapped[list[Any]]
    summary: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    photos: Mapped[list[Any]]
    source_line: Mapped[str] = mapped_column(String(500))
    signoff_line: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(String(500), default="")
    written_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(_Actor)
    writer_name: Mapped[str] = mapped_column(_Line, default="")

    __table_args__ = (UniqueConstraint("entry_id", "ordinal"),)


class ManuscriptDraft(Base):
    """What is being written in a manuscript and is no round yet: one for all editors. `base` is the round it
    goes on from, `revision` counts savings; where there is none, nobody has written since the first round."""

    __tablename__ = "manuscript_draft"

    entry_id: Mapped[str] = mapped_column(
        Id, ForeignKey("edition_entry.id", ondelete="CASCADE"), primary_key=True
    )
    base: Mapped[int]
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(_Line)
    unit: Mapped[str] = mapped_column(_Line)
    authors: Mapped[list[Any]]
    summary: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    photos: Mapped[list[Any]]
    source_line: Mapped[str] = mapped_column(String(500))
    signoff_line: Mapped[str] = mapped_column(String(500))
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(_Actor)
    saved_by_name: Mapped[str] = mapped_column(_Line, default="")
