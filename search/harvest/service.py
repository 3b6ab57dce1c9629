"""Remembering what has come to the shelf, changed on it and gone from it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.visibility import as_system
from search import holdings
from search.curation.queries.topics import topics_of_cases
from search.curation.values.topics import TopicOfCase
from search.harvest.models import ShelfRecord
from search.harvest.queries import newest_number, record_view
from search.harvest.rules import recorded
from search.harvest.values import Recorded, Seen
from search.holdings import Shelved
from search.shelf import Place, on_shelf, places


def look(db: Session, case_ids: Collection[str] | None) -> list[Seen]:
    """Those of the cases (None: all) that are not on the shelf as they are remembered, as they are now; for a
    session that sees everything."""
    standing = places(db, case_ids) if case_ids is not None else {each.case_id: each for each in on_shelf(db)}
    topics = topics_of_cases(db, case_ids)
    known = _known(db, case_ids)
    marks = {key: _mark(place, topics.get(key, ())) for key, place in standing.items()}
    now = {key: (place.audience.value, marks[key]) for key, place in standing.items()}
    changed = [key for key, state in now.items() if known.get(key) != state]
    cases = holdings.cases(db, changed)
    gone = [key for key, (audience, _mark) in known.items() if audience and key not in standing]
    return [
        *(Seen(case_id=key, audience=None) for key in gone),
        *(_seen(standing[key], marks[key], case) for key, case in cases.items()),
    ]


def _known(db: Session, case_ids: Collection[str] | None) -> dict[str, tuple[str, str]]:
    """Case id -> audience and mark as they are remembered."""
    query = select(ShelfRecord.case_id, ShelfRecord.audience, ShelfRecord.mark)
    if case_ids is not None:
        query = query.where(ShelfRecord.case_id.in_(list(case_ids)))
    return {row.case_id: (row.audience, row.mark) for row in db.execute(query)}


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


def _seen(place: Place, mark: str, case: Shelved) -> Seen:
    return Seen(
        case_id=case.id,
        audience=place.audience,
        mark=mark,
        year=case.call.year,
        call_id=case.call.id,
        category=case.category,
    )


def _mark(place: Place, topics: Sequence[TopicOfCase]) -> str:
    """Equal as long as what is harvested of the case is: the rest of it follows from its version."""
    award = place.award
    labels = sorted(each.label for each in topics)
    known = (award.version_id, award.prize_name, award.granted_at.isoformat(), labels)
    return hashlib.blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
