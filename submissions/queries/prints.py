"""The marks of all texts in memory, and the texts behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from submissions.models import (
    AwardedText,
    Case,
    CaseVersion,
    OriginalityMatch,
    PhotoMatch,
    ReferenceText,
    TextPrint,
)
from submissions.originality.photos import Gallery, Hashes
from submissions.originality.reading import Line, lines_of, plain_lines
from submissions.originality.shelf import Shelf
from submissions.values import CaseStatus

METHOD = "2026-11"
"""Changes whenever marks, fingerprints or hashes are made differently: everything is made again then."""

_ASIDE = (CaseStatus.DRAFT.value, CaseStatus.WITHDRAWN.value)
_AT_ONCE = 500
T = TypeVar("T")


@dataclass(slots=True)
class KnownTexts:
    """A copy in memory of the marks in the database, brought up to date before each use.

    `awarded_only`: of awarded cases alone, which everybody may see.
    """

    awarded_only: bool = False
    shelf: Shelf = field(default_factory=Shelf)
    gallery: Gallery = field(default_factory=Gallery)

    def refresh(self, db: Session) -> None:
        """Take in what is new or changed and forget what is gone; a few milliseconds when nothing is."""
        there = {row[0]: row[1] for row in db.execute(self._standing())}
        for key in [key for key in self.shelf.stamps if key not in there]:
            self.shelf.remove(key)
            self.gallery.remove(key)
        changed = [key for key, stamp in there.items() if self.shelf.stamps.get(key) != stamp]
        for keys in pieces(changed, _AT_ONCE):
            for row in db.scalars(select(TextPrint).where(TextPrint.source_id.in_(keys))):
                self.put(row.source_id, row.stamp, row.marks, row.photos)

    def put(self, key: str, stamp: str, marks: bytes, photos: list[list[str]]) -> None:
        """One text with its photos."""
        self.shelf.put(key, stamp, np.frombuffer(marks, dtype="<u4"))
        self.gallery.put(key, {photo: hashes_of(hashes) for photo, *hashes in photos})

    def _standing(self) -> Select[str, str]:
        query = select(TextPrint.source_id, TextPrint.stamp)
        if self.awarded_only:
            return query.join(AwardedText, AwardedText.case_id == TextPrint.source_id)
        aside = select(Case.id).where(Case.status.in_(_ASIDE))
        return query.where(TextPrint.source_id.not_in(aside))


@dataclass(frozen=True, slots=True)
class KnownText:
    """The text behind some marks."""

    source_id: str
    lines: tuple[Line, ...]


def texts(db: Session, source_ids: Iterable[str]) -> list[KnownText]:
    """The texts with these keys; what is gone since is left out."""
    wanted = list(source_ids)
    versions = db.execute(
        select(TextPrint.source_id, CaseVersion.body_html)
        .join(CaseVersion, CaseVersion.id == TextPrint.version_id)
        .where(TextPrint.source_id.in_(wanted))
    )
    found = [KnownText(key, tuple(lines_of(body))) for key, body in versions]
    added = db.execute(
        select(ReferenceText.id, ReferenceText.text).where(
            ReferenceText.id.in_(wanted), exists().where(TextPrint.source_id == ReferenceText.id)
        )
    )
    return found + [KnownText(key, tuple(plain_lines(written))) for key, written in added]


def standing_versions(db: Session, call_id: str) -> list[str]:
    """The versions that count of a call's cases, those that were withdrawn left out."""
    query = select(Case.version_id).where(Case.call_id == call_id, Case.status.not_in(_ASIDE))
    return [each for each in db.scalars(query.order_by(Case.id)) if each is not None]


def prints_of_cases(db: Session) -> list[tuple[str, str, str, str | None]]:
    """(case, version that counts, call, stamp of its marks or None) of every case that was handed in."""
    query = (
        select(Case.id, Case.version_id, Case.call_id, TextPrint.stamp)
        .outerjoin(TextPrint, TextPrint.source_id == Case.id)
        .where(Case.version_id.is_not(None), Case.status != CaseStatus.DRAFT.value)
        .order_by(Case.id)
    )
    return [
        (case_id, version_id or "", call_id, stamp)
        for case_id, version_id, call_id, stamp in db.execute(query)
    ]


def matched_with(db: Session, case_id: str) -> set[str]:
    """Cases in whose reports this case is named, by text or by photo."""
    by_text = select(OriginalityMatch.case_id).where(OriginalityMatch.source_id == case_id)
    by_photo = select(PhotoMatch.case_id).where(PhotoMatch.source_id == case_id)
    return {*db.scalars(by_text), *db.scalars(by_photo)}


def current_versions(db: Session, case_ids: Iterable[str], *, call_id: str) -> list[str]:
    """The versions that count of these cases, as far as they belong to the call and are not withdrawn."""
    query = select(Case.version_id).where(
        Case.id.in_(set(case_ids)), Case.call_id == call_id, Case.status.not_in(_ASIDE)
    )
    return [each for each in db.scalars(query.order_by(Case.id)) if each is not None]


def photos_known(db: Session, version_id: str) -> list[list[str]] | None:
    """The photos' hashes of a version as they were computed before with this method, else None."""
    row = db.scalar(select(TextPrint).where(TextPrint.version_id == version_id))
    return row.photos if row is not None and METHOD in row.stamp else None


def hashes_of(written: Sequence[str]) -> Hashes:
    """Photo hashes as they are stored, as numbers."""
    return tuple(int(each, 16) for each in written)


def pieces(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items, some at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
