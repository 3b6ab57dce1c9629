"""How rebuilding the index goes on, and how it went."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from search.curation.models.rebuilds import IndexRebuild
from search.curation.values.rebuilds import RebuildView


def last_rebuild(db: Session) -> RebuildView | None:
    """The one that was asked for last; None when nobody has asked."""
    row = db.scalar(select(IndexRebuild).order_by(IndexRebuild.requested_at.desc(), IndexRebuild.id).limit(1))
    return rebuild_view(row) if row is not None else None


def rebuild_view(row: IndexRebuild) -> RebuildView:
    """A row as a value."""
    return RebuildView(
        id=row.id,
        requested_at=row.requested_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        written=row.written,
        total=row.total,
        failure=row.failure,
    )
