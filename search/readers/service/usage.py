"""Writing how often cases are used. Jobs of the product itself: they ask no policy and record no event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from foundation.visibility import as_system
from search import holdings
from search.readers.models.usage import UsageDay
from search.readers.values.usage import Counted, Use


def add_up(db: Session, counts: Mapping[Counted, int]) -> None:
    """Add to the numbers that are there; several processes may do so at once."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    in_order = sorted(counts, key=lambda each: (each.case_id, each.day, each.use))
    for key in in_order:  # everywhere the same, so that two processes do not wait for each other in a circle
        new = insert(UsageDay).values(
            case_id=key.case_id, unit_id=key.unit_id, day=key.day, kind=key.use.value, count=counts[key]
        )
        db.execute(
            new.on_conflict_do_update(
                index_elements=["case_id", "day", "kind"],
                set_={"count": UsageDay.count + new.excluded.count},
            )
        )


def note_use(db: Session, *, now: datetime, case_ids: Collection[str], use: Use) -> None:
    """Count a use that is a deed (a list, a pack, a session) in the deed's own transaction.

    The day is that of the case's call. Cases that are on the shelf no more are left out.
    """
    with as_system(db):
        cases = holdings.cases(db, list(case_ids))
    counts = {
        Counted(case.id, case.version.unit_id, now.astimezone(ZoneInfo(case.call.timezone)).date(), use): 1
        for case in cases.values()
    }
    add_up(db, counts)
