"""What happens to builds. Ids only; the words are in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequested(Event):
    action: ClassVar[str] = "edition.build_requested"
    build_id: str
    edition_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildCancelled(Event):
    action: ClassVar[str] = "edition.build_cancelled"
    build_id: str
    edition_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildFinished(Event):
    """Its files are there."""

    action: ClassVar[str] = "edition.build_finished"
    build_id: str
    edition_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildsWithdrawn(Event):
    """Files that hold a case whose award was revoked are not given out any more."""

    action: ClassVar[str] = "edition.builds_withdrawn"
    award_id: str
    build_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildDeleted(Event):
    """`hashes` are those of its files."""

    action: ClassVar[str] = "edition.build_deleted"
    build_id: str
    edition_id: str
    number: int
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPublished(Event):
    """Its web edition is in the library."""

    action: ClassVar[str] = "edition.published"
    edition_id: str
    build_id: str
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTakenOff(Event):
    """Its web edition left the library: by an editor, or because an award was revoked."""

    action: ClassVar[str] = "edition.taken_off"
    edition_id: str
    build_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionsCertified(Event):
    action: ClassVar[str] = "edition.inclusions_certified"
    edition_id: str
    build_id: str
    count: int
