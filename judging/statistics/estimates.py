"""What a model says of a case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from judging.statistics.reads import Floats, Places, Table

NINETY = 1.6448536269514722
"""Standard deviations on each side of a 90 % interval."""
RANKED_DIGITS = 4
"""Models' scores are compared after rounding to so many decimals: the order of sums moves them by 4e-10."""


@dataclass(frozen=True, slots=True)
class CaseEstimate:
    """A case's score by a model, on the scale of the marks, with its posterior standard deviation and 90 %
    interval; these are None where the reads say nothing of chance (one read a case). `rank` is a competition
    rank (1-2-2-4) within all cases of the fit; `reads` is how many reads there were."""

    score: float
    sd: float | None
    low: float | None
    high: float | None
    reads: int
    rank: int


def case_estimates(data: Table, score: Floats, sd: Floats | None) -> dict[str, CaseEstimate]:
    """The estimates of all cases by id."""
    score = np.round(score, RANKED_DIGITS) + 0.0  # no minus zero
    rank = competition_ranks(score)
    return {
        case_id: CaseEstimate(
            score=float(score[place]),
            sd=None if sd is None else float(sd[place]),
            low=None if sd is None else float(score[place] - NINETY * sd[place]),
            high=None if sd is None else float(score[place] + NINETY * sd[place]),
            reads=int(data.case_reads[place]),
            rank=int(rank[place]),
        )
        for place, case_id in enumerate(data.case_ids)
    }


def competition_ranks(score: Floats) -> Places:
    """1-2-2-4 from the highest."""
    return np.searchsorted(np.sort(-score), -score, side="left").astype(np.int64) + 1
