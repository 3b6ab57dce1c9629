"""What happens to a house's templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUploaded(Event):
    """A version of a template was taken in; `sha256` is the file's."""

    action: ClassVar[str] = "book_template.uploaded"
    template_id: str
    version_id: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRetired(Event):
    action: ClassVar[str] = "book_template.retired"
    template_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOffered(Event):
    """A retired template is offered again."""

    action: ClassVar[str] = "book_template.offered"
    template_id: str
