"""What superiors and the organiser see and decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foundation.text import Text
from submissions.values.cases import CaseStatus


@dataclass(frozen=True, slots=True)
class ScanView:
    """A stamped recommendation form; `proof` is "qr" or "typed", how it was matched to its version."""

    id: str
    recommendation_id: str
    case_id: str
    version_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    proof: str
    added_at: datetime
    added_by_name: str


@dataclass(frozen=True, slots=True)
class FormSheet:
    """All that a recommendation form says. `content_hash` is that of exactly this version."""

    recommendation_id: str
    case_id: str
    version_id: str
    call_title: str
    timezone: str
    number: str
    version_number: str
    ordinal: int
    title: str
    category: str
    unit_name: str
    authors: tuple[str, ...]
    word_count: int
    files: int
    content_hash: str
    received_at: datetime
    recommender: str
    opinion: str
    place: int
    of: int
    given_at: datetime
    given_by: str
    verify_url: str


@dataclass(frozen=True, slots=True)
class BranchStanding:
    """What a branch is doing in a call: handed-in cases by status; drafts as a number and nothing more."""

    unit_id: str
    unit_name: str
    drafts: int
    by_status: dict[CaseStatus, int]

    @property
    def unfinished(self) -> int:
        """Begun or given back, and not handed in."""
        return self.drafts + self.by_status.get(CaseStatus.RETURNED, 0)


class CheckState(StrEnum):
    """How an automatic finding of the formal check stands."""

    OK = "ok"
    LOOK = "look"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place to look at: `url` may be "" where there is only something to say."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One line of the formal check's automatic part: information for a person, never a decision."""

    key: str
    state: CheckState
    title: Text
    detail: Text
    pointers: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckSheetView:
    """What the organiser has ticked and noted about a version."""

    ticks: frozenset[str] = frozenset()
    note: str = ""
    changed_at: datetime | None = None
    changed_by_name: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case of a bulk action, with the version that was looked at when it was chosen."""

    case_id: str
    version_id: str


@dataclass(frozen=True, slots=True)
class NotDone:
    """A case (or unit) of a bulk action that was left as it is, and why."""

    id: str
    name: str
    reason: Text


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What a bulk action did, by the names of what it did it to, and what it left."""

    done: tuple[str, ...]
    left: tuple[NotDone, ...]
