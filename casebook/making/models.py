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
    counts how often it was begun. `report` is what the print check found: [kind, entry, words, number]."""

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
    report: Mapped[list[Any]] = mapped_column(default=list)
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


class PublishedBook(Row):
    """The web edition of a book: which final build the library shows under `slug`, which of its files anybody
    may fetch. A new build takes the place of an earlier one; `withdrawn_at` takes it off."""

    __tablename__ = "published_book"

    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"), unique=True)
    build_id: Mapped[str] = mapped_column(Id, ForeignKey("book_build.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    offers: Mapped[list[Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(_Actor)
    withdrawn_at: Mapped[datetime | None]


class InclusionCertificate(Row):
    """A certificate that a case stands in a book, as it was issued: nothing on it changes afterwards."""

    __tablename__ = "inclusion_certificate"

    number: Mapped[str] = mapped_column(String(40), unique=True)
    edition_id: Mapped[str] = mapped_column(Id, ForeignKey("edition.id"), index=True)
    entry_id: Mapped[str] = mapped_column(Id)
    award_id: Mapped[str] = mapped_column(Id)
    year: Mapped[int]
    serial: Mapped[int]
    holder_kind: Mapped[str] = mapped_column(_State)
    holder: Mapped[str] = mapped_column(_Line)
    title: Mapped[str] = mapped_column(_Line)
    unit: Mapped[str] = mapped_column(_Line)
    book: Mapped[str] = mapped_column(_Line)
    sheet: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(_Actor)

    __table_args__ = (
        UniqueConstraint("year", "serial"),
        UniqueConstraint("edition_id", "entry_id", "holder_kind", "holder"),
    )
