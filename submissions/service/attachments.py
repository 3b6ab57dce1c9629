"""The files of a working copy: add, caption, order, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.files import StoredFile
from foundation.ids import new_id
from foundation.text import _
from submissions import queries
from submissions.models import Attachment
from submissions.rules.files import file_refusal, place_refusal
from submissions.service.loading import Loaded
from submissions.service.opening import open_draft
from submissions.values import AttachmentKind, AttachmentView

CAPTION_HIGHEST = 200


@dataclass(frozen=True, slots=True)
class NewFile:
    """An uploaded file that is stored already. A photo's `width` and `height` are those after re-encoding."""

    stored: StoredFile
    kind: AttachmentKind
    name: str
    media_type: str
    caption: str = ""
    width: int | None = None
    height: int | None = None


def attach_file(db: Session, *, actor: Actor, now: datetime, case_id: str, file: NewFile) -> AttachmentView:
    """Add a stored file to the working copy, at the end.

    Raises:
        NotFound, Forbidden
        Refused: the case cannot be written in now, or the call does not take this file.
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    row = attach(db, actor, now, loaded, file)
    loaded.row.changed_at = now
    db.flush()
    return queries.attachment_view(row)


def caption_attachment(
    db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str, caption: str
) -> AttachmentView:
    """Write what a file shows.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    row = _found(db, case_id, attachment_id)
    if len(caption) > CAPTION_HIGHEST:
        sentence = _(
            "说明文字不能超过 %(limit)s 个字，现在是 %(count)s 个字。",
            limit=CAPTION_HIGHEST,
            count=len(caption),
        )
        raise Invalid([FieldError(f"caption-{attachment_id}", sentence)])
    row.caption = caption
    loaded.row.changed_at = now
    db.flush()
    return queries.attachment_view(row)


def release_attachment(
    db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str, released: bool
) -> AttachmentView:
    """Say whether the library may show a file as evidence; it counts for versions handed in from now on.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    row = _found(db, case_id, attachment_id)
    row.released = released
    loaded.row.changed_at = now
    db.flush()
    return queries.attachment_view(row)


def move_attachment(
    db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str, by: int
) -> None:
    """Move a file up (`by` -1) or down (1) among the files of the working copy; at the end it stays.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    row = _found(db, case_id, attachment_id)
    rows = _in_order(db, case_id)
    place = rows.index(row)
    rows.insert(max(0, min(len(rows) - 1, place + by)), rows.pop(place))
    _number(rows)
    loaded.row.changed_at = now
    db.flush()


def order_attachments(
    db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_ids: Sequence[str]
) -> None:
    """Put the files of the working copy into this order. Files not named (a colleague has just added them)
    stay behind those named; names of files that are gone count for nothing.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    wanted = {attachment_id: place for place, attachment_id in enumerate(attachment_ids)}
    _number(sorted(_in_order(db, case_id), key=lambda row: wanted.get(row.id, len(wanted))))
    loaded.row.changed_at = now
    db.flush()


def remove_attachment(db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str) -> None:
    """Take a file out of the working copy; versions that name it keep it.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    _found(db, case_id, attachment_id).removed_at = now
    loaded.row.changed_at = now
    db.flush()


def attach(db: Session, actor: Actor, now: datetime, loaded: Loaded, file: NewFile) -> Attachment:
    """Add a stored file to a working copy that is open for writing.

    Raises:
        Refused: the call does not take this file, or no more of them.
    """
    there = queries.attachments(db, loaded.row.id)
    allowed, size = loaded.call.rules.files, file.stored.size
    refusal = file_refusal(allowed, name=file.name, size=size) or place_refusal(
        allowed, name=file.name, size=size, there=there
    )
    if refusal is not None:
        raise Refused(refusal)
    row = Attachment(
        id=new_id(),
        case_id=loaded.row.id,
        unit_id=loaded.row.unit_id,
        kind=file.kind,
        name=file.name[-200:],
        media_type=file.media_type,
        size=file.stored.size,
        sha256=file.stored.sha256,
        caption=file.caption[:CAPTION_HIGHEST],
        width=file.width,
        height=file.height,
        position=max((each.position for each in there), default=0) + 1,
        added_at=now,
        added_by=actor.user_id,
    )
    db.add(row)
    db.flush()
    return row


def _found(db: Session, case_id: str, attachment_id: str) -> Attachment:
    row = db.scalar(
        select(Attachment).where(
            Attachment.id == attachment_id, Attachment.case_id == case_id, Attachment.removed_at.is_(None)
        )
    )
    if row is None:
        raise NotFound
    return row


def _in_order(db: Session, case_id: str) -> list[Attachment]:
    return list(
        db.scalars(
            select(Attachment)
            .where(Attachment.case_id == case_id, Attachment.removed_at.is_(None))
            .order_by(Attachment.position, Attachment.id)
        )
    )


def _number(rows: Sequence[Attachment]) -> None:
    for position, each in enumerate(rows, start=1):
        each.position = position
