"""Reads of what is remembered of the shelf."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from foundation.audience import Audience
from foundation.visibility import as_system
from search.harvest.models import ShelfRecord
from search.harvest.values import Recorded


@dataclass(frozen=True, slots=True)
class Span:
    """Which records somebody asks for: changed from `start` to `end` (both belong to it), of one set."""

    start: datetime | None = None
    end: datetime | None = None
    year: int | None = None
    call_id: str | None = None
    category: str | None = None


def record_view(row: ShelfRecord) -> Recorded:
    """A row as a value."""
    return Recorded(
        case_id=row.case_id,
        audience=Audience(row.audience) if row.audience else None,
        mark=row.mark,
        year=row.year,
        call_id=row.call_id,
        category=row.category,
        public_at=row.public_at,
        number=row.number,
        members_since=row.members_since,
        trainers_since=row.trainers_since,
    )


def public_record(db: Session, case_id: str) -> Recorded | None:
    """What the public knows of a case that is or was public, else None."""
    row = db.scalar(
        select(ShelfRecord).where(ShelfRecord.case_id == case_id, ShelfRecord.public_at.is_not(None))
    )
    return record_view(row) if row is not None else None


def public_count(db: Session, span: Span) -> int:
    """How many records are or were public."""
    return db.scalar(select(func.count()).select_from(ShelfRecord).where(*_within(span))) or 0


def public_records(
    db: Session, span: Span, *, after: tuple[datetime, str] | None = None, most: int
) -> list[Recorded]:
    """Records that are or were public, by when they changed, from after the one named."""
    query = select(ShelfRecord).where(*_within(span))
    if after is not None:
        at, case_id = after
        same = and_(ShelfRecord.public_at == at, ShelfRecord.case_id > case_id)
        query = query.where(or_(ShelfRecord.public_at > at, same))
    rows = db.scalars(query.order_by(ShelfRecord.public_at, ShelfRecord.case_id).limit(most))
    return [record_view(row) for row in rows]


def earliest(db: Session) -> datetime | None:
    """When the first record that is still known was changed."""
    return db.scalar(select(func.min(ShelfRecord.public_at)))


def latest_change(db: Session) -> datetime | None:
    """When anything that the public sees of the shelf last changed, what went included."""
    return db.scalar(select(func.max(ShelfRecord.public_at)))


def sets(db: Session) -> list[tuple[int, str, str]]:
    """Year, call and category of the records that are or were public, each combination once."""
    columns = ShelfRecord.year, ShelfRecord.call_id, ShelfRecord.category
    query = select(*columns).where(*_within(Span())).distinct()
    rows = db.execute(query.order_by(*columns))
    return [(row.year, row.call_id, row.category) for row in rows]


def public_changes(db: Session, case_ids: Collection[str]) -> dict[str, datetime]:
    """Case id -> when what the public sees of it changed."""
    rows = db.execute(
        select(ShelfRecord.case_id, ShelfRecord.public_at).where(ShelfRecord.case_id.in_(list(case_ids)))
    )
    return {row.case_id: row.public_at for row in rows if row.public_at is not None}


def public_cases(db: Session) -> list[tuple[str, datetime]]:
    """The public cases with when they last changed, in the order of their ids."""
    rows = db.execute(
        select(ShelfRecord.case_id, ShelfRecord.public_at)
        .where(ShelfRecord.audience == Audience.PUBLIC.value)
        .order_by(ShelfRecord.case_id)
    )
    return [(row.case_id, row.public_at) for row in rows if row.public_at is not None]


def newest_number(db: Session) -> int:
    """The number of the latest recording; 0 before the first."""
    with as_system(db):
        found = db.scalar(select(func.max(ShelfRecord.number)))
    return found or 0


def arrivals(db: Session, audience: Audience, after: int) -> dict[str, int]:
    """Case id -> number of the recording, for what has come into the audience's sight after a number.

    For jobs: who is told of a case is asked again for whether he may read it.
    """
    since = ShelfRecord.trainers_since if audience is Audience.TRAINERS else ShelfRecord.members_since
    with as_system(db):
        rows = db.execute(select(ShelfRecord.case_id, since).where(since > after)).all()
    return {row[0]: row[1] for row in rows}


def _within(span: Span) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [ShelfRecord.public_at.is_not(None)]
    if span.start is not None:
        asked.append(ShelfRecord.public_at >= span.start)
    if span.end is not None:
        asked.append(ShelfRecord.public_at <= span.end)
    if span.year is not None:
        asked.append(ShelfRecord.year == span.year)
    if span.call_id is not None:
        asked.append(ShelfRecord.call_id == span.call_id)
    if span.category is not None:
        asked.append(ShelfRecord.category == span.category)
    return asked
