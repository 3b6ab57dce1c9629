"""Values of the casebook: what pages, the API and the renderer's assembling are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casebook.details import EditionDetails as EditionDetails


class Arrangement(StrEnum):
    """How entries are put into chapters when an editor asks for it; afterwards the order is the editor's."""

    PRIZE = "prize"
    CATEGORY = "category"
    PRIZE_AND_CATEGORY = "prize_category"
    TOPIC = "topic"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EditionView:
    """`call_id` is the call it was opened for; `queries.calls_of` gives all whose cases it takes."""

    id: str
    call_id: str
    details: EditionDetails
    arrangement: Arrangement
    revision: int
    opened_at: datetime
    changed_at: datetime
    archived_at: datetime | None = None
    details_revision: int = 1

    @property
    def title(self) -> str:
        return self.details.title


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as the editor sees it; `title` and `unit` are those of its manuscript.

    `topics` and `places` are its index terms; `prints_commendation`: what the jury said of it is printed."""

    id: str
    edition_id: str
    chapter_id: str
    case_id: str
    version_id: str
    award_id: str
    prize_name: str
    prize_rank: int
    category_key: str
    category_name: str
    withdrawn_at: datetime | None
    title: str
    unit: str
    rounds: int
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    prints_commendation: bool = True


@dataclass(frozen=True, slots=True)
class ChapterView:
    id: str
    title: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class PlacedPhoto:
    """A photo printed after an entry's text."""

    id: str
    caption: str


@dataclass(frozen=True, slots=True)
class ManuscriptText:
    """What is printed of an entry. `body` is clean HTML, `authors` as they shall be read."""

    title: str
    unit: str
    authors: tuple[str, ...]
    summary: str
    body: str
    photos: tuple[PlacedPhoto, ...]
    source_line: str
    signoff_line: str


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """What is being written, shared by all editors. `base` is the round it goes on from; `revision` is sent
    back with what is saved, so that nobody writes over another; `pending`: it differs from the last round."""

    entry_id: str
    text: ManuscriptText
    base: int
    revision: int
    saved_at: datetime
    saved_by: str
    pending: bool


@dataclass(frozen=True, slots=True)
class ManuscriptView:
    """One round of a manuscript; `ordinal` counts from 1, the copy of the awarded version being the first."""

    entry_id: str
    ordinal: int
    text: ManuscriptText
    note: str
    written_at: datetime
    writer_name: str
