"""What the statistics say of a round, beside what the published rule says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judging.statistics.analysis import Analysis, Pools
from judging.statistics.next_reads import NextRead
from judging.views.deciding import Board
from judging.views.organiser import CaseLine


@dataclass(frozen=True, slots=True)
class AnalysisView:
    """The analysis of a round; `analysis` None: nothing was handed in yet. `cases` are those the organiser
    may see, `hidden` how many others there are. `places`: names of units and regions by id."""

    board: Board
    analysis: Analysis | None
    pools: Pools
    cases: Mapping[str, CaseLine]
    hidden: int
    juror_names: Mapping[str, str]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NextReadsView:
    """Where one more read helps: pairs, and the names, present loads and limits of the jurors."""

    found: AnalysisView
    reads: tuple[NextRead, ...]
    names: Mapping[str, str]
    loads: Mapping[str, int]
    limits: Mapping[str, int | None]
