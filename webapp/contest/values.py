"""What a folder says: cases, jurors, conflicts, reviews, and the rules where they differ from the usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from judging.values import ScoredRead
from submissions.values import Criterion, JuryGroup, Prize


@dataclass(frozen=True, slots=True)
class CaseRow:
    case_id: str
    category: str
    unit: str
    region: str
    recommender: str


@dataclass(frozen=True, slots=True)
class JurorRow:
    """`categories` he reads first, none: all; `group` of the jury for the weighted rule."""

    juror_id: str
    unit: str
    region: str
    org: str
    max_load: int | None
    categories: frozenset[str]
    group: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A row of reviews.csv. `composite` None: it is not complete. `why` says why it does not count, ""
    if it does: the row's own status, "no_marks" or "conflict"."""

    line: int
    case_id: str
    juror_id: str
    marks: Mapping[str, Decimal]
    status: str
    seconds: float | None
    composite: Fraction | None
    why: str

    @property
    def counts(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class Contest:
    """Everything in sorted order, so that the order of rows is nothing. `data_hash` is over the content of
    all rows, `full_score` the composite with the highest mark everywhere."""

    folder: Path
    cases: tuple[CaseRow, ...]
    jurors: tuple[JurorRow, ...]
    conflicts: frozenset[tuple[str, str]]
    reviews: tuple[ReviewLine, ...]
    criteria: tuple[Criterion, ...]
    prizes: tuple[Prize, ...]
    groups: tuple[JuryGroup, ...]
    full_score: int
    data_hash: str

    @property
    def counted(self) -> Iterator[ReviewLine]:
        """Reviews that count."""
        return (row for row in self.reviews if row.counts)

    def scored(self, *, by_category: bool = True) -> list[ScoredRead]:
        """What counts as the statistics take it."""
        of_case = {case.case_id: case for case in self.cases}
        return [
            ScoredRead(
                case_id=row.case_id,
                juror_id=row.juror_id,
                group=of_case[row.case_id].category if by_category else "",
                value=float(row.composite),
                marks={key: float(mark) for key, mark in row.marks.items()},
                seconds=row.seconds,
                unit_id=of_case[row.case_id].unit,
                region_id=of_case[row.case_id].region,
            )
            for row in self.counted
            if row.composite is not None
        ]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that comes out."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
