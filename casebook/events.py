"""What happens to editions. Ids only; the words are in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionOpened(Event):
    action: ClassVar[str] = "edition.opened"
    edition_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChanged(Event):
    action: ClassVar[str] = "edition.changed"
    edition_id: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionArranged(Event):
    """`order` is the whole order: a chapter's id followed by the ids of its entries."""

    action: ClassVar[str] = "edition.arranged"
    edition_id: str
    order: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesTakenUp(Event):
    """Awards granted after the edition was opened came into it."""

    action: ClassVar[str] = "edition.entries_taken_up"
    edition_id: str
    entry_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRemoved(Event):
    action: ClassVar[str] = "edition.entry_removed"
    edition_id: str
    entry_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWithdrawn(Event):
    """The award of an entry was revoked: it is no longer printed, and files that hold it are withdrawn."""

    action: ClassVar[str] = "edition.entry_withdrawn"
    entry_id: str
    edition_id: str
    case_id: str
    build_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReinstated(Event):
    action: ClassVar[str] = "edition.entry_reinstated"
    entry_id: str
    edition_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManuscriptWritten(Event):
    action: ClassVar[str] = "manuscript.written"
    entry_id: str
    edition_id: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequested(Event):
    action: ClassVar[str] = "edition.build_requested"
    build_id: str
    edition_id: str
