"""A research report as values: which cases it is about, what it says, what was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Scope(StrEnum):
    """Which cases: everything handed in to the calls, what won there, what a search of the library finds, or
    what was picked by hand."""

    SUBMITTED = "submitted"
    AWARDED = "awarded"
    SEARCH = "search"
    PICKED = "picked"


@dataclass(frozen=True, slots=True)
class Definition:
    """`call_ids` count for SUBMITTED and AWARDED, `query` (as in the library's address) for SEARCH,
    `case_ids` for PICKED."""

    scope: Scope
    call_ids: tuple[str, ...] = ()
    query: str = ""
    case_ids: tuple[str, ...] = ()


class Flag(StrEnum):
    """Why a quoted passage cannot simply be printed again."""

    REVOKED = "revoked"
    OFF_SHELF = "off_shelf"
    LEFT = "left"
    """Its case is no longer among those that the report is about."""
    CHANGED = "changed"
    """The award is for another version, in which these words do not stand."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a version, exactly as they stand there. `confirmed` is the flag in spite of which somebody
    keeps it."""

    id: str
    case_id: str
    version_id: str
    text: str
    confirmed: Flag | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `body` is clean HTML with tokens; `drafted`: nobody has worked on it yet;
    `in_brief`: its text stands in the brief as well."""

    id: str
    heading: str
    body: str = ""
    drafted: bool = False
    in_brief: bool = False
    quotations: tuple[Quotation, ...] = ()
    writer_name: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that people write in a report."""

    title: str
    byline: str = ""
    sections: tuple[Section, ...] = ()

    def section(self, section_id: str) -> Section | None:
        return next((each for each in self.sections if each.id == section_id), None)


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report at its last round."""

    id: str
    definition: Definition
    content: Content
    ordinal: int
    opened_at: datetime
    changed_at: datetime

    @property
    def title(self) -> str:
        return self.content.title


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A line of a report's history; `note` says what was done, `sections` which parts were touched."""

    ordinal: int
    note: str
    sections: tuple[str, ...]
    written_at: datetime
    writer_name: str


class BuildState(StrEnum):
    """Where a making of the files stands."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


class FileKind(StrEnum):
    """What is made of a report."""

    REPORT = "report"
    BRIEF = "brief"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Change:
    """A difference to the build before: `kind` names it, `what` is a case, number or figure; `before` and
    `after` are as shown."""

    kind: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class BuildView:
    """One making. `changes` are the differences to the one before, None for the first."""

    id: str
    number: int
    state: BuildState
    ordinal: int
    requested_at: datetime
    requested_by: str
    finished_at: datetime | None
    files: Mapping[FileKind, tuple[str, int]]
    changes: tuple[Change, ...] | None
    snapshot: Mapping[str, Any] = field(default_factory=dict)
    log: tuple[str, ...] = ()


# --- what figures are made of -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of one case. Prize fields are empty without an award in force.

    `scores`: criterion -> mean of the counted reads in percent of its highest mark, only where the results
    are public; `days_before` the deadline, None where it is not known; `elements` are concrete things
    (numbers, dates, places, people in office) in 1,000 words.
    """

    case_id: str
    version_id: str
    content_hash: str
    call_id: str
    year: int
    title: str
    unit_id: str
    unit_name: str
    unit_kind: str
    region: str
    category: str
    words: int
    claims: int
    photos: int
    files: int
    elements: float
    days_before: float | None = None
    prize: str = ""
    prize_rank: int = 0
    award_id: str = ""
    topics: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    address: str = ""

    @property
    def awarded(self) -> bool:
        return bool(self.award_id)


@dataclass(frozen=True, slots=True)
class DirectoryUnit:
    """A unit that could have taken part."""

    unit_id: str
    kind: str
    region: str


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call of the set; `prizes` in their order; `decided`: its results are public."""

    call_id: str
    title: str
    year: int
    categories: tuple[str, ...]
    prizes: tuple[str, ...]
    criteria: tuple[str, ...]
    decided: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the figures of a report rest on, read at one moment. `directory` is empty where the
    share of units that took part means nothing (a selection of cases, a filter)."""

    scope: Scope
    calls: tuple[CallFacts, ...]
    cases: tuple[CaseFacts, ...]
    directory: tuple[DirectoryUnit, ...] = ()
