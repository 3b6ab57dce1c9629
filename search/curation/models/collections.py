"""Collections: cases put together by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class Collection(Row):
    """`cover_case_id` and `cover_photo_id` name a photo of a case; without one there is no cover.

    A draft has no `published_at`. `revision` is compared at every save.
    """

    __tablename__ = "case_collection"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(100))
    introduction_html: Mapped[str] = mapped_column(Text, default="")
    cover_case_id: Mapped[str | None] = mapped_column(Id)
    cover_photo_id: Mapped[str | None] = mapped_column(Id)
    audience: Mapped[str] = mapped_column(String(20))
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))


class CollectionEntry(Row):
    """A case in a collection; `position` counts from 0, `note` says why it is there."""

    __tablename__ = "collection_entry"
    __table_args__ = (UniqueConstraint("collection_id", "case_id"),)

    collection_id: Mapped[str] = mapped_column(Id, ForeignKey("case_collection.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int]
