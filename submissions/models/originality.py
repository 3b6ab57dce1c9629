"""The check for originality: marks of texts and photos, what was found, what a person said about it.

Everything but `SetPhrase`, `ReferenceText` and the verdicts is derived and can be computed again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row
from submissions.models.columns import Key, Name


class TextPrint(Base):
    """How other texts find this one: the current version of a case, or a reference text.

    `source_id` is the case or the reference text; `stamp` changes with the content and the method; `marks`
    are `originality.prints` as little-endian uint32; `photos` are [attachment id, hashes in hex ...].
    """

    __tablename__ = "text_print"

    source_id: Mapped[str] = mapped_column(Id, primary_key=True)
    call_id: Mapped[str | None] = mapped_column(Id, index=True)
    version_id: Mapped[str | None] = mapped_column(Id)
    stamp: Mapped[str] = mapped_column(String(60))
    marks: Mapped[bytes] = mapped_column(LargeBinary)
    photos: Mapped[list[Any]]


class SentencePrint(Base):
    """That a sentence (by its fingerprint) stands in a text."""

    __tablename__ = "sentence_print"

    fingerprint: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    source_id: Mapped[str] = mapped_column(Id, primary_key=True, index=True)


class OriginalityReport(Base):
    """What was found about one version: `length` units count, `matched` stand elsewhere, `largest` in one.

    `verdict` is a person's, "" until somebody has looked; `seen_matched` is what he saw then.
    """

    __tablename__ = "originality_report"

    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    length: Mapped[int]
    matched: Mapped[int]
    largest: Mapped[int]
    checked_at: Mapped[datetime]
    verdict: Mapped[str] = mapped_column(String(10), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    seen_matched: Mapped[int] = mapped_column(default=0)
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str] = mapped_column(Key, default="")
    reviewed_by_name: Mapped[str] = mapped_column(Name, default="")


class OriginalityMatch(Row):
    """One source of a version: another case's version or a reference text, with the passages in common.

    `passages` are [start, end, start there, end there, units that are the same], in characters.
    """

    __tablename__ = "originality_match"

    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    source_id: Mapped[str] = mapped_column(Id, index=True)
    source_version_id: Mapped[str | None] = mapped_column(Id)
    matched: Mapped[int]
    passages: Mapped[list[Any]]


class PhotoMatch(Row):
    """A photo of a version that looks like a photo of another case, `distance` bits apart."""

    __tablename__ = "photo_match"

    version_id: Mapped[str] = mapped_column(Id, ForeignKey("case_version.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    attachment_id: Mapped[str] = mapped_column(Id)
    source_id: Mapped[str] = mapped_column(Id, index=True)
    source_version_id: Mapped[str] = mapped_column(Id)
    source_attachment_id: Mapped[str] = mapped_column(Id)
    distance: Mapped[int]


class OriginalityRound(Base):
    """That all cases of a call are to be checked again, and when that was done."""

    __tablename__ = "originality_round"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), primary_key=True)
    requested_at: Mapped[datetime]
    requested_by_name: Mapped[str] = mapped_column(Name, default="")
    finished_at: Mapped[datetime | None]


class SetPhrase(Row):
    """A phrase that counts in no text, for one call or (`call_id` None) for all."""

    __tablename__ = "set_phrase"

    call_id: Mapped[str | None] = mapped_column(Id, ForeignKey("call.id"), index=True)
    phrase: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(Key)
    added_by_name: Mapped[str] = mapped_column(Name)


class ReferenceText(Row):
    """A text that cases are compared with and that is no case: an article, a template, an earlier book."""

    __tablename__ = "reference_text"

    title: Mapped[str] = mapped_column(Name)
    origin: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text)
    length: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(Key)
    added_by_name: Mapped[str] = mapped_column(Name)
