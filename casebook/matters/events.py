"""What happens to the texts around the cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterWritten(Event):
    action: ClassVar[str] = "edition.matter_written"
    edition_id: str
    matter_id: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MattersOrdered(Event):
    """`order` are the ids of the texts of one place."""

    action: ClassVar[str] = "edition.matters_ordered"
    edition_id: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRemoved(Event):
    """Who looks into the journal later needs the heading."""

    action: ClassVar[str] = "edition.matter_removed"
    edition_id: str
    matter_id: str
    heading: str
