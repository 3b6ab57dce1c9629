"""The proof on the organiser's own data: are reads that were left out predicted better by the model?"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from judging.statistics.additive import HIGHEST, LOWEST, at_ratios, minus_likelihood
from judging.statistics.estimation import fit_scales, fit_shifts
from judging.statistics.reads import Floats, Places, Table

FOLDS = 5
SEED = 20_260_102
LEAST_PREDICTED = 20
"""Fewer reads left out say nothing."""


def held_out_ratio(data: Table, method: str) -> float | None:
    """Root mean square error of predicting each read from the others by `method`, divided by that of
    predicting it from its case alone, by cross validation. None where too few reads can be left out.
    """
    fold = _folds(data)
    with_jurors = without = 0.0
    predicted = 0
    for number in range(FOLDS):
        out = fold == number
        out &= np.bincount(data.juror[~out], minlength=data.jurors)[data.juror] >= 2
        if not out.any():
            continue
        part = data.part(~out)
        case, juror, mark = data.case[out], data.juror[out], data.y[out]
        fitted = fit_shifts(part) if method == "additive" else fit_scales(part)
        with_jurors += float(((mark - fitted.predicted(case, juror)) ** 2).sum())
        without += float(((mark - _by_case_alone(part, case)) ** 2).sum())
        predicted += int(out.sum())
    if predicted < LEAST_PREDICTED or without <= 0:
        return None
    return round(float(np.sqrt(with_jurors / without)), 4)


def _folds(data: Table) -> Places:
    """A fold for each read, -1 where it is its case's only one; reads of one case are in different folds as
    far as there are folds."""
    rng = np.random.default_rng(SEED)
    start = rng.integers(0, FOLDS, data.cases)
    order = np.lexsort((rng.random(data.reads), data.case))
    within = np.empty(data.reads, dtype=np.int64)
    within[order] = np.arange(data.reads) - (np.cumsum(data.case_reads) - data.case_reads)[data.case[order]]
    fold: Places = (start[data.case] + within) % FOLDS
    return np.where(data.case_reads[data.case] > 1, fold, -1)


def _by_case_alone(part: Table, case: Places) -> Floats:
    """The model in which all jurors are alike, at its own maximum of the restricted likelihood."""
    found = minimize_scalar(
        lambda logarithm: minus_likelihood(part, np.array([logarithm, HIGHEST])),
        bounds=(LOWEST, HIGHEST),
        method="bounded",
    )
    posterior, _noise = at_ratios(part, np.array([float(found.x), HIGHEST]))
    alone: Floats = posterior.theta[case]
    return alone
