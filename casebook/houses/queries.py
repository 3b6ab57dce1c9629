"""Reads of a house's templates."""

from __future__ import annotations

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook.docx.template import TemplateReport
from casebook.houses.models import HouseTemplate, HouseTemplateVersion
from casebook.houses.values import TemplateView, VersionView
from foundation.errors import NotFound
from foundation.files import FileStore

REPORT = TypeAdapter(TemplateReport)


def templates(db: Session) -> list[TemplateView]:
    """All templates by name, those on offer first."""
    versions: dict[str, list[VersionView]] = {}
    names = {row.id: row for row in db.scalars(select(HouseTemplate))}
    for row in db.scalars(select(HouseTemplateVersion).order_by(HouseTemplateVersion.number.desc())):
        if row.template_id in names:
            versions.setdefault(row.template_id, []).append(_view(row, names[row.template_id].name))
    found = [
        TemplateView(row.id, row.name, row.retired_at, tuple(versions[row.id]))
        for row in names.values()
        if row.id in versions
    ]
    return sorted(found, key=lambda each: (each.retired_at is not None, each.name, each.id))


def template(db: Session, template_id: str) -> TemplateView:
    """Raises NotFound."""
    for each in templates(db):
        if each.id == template_id:
            return each
    raise NotFound


def version(db: Session, version_id: str) -> VersionView | None:
    """One version, None when there is none of this id."""
    row = db.scalar(select(HouseTemplateVersion).where(HouseTemplateVersion.id == version_id))
    if row is None:
        return None
    name = db.scalar(select(HouseTemplate.name).where(HouseTemplate.id == row.template_id))
    return _view(row, name or "")


def content(db: Session, files: FileStore, version_id: str) -> bytes:
    """The file of a version, as `Format.reference` takes it; empty (our own styles) where there is none."""
    found = version(db, version_id) if version_id else None
    return files.read(found.sha256) if found and files.exists(found.sha256) else b""


def _view(row: HouseTemplateVersion, name: str) -> VersionView:
    return VersionView(
        id=row.id,
        template_id=row.template_id,
        template_name=name,
        number=row.number,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        note=row.note,
        report=REPORT.validate_python(row.report),
        uploaded_at=row.uploaded_at,
        uploader_name=row.uploader_name,
    )
