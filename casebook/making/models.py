"""Tables of making books: builds, their files, what is published of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row

_Actor = String(40)
_Line = String(300)
_State = String(20)
_Hash = String(64)


class BookBuild(Row):
    """One making of the book. `award_ids` are the awards whose cases are printed in it; `edition_revision`
    tells whether book or order were changed since; `wanted` are the outputs that were asked for; `attempts`
    counts how often it was begun. `coarse` are pictures below the printer's dots: [entry, src, dpi]."""

    __tablename__ = "book_build"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(_State)
    state: Mapped[str] = mapped_column(_State)
    again_of: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(_Line, default="")
    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = mapped_column(_Actor)
    finished_at: Mapped[datetime | None]
    edition_revision: Mapped[int]
    award_ids: Mapped[list[Any]]
    wanted: Mapped[list[Any]]
    pages: Mapped[int | None]
    entries: Mapped[int | None]
    pictures: Mapped[int | None]
    log: Mapped[list[Any]]
    coarse: Mapped[list[Any]] = mapped_column(default=list)
    fonts: Mapped[list[Any]] = mapped_column(default=list)

    __table_args__ = (UniqueConstraint("edition_id", "number"),)


class BuildFile(Row):
    """A file that came out of a build; its bytes are in the store of made books."""

    __tablename__ = "build_file"

    build_id: Mapped[str] = mapped_column(Id, ForeignKey("book_build.id", ondelete="CASCADE"), index=True)
    output: Mapped[str] = mapped_column(_State)
    name: Mapped[str] = mapped_column(_Line)
    media_type: Mapped[str] = mapped_column(_Line)
    sha256: Mapped[str] = mapped_column(_Hash, index=True)
    size: Mapped[int]

    __table_args__ = (UniqueConstraint("build_id", "output"),)
