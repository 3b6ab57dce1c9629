"""Reads of the figures of use; the session's actor sees all cases or those of his unit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.visibility import as_system
from search.readers.models.usage import UsageDay
from search.readers.values.usage import WEIGHTS, CaseUse, Use, Uses


def case_uses(db: Session, *, since: date | None = None) -> list[CaseUse]:
    """Every case that was used, the most used first."""
    query = select(UsageDay.case_id, UsageDay.unit_id, UsageDay.kind, func.sum(UsageDay.count))
    if since is not None:
        query = query.where(UsageDay.day >= since)
    rows = db.execute(query.group_by(UsageDay.case_id, UsageDay.unit_id, UsageDay.kind))
    found: dict[tuple[str, str], dict[Use, int]] = {}
    for case_id, unit_id, kind, count in rows:
        found.setdefault((case_id, unit_id), {})[Use(kind)] = int(count)
    lines = [CaseUse(case_id, unit_id, Uses(counts)) for (case_id, unit_id), counts in found.items()]
    return sorted(lines, key=lambda each: (-each.uses.weight, each.case_id))


def day_uses(db: Session, *, since: date) -> dict[tuple[date, Use], int]:
    """Day and kind of use -> how often, of all cases that the actor sees the figures of."""
    rows = db.execute(
        select(UsageDay.day, UsageDay.kind, func.sum(UsageDay.count))
        .where(UsageDay.day >= since)
        .group_by(UsageDay.day, UsageDay.kind)
    )
    return {(day, Use(kind)): int(count) for day, kind, count in rows}


def uses_of_case(db: Session, case_id: str) -> Uses:
    """The uses of one case since it has been on the shelf."""
    rows = db.execute(
        select(UsageDay.kind, func.sum(UsageDay.count))
        .where(UsageDay.case_id == case_id)
        .group_by(UsageDay.kind)
    )
    return Uses({Use(kind): int(count) for kind, count in rows})


def weights(db: Session, *, since: date, case_ids: Collection[str] | None = None) -> dict[str, int]:
    """Case id -> how much it was used, for the order "most used": a number for everybody to sort by."""
    query = select(UsageDay.case_id, UsageDay.kind, func.sum(UsageDay.count)).where(UsageDay.day >= since)
    if case_ids is not None:
        query = query.where(UsageDay.case_id.in_(list(case_ids)))
    with as_system(db):
        rows = db.execute(query.group_by(UsageDay.case_id, UsageDay.kind)).all()
    found: dict[str, int] = {}
    for case_id, kind, count in rows:
        found[case_id] = found.get(case_id, 0) + WEIGHTS[Use(kind)] * int(count)
    return found
