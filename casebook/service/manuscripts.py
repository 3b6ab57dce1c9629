"""The editor's copy of a case: each change is a round of its own, the awarded version never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from casebook import policy, queries
from casebook.events import ManuscriptWritten
from casebook.models import Manuscript
from casebook.service.editions import touch
from casebook.values import ManuscriptText
from foundation import journal, richtext
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.permission import require
from foundation.text import _


def write_manuscript(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    base: int,
    text: ManuscriptText,
    note: str = "",
) -> int:
    """Add a round; returns its ordinal, or that of the last one when nothing differs from it.

    Raises:
        Forbidden, NotFound
        Refused: another round was added after `base`.
        Invalid: title or unit is empty, or the text shows a picture that is none of the case's.
    """
    require(policy.may_edit(actor))
    edition = queries.edition_row(db, edition_id)
    entry = queries.entry(db, edition_id, entry_id)
    current = queries.manuscript(db, entry_id)
    if current.ordinal != base:
        raise Refused(_("书稿刚刚被别人保存过新的一稿。请先核对，再保存您的修改。"))
    text = replace(text, body=richtext.clean(text.body))
    _check(text, {photo.id for photo in queries.photos(db, entry)})
    if text == current.text:
        return current.ordinal
    ordinal = current.ordinal + 1
    db.add(
        Manuscript(
            entry_id=entry_id,
            ordinal=ordinal,
            title=text.title,
            unit=text.unit,
            authors=list(text.authors),
            summary=text.summary,
            body=text.body,
            photos=[{"id": photo.id, "caption": photo.caption} for photo in text.photos],
            source_line=text.source_line,
            signoff_line=text.signoff_line,
            note=note,
            written_at=now,
            written_by=actor.user_id,
            writer_name=actor.name,
        )
    )
    touch(edition, now)
    db.flush()
    written = ManuscriptWritten(entry_id=entry_id, edition_id=edition_id, ordinal=ordinal)
    journal.record(db, actor=actor, now=now, event=written)
    return ordinal


def restore_round(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, entry_id: str, base: int, ordinal: int
) -> int:
    """Make an earlier round count again, as a new round; returns its ordinal."""
    require(policy.may_edit(actor))
    queries.entry(db, edition_id, entry_id)
    earlier = queries.manuscript(db, entry_id, ordinal)
    return write_manuscript(
        db,
        actor=actor,
        now=now,
        edition_id=edition_id,
        entry_id=entry_id,
        base=base,
        text=earlier.text,
        note=str(_("恢复第 %(n)s 稿", n=ordinal)),
    )


def _check(text: ManuscriptText, photos: set[str]) -> None:
    errors = []
    if not text.title:
        errors.append(FieldError("title", _("请填写标题")))
    if not text.unit:
        errors.append(FieldError("unit", _("请填写单位")))
    if not set(richtext.attachment_ids(text.body)) <= photos:
        errors.append(FieldError("body", _("正文里有不属于这个案例的图片，请删除后再保存。")))
    if errors:
        raise Invalid(errors)
