"""Everything the statistics say of one set of reads, together: what pages and commands show.

A pure function of the reads and the cuts, so that whoever holds the same reads gets the same figures.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from judging.statistics.additive import Variances, fit_additive
from judging.statistics.flags import Estimate, examine
from judging.statistics.location_scale import Calibrated, fit
from judging.statistics.probabilities import BORDERLINE, Cut, prize_probabilities
from judging.statistics.reads import Read
from judging.statistics.reliability import Agreement, Generalizability, agreement, generalizability
from judging.values import Favours, JurorFigures, Pool, ScoredRead

HELPS = 0.97
NOT_NEEDED = 0.995
KEPT = 8
"""Analyses that a process remembers."""


@dataclass(frozen=True, slots=True)
class Pools:
    """Among whom prizes are given: pool -> its cuts from the highest prize down, case id -> pool."""

    cuts: Mapping[str, Sequence[Cut]]
    of_case: Mapping[str, str]


@dataclass(frozen=True)
class Analysis:
    """What was found. `probabilities`: case id -> prize key -> probability, empty where none can be given."""

    reads: tuple[ScoredRead, ...]
    calibrated: Calibrated
    variances: Variances
    probabilities: Mapping[str, Mapping[str, float]]
    agreement: Agreement
    generalizability: Generalizability | None
    figures: tuple[JurorFigures, ...]
    pool: Pool
    favours: Favours

    def borderline(self, case_id: str) -> bool:
        """Whether it is open which prize the case gets: it may well be above or below some cut."""
        above = 0.0
        for chance in self.probabilities.get(case_id, {}).values():
            above += chance
            if BORDERLINE[0] < above < BORDERLINE[1]:
                return True
        return False


def analyse(reads: Iterable[ScoredRead], pools: Pools) -> Analysis | None:
    """Fit and examine; None without a read.

    Raises:
        ValueError: a juror has two reads of one case.
    """
    kept = tuple(sorted(reads, key=lambda read: (read.case_id, read.juror_id)))
    if not kept:
        return None
    plain = [Read(read.case_id, read.juror_id, read.group, read.value) for read in kept]
    calibrated = fit(plain)
    variances = fit_additive(plain).variances
    by_case: dict[str, list[float]] = {}
    for read in kept:
        by_case.setdefault(read.case_id, []).append(read.value)
    figures, pool, favours = examine(
        kept,
        {
            juror_id: Estimate(each.severity, each.severity_se, each.spread, each.noise)
            for juror_id, each in calibrated.jurors.items()
        },
        _centres(kept, calibrated),
        variances.case,
    )
    return Analysis(
        reads=kept,
        calibrated=calibrated,
        variances=variances,
        probabilities=prize_probabilities(calibrated, pools.cuts, pools.of_case),
        agreement=agreement(by_case),
        generalizability=generalizability(
            variances.case, variances.juror, variances.noise, len(kept) / len(by_case)
        ),
        figures=figures,
        pool=pool,
        favours=favours,
    )


def _centres(reads: Sequence[ScoredRead], calibrated: Calibrated) -> dict[str, float]:
    """Mean score of the cases of each group."""
    groups = {read.case_id: read.group for read in reads}
    scores: dict[str, list[float]] = {}
    for case_id, estimate in calibrated.cases.items():
        scores.setdefault(groups[case_id], []).append(estimate.score)
    return {group: float(np.mean(each)) for group, each in scores.items()}


class Remembered:
    """The last analyses by what they were made from: the same reads are not fitted twice in a process."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._found: OrderedDict[str, Analysis | None] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str, make: Callable[[], Analysis | None]) -> Analysis | None:
        """The analysis of this digest, made once; several at a time may make it at first."""
        with self._lock:
            if digest in self._found:
                self._found.move_to_end(digest)
                return self._found[digest]
        made = make()
        with self._lock:
            self._found[digest] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made
