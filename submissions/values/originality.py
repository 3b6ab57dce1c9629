"""What the check for originality found: information for a person, never a verdict of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from submissions.values.cases import AttachmentView, CaseStatus, VersionView


@dataclass(frozen=True, slots=True)
class Match:
    """Characters [start, end) of a text stand as [other_start, other_end) in its source.

    `same` counts the units (Chinese characters, words) that are exactly the same.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    same: int


class Verdict(StrEnum):
    """What a person says who has looked."""

    FINE = "fine"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class OriginalityView:
    """The report on a version: of `length` units that count, `matched` stand elsewhere, `largest` in one."""

    version_id: str
    case_id: str
    call_id: str
    length: int
    matched: int
    largest: int
    checked_at: datetime
    verdict: Verdict | None
    note: str
    seen_matched: int
    reviewed_at: datetime | None
    reviewed_by_name: str

    @property
    def share(self) -> float:
        """Percent of the text that stands in any source."""
        return percent(self.matched, self.length)

    @property
    def largest_share(self) -> float:
        """Percent of the text that stands in the largest source."""
        return percent(self.largest, self.length)

    @property
    def changed(self) -> bool:
        """Whether more or less is found now than when somebody looked."""
        return self.verdict is not None and self.seen_matched != self.matched


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source of a version, with what the organiser needs to judge who copied from whom.

    For a reference text `version` is None, `title` and `origin` are as its organiser wrote them, and
    `dated_at` is when it was added; for a case `dated_at` is when that version was received.
    """

    id: str
    version_id: str
    source_id: str
    version: VersionView | None
    title: str
    origin: str
    dated_at: datetime
    same_call: bool
    same_unit: bool
    awarded: bool
    matched: int
    passages: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class PhotoPair:
    """A photo of a version beside one of another case that looks the same; `distance` is 0 to 64 bits."""

    photo: AttachmentView
    other: AttachmentView
    other_version: VersionView
    distance: int


@dataclass(frozen=True, slots=True)
class OriginalityRow:
    """One case on the organiser's overview; `report` is None until it was checked."""

    case_id: str
    version_id: str
    number: str
    title: str
    category_key: str
    unit_name: str
    status: CaseStatus
    report: OriginalityView | None
    sources: int
    photos: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """The last time all cases of a call were asked to be checked again."""

    requested_at: datetime
    requested_by_name: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class PhraseView:
    """A set phrase that counts in no text; `call_id` None: in no call."""

    id: str
    call_id: str | None
    phrase: str
    added_at: datetime
    added_by_name: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A reference text without its words; `length` in characters."""

    id: str
    title: str
    origin: str
    length: int
    added_at: datetime
    added_by_name: str


def percent(part: int, whole: int) -> float:
    """Percent with one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0
