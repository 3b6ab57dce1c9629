"""Files that come in pieces: announced, then whole and attached, or forgotten after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.text import _
from submissions import queries
from submissions.models import PartialUpload
from submissions.rules.files import file_refusal
from submissions.service.attachments import NewFile, attach
from submissions.service.opening import open_draft
from submissions.values import AttachmentView, UploadView

KEPT_FOR = timedelta(days=1)
UNFINISHED_HIGHEST = 40
"""Of one person: more than anybody chooses at once, and a bound on what lies about on the disk."""


def announce_upload(
    db: Session, *, actor: Actor, now: datetime, case_id: str, name: str, size: int
) -> UploadView:
    """Note a file of `size` bytes that is about to come in for this working copy.

    Raises:
        NotFound, Forbidden
        Refused: the case cannot be written in now, the call does not take such a file, or too many uploads
            were left unfinished.
        Invalid: an empty file.
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    if not size:
        raise Invalid([FieldError("files", _("文件“%(name)s”是空的，请检查后重新选择。", name=name))])
    refusal = file_refusal(loaded.call.rules.files, name=name, size=size)
    if refusal is not None:
        raise Refused(refusal)
    unfinished = select(func.count(PartialUpload.id)).where(
        PartialUpload.user_id == actor.user_id, PartialUpload.attachment_id.is_(None)
    )
    if (db.scalar(unfinished) or 0) >= UNFINISHED_HIGHEST:
        raise Refused(_("没有传完的文件太多，请先继续或取消它们，也可以明天再传。"))
    row = PartialUpload(
        id=new_id(),
        case_id=case_id,
        user_id=actor.user_id,
        name=name,
        size=size,
        expires_at=now + KEPT_FOR,
    )
    db.add(row)
    db.flush()
    return queries.upload_view(row)


def finish_upload(
    db: Session, *, actor: Actor, now: datetime, case_id: str, upload_id: str, file: NewFile
) -> AttachmentView:
    """Attach a file that is whole and stored; asked again, the same attachment.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    row = _row(db, case_id, upload_id)
    if row.attachment_id is not None:
        return queries.attachment(db, case_id, row.attachment_id)
    attachment = attach(db, actor, now, loaded, file)
    row.attachment_id = attachment.id
    loaded.row.changed_at = now
    db.flush()
    return queries.attachment_view(attachment)


def abandon_upload(db: Session, *, case_id: str, upload_id: str) -> None:
    """Forget one of the actor's own uploads; the attachment it became stays."""
    db.execute(delete(PartialUpload).where(PartialUpload.id == upload_id, PartialUpload.case_id == case_id))


def expire_uploads(db: Session, *, now: datetime) -> int:
    """Forget what was announced more than a day ago; returns how many."""
    done = db.execute(delete(PartialUpload).where(PartialUpload.expires_at <= now))
    return int(done.rowcount)  # type: ignore[attr-defined]  # a DELETE's result is a CursorResult


def _row(db: Session, case_id: str, upload_id: str) -> PartialUpload:
    row = db.scalar(
        select(PartialUpload)
        .where(PartialUpload.id == upload_id, PartialUpload.case_id == case_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound
    return row
