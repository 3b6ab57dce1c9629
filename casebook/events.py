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
class EditionCallAdded(Event):
    """The edition takes the awarded cases of one more call."""

    action: ClassVar[str] = "edition.call_added"
    edition_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionArchived(Event):
    """Put aside: nothing in it is changed until it is taken out again."""

    action: ClassVar[str] = "edition.archived"
    edition_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionUnarchived(Event):
    action: ClassVar[str] = "edition.unarchived"
    edition_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDeleted(Event):
    """The edition is gone with everything in it; who looks into the journal later needs the words."""

    action: ClassVar[str] = "edition.deleted"
    edition_id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChanged(Event):
    """Index terms of an entry, or whether the jury's words are printed with it."""

    action: ClassVar[str] = "edition.terms_changed"
    entry_id: str
    edition_id: str


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
    """The award of an entry was revoked: it is no longer printed."""

    action: ClassVar[str] = "edition.entry_withdrawn"
    entry_id: str
    edition_id: str
    case_id: str


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
