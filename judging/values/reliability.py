"""What the statistics say of a juror: figures and hints for a person, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class JurorFlag(StrEnum):
    """Why somebody should look at a juror's reads."""

    SEVERE = "severe"
    LENIENT = "lenient"
    NARROW = "narrow"
    ERRATIC = "erratic"
    UNCORRELATED = "uncorrelated"
    IDENTICAL = "identical"
    FAST = "fast"
    HALO = "halo"


@dataclass(frozen=True, slots=True)
class ScoredRead:
    """One counting read in full: composite, marks by criterion, the time it took, the case's unit.

    `seconds` None: not on record. `unit_id`, `region_id` "": unknown.
    """

    case_id: str
    juror_id: str
    group: str
    value: float
    marks: Mapping[str, float] = field(default_factory=dict)
    seconds: float | None = None
    unit_id: str = ""
    region_id: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class JurorFigures:
    """All figures of one juror; None where the reads are too few or the data do not define one.

    `severity`: points below a juror of average severity. `spread`: how far his marks move when the cases'
    quality moves by one (1: as the average juror). `infit`, `outfit`: mean squared difference from the other
    jurors of the same cases, against what chance gives (1). `correlation`: with the others' adjusted mean.
    `same_share`: share of his most frequent mark among all. `seconds`: median of his reads. `halo`: mean
    correlation between criteria.
    """

    juror_id: str
    reads: int
    severity: Interval
    spread: Interval
    noise: float
    infit: float | None
    outfit: float | None
    correlation: float | None
    same_share: float | None
    deviation: float | None
    seconds: float | None
    halo: float | None
    flags: tuple[JurorFlag, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """What is usual in this jury: medians over the jurors."""

    correlation: float | None
    same_share: float | None
    deviation: float | None
    seconds: float | None
    halo: float | None


@dataclass(frozen=True, slots=True)
class FavourHint:
    """A juror marked the cases of a unit (or region) `excess` points above the other jurors, `z` standard
    errors; a hint to look, chance alone gives some of them."""

    juror_id: str
    place_id: str
    is_region: bool
    reads: int
    excess: float
    z: float


@dataclass(frozen=True, slots=True)
class Favours:
    """The hints among `tested` pairs; by chance alone about `expected` would show."""

    hints: tuple[FavourHint, ...]
    tested: int
    expected: float
