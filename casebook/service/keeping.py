"""What becomes of a book that is done with: put aside, or deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from casebook import policy, queries
from casebook.events import EditionArchived, EditionDeleted, EditionUnarchived
from casebook.models import Edition
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.permission import require
from foundation.text import _

REASON_LONGEST = 300


def archive_edition(db: Session, *, actor: Actor, now: datetime, edition_id: str) -> None:
    """Put an edition aside: it leaves the list of work and is not changed. Twice changes nothing more."""
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    if edition.archived_at is None:
        edition.archived_at = now
        journal.record(db, actor=actor, now=now, event=EditionArchived(edition_id=edition_id))


def unarchive_edition(db: Session, *, actor: Actor, now: datetime, edition_id: str) -> None:
    """Take an edition out again."""
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    if edition.archived_at is not None:
        edition.archived_at = None
        journal.record(db, actor=actor, now=now, event=EditionUnarchived(edition_id=edition_id))


def delete_edition(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, reason: str, has_final: bool
) -> None:
    """Delete an edition with everything in it; the cases and their awards stay.

    `has_final`: a final file was made of it (the room that makes files knows).

    Raises:
        Forbidden, NotFound
        Invalid: no reason.
        Refused: a final file was made, so the record of how it came about must stay.
    """
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    if has_final:
        raise Refused(_("这本书已经生成过付印文件，审校和成书的记录要保留，不能删除。可以把它归档。"))
    if not reason:
        raise Invalid([FieldError("reason", _("请写明为什么删除，这会记入日志"))])
    event = EditionDeleted(edition_id=edition_id, title=edition.title, reason=reason[:REASON_LONGEST])
    db.execute(delete(Edition).where(Edition.id == edition_id))  # what belongs to it goes with it
    db.expire_all()
    journal.record(db, actor=actor, now=now, event=event)
