"""Asking for the index to be built anew, and noting how it goes on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from search.curation.events.rebuilds import IndexRebuildRequested
from search.curation.models.rebuilds import IndexRebuild
from search.curation.policy.curating import may_curate
from search.curation.queries.rebuilds import last_rebuild


def request_rebuild(db: Session, *, actor: Actor, now: datetime) -> str:
    """Has the worker build the index anew while searches go on; returns the rebuild's id."""
    require(may_curate(actor))
    last = last_rebuild(db)
    if last is not None and last.running:
        raise Refused(_("索引正在重建，请等它完成。"))
    row = IndexRebuild(id=new_id(), requested_at=now, requested_by=actor.user_id)
    db.add(row)
    db.flush()
    record(db, actor=actor, now=now, event=IndexRebuildRequested(rebuild_id=row.id))
    return row.id


def note_start(db: Session, *, now: datetime, rebuild_id: str, total: int) -> None:
    """The worker begins; also when it begins again after it was stopped."""
    row = db.get_one(IndexRebuild, rebuild_id)
    row.started_at, row.total, row.written = now, total, 0


def note_progress(db: Session, *, rebuild_id: str, written: int) -> None:
    """So many documents are written."""
    db.get_one(IndexRebuild, rebuild_id).written = written


def finish_rebuild(db: Session, *, now: datetime, rebuild_id: str, written: int, failure: str = "") -> None:
    """The new index is in place, or could not be built."""
    row = db.get_one(IndexRebuild, rebuild_id)
    row.finished_at, row.written, row.failure = now, written, failure[:300]
