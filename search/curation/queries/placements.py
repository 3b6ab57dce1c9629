"""Reads of what was decided about cases' places."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.audience import Audience
from search.curation.models.placements import CasePlacement
from search.curation.values.placements import Placement


def placements(db: Session, case_ids: Collection[str] | None = None) -> dict[str, Placement]:
    """Case id -> the last decision, for those of these cases (None: all) about which there is one."""
    query = select(CasePlacement)
    if case_ids is not None:
        query = query.where(CasePlacement.case_id.in_(list(case_ids)))
    return {row.case_id: placement_view(row) for row in db.scalars(query)}


def placement_view(row: CasePlacement) -> Placement:
    """A row as a value."""
    return Placement(
        case_id=row.case_id,
        audience=Audience(row.audience) if row.audience else None,
        off_at=row.off_at,
        reason=row.reason,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )
