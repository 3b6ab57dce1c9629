"""Values of a house's own Word templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casebook.docx.template import TemplateReport


@dataclass(frozen=True, slots=True)
class VersionView:
    """One uploaded file of a template; `number` counts from 1."""

    id: str
    template_id: str
    template_name: str
    number: int
    file_name: str
    sha256: str
    size: int
    note: str
    report: TemplateReport
    uploaded_at: datetime
    uploader_name: str


@dataclass(frozen=True, slots=True)
class TemplateView:
    """`versions` the newest first; a retired template is not offered any more, books that use it keep it."""

    id: str
    name: str
    retired_at: datetime | None
    versions: tuple[VersionView, ...]

    @property
    def newest(self) -> VersionView:
        return self.versions[0]
