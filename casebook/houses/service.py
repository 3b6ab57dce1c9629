"""Writes of a house's templates: each function loads, permits, decides, writes, records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import policy
from casebook.docx.template import TemplateReport
from casebook.houses import queries
from casebook.houses.events import TemplateOffered, TemplateRetired, TemplateUploaded
from casebook.houses.models import HouseTemplate, HouseTemplateVersion
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound
from foundation.files import StoredFile
from foundation.permission import require
from foundation.text import _


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked through and stored."""

    name: str
    file: StoredFile
    report: TemplateReport


def upload_template(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    checked: Checked,
    name: str = "",
    template_id: str = "",
    note: str = "",
) -> str:
    """Keep a template's file: as a new template of this name, or as the next version of one; returns the
    template's id.

    Raises:
        Forbidden, NotFound
        Invalid: no name, or one that is taken.
    """
    require(policy.may_edit(actor))
    row = _row(db, template_id) if template_id else _new(db, name)
    known = [each for each in queries.templates(db) if each.id == row.id]
    version = HouseTemplateVersion(
        template_id=row.id,
        number=known[0].newest.number + 1 if known else 1,
        file_name=checked.name[:200],
        sha256=checked.file.sha256,
        size=checked.file.size,
        note=note,
        report=queries.REPORT.dump_python(checked.report, mode="json"),
        uploaded_at=now,
        uploaded_by=actor.user_id,
        uploader_name=actor.name,
    )
    db.add(version)
    db.flush()
    event = TemplateUploaded(template_id=row.id, version_id=version.id, sha256=checked.file.sha256)
    journal.record(db, actor=actor, now=now, event=event)
    return row.id


def retire_template(db: Session, *, actor: Actor, now: datetime, template_id: str) -> None:
    """Offer it no more; books that use it keep it. Raises Forbidden, NotFound."""
    require(policy.may_edit(actor))
    row = _row(db, template_id)
    if row.retired_at is None:
        row.retired_at = now
        journal.record(db, actor=actor, now=now, event=TemplateRetired(template_id=row.id))


def offer_template(db: Session, *, actor: Actor, now: datetime, template_id: str) -> None:
    """Offer a retired one again. Raises Forbidden, NotFound."""
    require(policy.may_edit(actor))
    row = _row(db, template_id)
    if row.retired_at is not None:
        row.retired_at = None
        journal.record(db, actor=actor, now=now, event=TemplateOffered(template_id=row.id))


def _row(db: Session, template_id: str) -> HouseTemplate:
    row = db.scalar(select(HouseTemplate).where(HouseTemplate.id == template_id))
    if row is None:
        raise NotFound
    return row


def _new(db: Session, name: str) -> HouseTemplate:
    if not name:
        raise Invalid([FieldError("name", _("请给模板起个名字，例如“某某出版社 16开 版式”"))])
    if any(each.name == name for each in queries.templates(db)):
        raise Invalid([FieldError("name", _("已经有同名的模板。要换文件，请在那个模板下上传新版本"))])
    row = HouseTemplate(name=name, retired_at=None)
    db.add(row)
    db.flush()
    return row
