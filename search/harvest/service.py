"""Remembering what has come to the shelf, changed on it and gone from it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.visibility import as_system
from judging import queries as judging
from search import library
from search.harvest.models import ShelfRecord
from search.harvest.queries import newest_number, record_view
from search.harvest.rules import recorded
from search.harvest.values import Recorded, Seen
from search.library import Shelved
from search.shelf import Place, places


def look(db: Session, case_ids: Collection[str]) -> list[Seen]:
    """These cases as the shelf has them now, for a session that sees everything."""
    standing = places(db, case_ids)
    cases = library.cases(db, list(standing))
    return [_seen(key, standing.get(key), cases.get(key)) for key in case_ids]


def cases_of_call(db: Session, call_id: str) -> list[str]:
    """The cases of a call that are or were on the shelf."""
    known = set(db.scalars(select(ShelfRecord.case_id).where(ShelfRecord.call_id == call_id)))
    return sorted(known | {each.case_id for each in judging.awards(db, call_id)})


def remember(db: Session, *, now: datetime, seen: Sequence[Seen]) -> int:
    """Write what has changed; returns of how many cases. A job of the product itself: asks no policy."""
    with as_system(db):
        rows = {
            row.case_id: row
            for row in db.scalars(
                select(ShelfRecord).where(ShelfRecord.case_id.in_([each.case_id for each in seen]))
            )
        }
        number = newest_number(db) + 1
    changed = 0
    for each in seen:
        row = rows.get(each.case_id)
        after = recorded(record_view(row) if row else None, each, at=now, number=number)
        if after is not None:
            _write(db, row, after)
            changed += 1
    db.flush()
    return changed


def _write(db: Session, row: ShelfRecord | None, after: Recorded) -> None:
    if row is None:
        row = ShelfRecord(case_id=after.case_id)
        db.add(row)
    row.audience = after.audience.value if after.audience else ""
    row.mark = after.mark
    row.year = after.year
    row.call_id = after.call_id
    row.category = after.category
    row.public_at = after.public_at
    row.number = after.number
    row.members_since = after.members_since
    row.trainers_since = after.trainers_since


def _seen(case_id: str, place: Place | None, case: Shelved | None) -> Seen:
    if place is None or case is None:
        return Seen(case_id=case_id, audience=None)
    return Seen(
        case_id=case_id,
        audience=place.audience,
        mark=_mark(case),
        year=case.call.year,
        call_id=case.call.id,
        category=case.category,
    )


def _mark(case: Shelved) -> str:
    """Equal as long as what is harvested of the case is."""
    known = (
        case.version.id, case.award.prize_name, case.award.granted_at.isoformat(), case.call.title,
        case.category,
    )  # fmt: skip
    return hashlib.blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
