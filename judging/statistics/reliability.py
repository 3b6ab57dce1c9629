"""How far a jury's marks can be relied on: Krippendorff's alpha, intraclass correlation, generalizability.

Everything takes the composites of the reads case by case, in any order; cases with one read carry nothing
about agreement and are left out. One read is one observation: the criteria of one read are not independent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import fdtri

Array = npt.NDArray[np.float64]

DRAWS = 1000
SEED = 20_261_122
LEVEL = 0.90
"""All intervals are of this level."""
TARGET = 0.8
"""The generalizability that is usually asked for where something depends on it."""
MOST_READS = 99


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient with its interval; None where the data do not define it."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha and both intraclass correlations of the same reads. `reads` is n0, the reads a case has for the
    analysis of variance; `cases` have two reads or more."""

    cases: int
    pairable: int
    reads: float
    alpha: Coefficient | None
    icc_single: Coefficient | None
    icc_mean: Coefficient | None


@dataclass(frozen=True, slots=True)
class Generalizability:
    """What share of the variance of a case's mean is the case's own.

    `raw` for the plain mean, where a juror's severity is noise; `corrected` where severity is taken out.
    `needed_*` is how many reads a case must have to reach TARGET; None: more than MOST_READS.
    """

    case_variance: float
    juror_variance: float
    noise_variance: float
    reads: float
    raw: float
    corrected: float
    needed_raw: int | None
    needed_corrected: int | None


def agreement(values: Mapping[str, Sequence[float]], *, seed: int = SEED) -> Agreement:
    """All three coefficients of case -> composites."""
    units = [values[key] for key in sorted(values) if len(values[key]) > 1]
    single, mean, reads = intraclass(units)
    return Agreement(
        cases=len(units),
        pairable=sum(len(unit) for unit in units),
        reads=reads,
        alpha=alpha(units, seed=seed),
        icc_single=single,
        icc_mean=mean,
    )


def alpha(units: Sequence[Sequence[float]], *, draws: int = DRAWS, seed: int = SEED) -> Coefficient | None:
    """Krippendorff's alpha for interval data, 1 - D_observed / D_expected.

    Within a unit of m values the sum over ordered pairs of (x - x')^2 is 2 (m sum x^2 - (sum x)^2), which the
    coincidence matrix weights by 1 / (m - 1). The interval is a bootstrap over units. None where fewer than
    two units have two values, or where all values are equal.

    Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), and Content Analysis (2004),
    chapter 11.
    """
    parts = _parts(unit for unit in units if len(unit) > 1)
    if len(parts) < 2:
        return None
    whole = _alpha(parts.sum(axis=0))
    if whole is None:
        return None
    rng = np.random.default_rng(seed)
    found = [_alpha(_resampled(parts, rng)) for _draw in range(draws)]
    kept = [value for value in found if value is not None]
    if len(kept) < draws // 2:  # hardly ever two different values in one draw: no interval to speak of
        return Coefficient(whole, None, None)
    low, high = np.quantile(kept, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Coefficient(whole, float(low), float(high))


def _parts(units: Iterable[Sequence[float]]) -> Array:
    """A row a unit: weighted disagreement inside it, number of values, sum, sum of squares."""
    rows = []
    for unit in units:
        x = np.asarray(unit, dtype=np.float64)
        m, total, squares = len(x), float(x.sum()), float((x * x).sum())
        rows.append((max(0.0, 2 * (m * squares - total**2)) / (m - 1), m, total, squares))
    return np.asarray(rows, dtype=np.float64).reshape(-1, 4)


def _resampled(parts: Array, rng: np.random.Generator) -> Array:
    drawn: Array = parts[rng.integers(0, len(parts), len(parts))].sum(axis=0)
    return drawn


def _alpha(sums: Array) -> float | None:
    within, n, total, squares = (float(each) for each in sums)
    between = 2 * (n * squares - total**2)
    if between <= 1e-9 * max(1.0, n * squares):
        return None
    return 1 - (within / n) / (between / (n * (n - 1)))


def intraclass(units: Sequence[Sequence[float]]) -> tuple[Coefficient | None, Coefficient | None, float]:
    """ICC(1,1), ICC(1,k) and n0, by one-way analysis of variance with unequal numbers of reads.

    With N cases, R reads and n_i of them on case i, n0 = (R - sum n_i^2 / R) / (N - 1) takes the place of k;
    intervals are those of the F distribution (exact where every case has the same number of reads).

    Sources: P. E. Shrout and J. L. Fleiss, Intraclass Correlations: Uses in Assessing Rater Reliability,
    Psychological Bulletin 86 (1979), case 1; n0 after G. W. Snedecor and W. G. Cochran, Statistical Methods.
    """
    units = [unit for unit in units if len(unit) > 1]
    sizes = np.array([len(unit) for unit in units], dtype=np.float64)
    cases, reads = len(units), float(sizes.sum())
    if cases < 2:
        return None, None, 0.0
    n0 = (reads - float((sizes**2).sum()) / reads) / (cases - 1)
    means = np.array([float(np.mean(unit)) for unit in units])
    grand = float((sizes * means).sum()) / reads
    between = float((sizes * (means - grand) ** 2).sum()) / (cases - 1)
    within = sum(
        float(((np.asarray(unit, dtype=np.float64) - mean) ** 2).sum())
        for unit, mean in zip(units, means, strict=True)
    ) / (reads - cases)
    if between + within <= 1e-12:
        return None, None, n0
    tail = (1 - LEVEL) / 2
    ratio = between / within if within > 0 else math.inf
    low = ratio / float(fdtri(cases - 1, reads - cases, 1 - tail))
    high = ratio * float(fdtri(reads - cases, cases - 1, 1 - tail))
    single = Coefficient(_single(ratio, n0), _single(low, n0), _single(high, n0))
    mean = Coefficient(_mean(ratio), _mean(low), _mean(high)) if ratio > 0 else None
    return single, mean, n0


def _single(ratio: float, n0: float) -> float:
    return 1.0 if math.isinf(ratio) else (ratio - 1) / (ratio + n0 - 1)


def _mean(ratio: float) -> float:
    return 1 - 1 / ratio


def generalizability(
    case_variance: float, juror_variance: float, noise_variance: float, reads: float
) -> Generalizability | None:
    """G = v_case / (v_case + (v_juror + v_noise) / k) for the mean of k reads; corrected without v_juror.

    None where the model has no variance at all.

    Source: R. L. Brennan, Generalizability Theory (2001), one facet nested in the object of measurement.
    """
    if case_variance + juror_variance + noise_variance <= 0 or reads <= 0:
        return None
    error = juror_variance + noise_variance
    return Generalizability(
        case_variance=case_variance,
        juror_variance=juror_variance,
        noise_variance=noise_variance,
        reads=reads,
        raw=_share(case_variance, error, reads),
        corrected=_share(case_variance, noise_variance, reads),
        needed_raw=_needed(case_variance, error),
        needed_corrected=_needed(case_variance, noise_variance),
    )


def _share(case_variance: float, error: float, reads: float) -> float:
    whole = case_variance + error / reads
    return case_variance / whole if whole > 0 else 0.0


def _needed(case_variance: float, error: float) -> int | None:
    if case_variance <= 0:
        return None
    wanted = max(1, math.ceil(TARGET / (1 - TARGET) * error / case_variance - 1e-9))
    return wanted if wanted <= MOST_READS else None
