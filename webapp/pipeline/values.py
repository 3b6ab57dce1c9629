"""What the pipeline reads and what it reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from foundation.text import Text
from submissions.intake import ParsedCase
from submissions.values import CallProposal, CaseText


class CannotRun(Exception):
    """Nothing can be done with what was given; the sentence says what to change."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the folder."""

    path: Path
    data: bytes

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True)
class CaseSource:
    """A document that was understood as a case."""

    source: Source
    parsed: ParsedCase


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that was not taken, and why."""

    name: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Supplement:
    """What `call.toml` says of one case beyond its document."""

    title: str = ""
    unit: str = ""
    category: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    practice_from: date | None = None


@dataclass(frozen=True, slots=True)
class BookPlan:
    """What the casebook says about itself."""

    title: str
    subtitle: str = ""
    publisher: str = ""
    compiler: str = ""
    foreword: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is known before the year begins."""

    proposal: CallProposal
    call_document: str
    book: BookPlan
    cases: tuple[CaseSource, ...]
    skipped: tuple[Skipped, ...]
    supplements: Mapping[str, Supplement] = field(default_factory=dict)
    queries: tuple[str, ...] = ()

    @property
    def opens_at(self) -> datetime:
        return _given(self.proposal.opens_at)

    @property
    def closes_at(self) -> datetime:
        return _given(self.proposal.closes_at)


def _given(moment: datetime | None) -> datetime:
    if moment is None:
        raise CannotRun("The call has no window.")
    return moment


@dataclass(frozen=True, slots=True)
class FilledCase:
    """A case ready to be written; `supplied` names what had to be supplied because the document is silent."""

    source: Source
    parsed: ParsedCase
    unit: str
    text: CaseText
    supplied: tuple[str, ...]


@dataclass(slots=True)
class CaseReport:
    """What became of one case. `score` is as shown in the standings."""

    file: str
    title: str
    unit: str
    words: int = 0
    supplied: tuple[str, ...] = ()
    case_id: str = ""
    number: str = ""
    received_at: datetime | None = None
    refused: tuple[Text, ...] = ()
    rank: int | None = None
    score: str = ""
    prize: str = ""


@dataclass(frozen=True, slots=True)
class QueryReport:
    """One question to the library: whether `wanted` (a title) is among the hits, or, where it has no prize,
    is not (`absent`)."""

    query: str
    kind: str
    wanted: str
    hits: int
    correct: bool
    absent: bool = False


@dataclass(frozen=True, slots=True)
class FileReport:
    name: str
    size: int


@dataclass(slots=True)
class Report:
    """The year's result, as it is printed and written to `report.json`."""

    call_title: str
    call_document: str
    theme: str
    opens_at: datetime
    closes_at: datetime
    timezone: str
    categories: tuple[str, ...]
    prizes: tuple[tuple[str, int], ...]
    marks_file: str
    marks_generated: bool
    cases: list[CaseReport]
    skipped: tuple[Skipped, ...]
    queries: list[QueryReport] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    seconds: list[tuple[str, float]] = field(default_factory=list)
    book_title: str = ""
    book_pages: int | None = None
    book_findings: tuple[str, ...] = ()
    journal_entries: int = 0

    @property
    def submitted(self) -> list[CaseReport]:
        return [each for each in self.cases if each.received_at is not None]

    @property
    def all_correct(self) -> bool:
        return all(each.correct for each in self.queries) and not self.book_findings
