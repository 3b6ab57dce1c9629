"""Ways to come from marks to a standing, side by side: score, and standard deviation where one is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bench.contests import Floats
from judging.statistics.estimation import fit_scales, fit_shifts
from judging.statistics.reads import Table


@dataclass(frozen=True, slots=True)
class Scored:
    score: Floats
    sd: Floats | None


def by_mean(data: Table) -> Scored:
    within = data.value - data.means[data.case]
    noise = float(within @ within) / (data.reads - data.cases)
    return Scored(data.means, np.sqrt(noise / data.case_reads))


def by_trimmed_mean(data: Table) -> Scored:
    total = np.bincount(data.case, data.value, data.cases)
    highest, lowest = np.full(data.cases, -np.inf), np.full(data.cases, np.inf)
    np.maximum.at(highest, data.case, data.value)
    np.minimum.at(lowest, data.case, data.value)
    trimmed = (total - highest - lowest) / np.maximum(data.case_reads - 2, 1)
    return Scored(np.where(data.case_reads >= 4, trimmed, data.means), None)


def by_z_score(data: Table) -> Scored:
    """Each juror's marks with mean 0 and deviation 1: what spreadsheets do."""
    mean = np.bincount(data.juror, data.value, data.jurors) / data.juror_reads
    apart = data.value - mean[data.juror]
    square = np.bincount(data.juror, apart**2, data.jurors) / np.maximum(data.juror_reads - 1, 1)
    deviation = np.where(square > 0, np.sqrt(square), np.inf)
    return Scored(np.bincount(data.case, apart / deviation[data.juror], data.cases) / data.case_reads, None)


def by_additive(data: Table) -> Scored:
    fitted = fit_shifts(data)
    return Scored(fitted.posterior.theta * data.scale, np.sqrt(fitted.variance) * data.scale)


def by_location_scale(data: Table) -> Scored:
    fitted = fit_scales(data)
    return Scored(fitted.posterior.theta * data.scale, np.sqrt(fitted.variance) * data.scale)


METHODS: Mapping[str, Callable[[Table], Scored]] = {
    "mean": by_mean,
    "trimmed mean": by_trimmed_mean,
    "z-score per juror": by_z_score,
    "additive": by_additive,
    "location-scale": by_location_scale,
}
