"""How the location-scale model is calculated.

Expectation and conditional maximisation: the exact posterior of quality, severity and group means given
spreads, noises and trust (`mixed`), then these one after the other given its moments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from judging.statistics.additive import at_ratios, reml
from judging.statistics.mixed import Moments, Posterior
from judging.statistics.reads import Floats, Places, Table

SPREAD_VARIANCE = 0.06
"""How far spreads lie around 1, squared, before the reads are seen: contests have 0 to .2."""
NOISE_READS = 8.0
"""A juror's noise is drawn to the mean noise as if he had read so many more cases with it, before the reads
are seen."""
BELIEF = 5.0
"""Both are then learned from the reads, in which they count as so many jurors."""
CASES_BELIEVED = 60.0
"""So many cases speak for the variance of quality that follows when all jurors but for severity are alike:
where a few jurors are careless that holds better than what is learned with their scales."""
LEAST_VARIANCE, MOST_VARIANCE = 0.002, 0.5
LEAST_NOISE_READS, MOST_NOISE_READS = 3.0, 80.0
TAILS = 8.0
"""Degrees of freedom of the Student-t weights."""
LOST_TO_TAILS = (TAILS + 3) / (TAILS + 1)
"""A Student-t observation says so many times less than its weight does, as that is itself estimated from the
mark; without this 90 % intervals cover 3 % less."""
LEAST_SPREAD, MOST_SPREAD = 0.05, 4.0
ROUNDS = 60
RATIOS = tuple(float(each) for each in np.arange(-3.0, 3.5, 0.5))
"""Logarithms of noise to case variance between which the rounds start."""
CLOSE = 1e-3
"""Rounds end when no case moves by more than this share of the standard deviation of quality."""


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """Per juror `spread` and `noise` variance, per read the `trust` u, the variance of cases (and what it is
    where all jurors are alike but for severity), all in units of the table's scale; and how jurors differ:
    the variance of spreads, and what NOISE_READS says, as learned."""

    spread: Floats
    noise: Floats
    trust: Floats
    case_variance: float
    alike_variance: float
    spread_variance: float = SPREAD_VARIANCE
    noise_reads: float = NOISE_READS


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A model's outcome in units of the table's scale: point estimates in `posterior`, posterior `variance`
    of cases, `shift_error` of jurors, and `deviation`, whose joint deviations make up most of `variance`."""

    posterior: Posterior
    parameters: Parameters
    deviation: Posterior
    variance: Floats
    shift_error: Floats
    rounds: int

    def predicted(self, case: Places, juror: Places) -> Floats:
        """What the jurors would mark these cases."""
        posterior = self.posterior
        mean = posterior.mean[posterior.table.group[case]]
        mark: Floats = mean + self.parameters.spread[juror] * posterior.effect[case] + posterior.shift[juror]
        return mark


def fit_shifts(data: Table) -> Fitted:
    """The additive model by REML: severities only, drawn to zero where there is little to know them by."""
    posterior, noise = at_ratios(data, reml(data))
    moments = posterior.moments()
    parameters = Parameters(
        spread=np.ones(data.jurors),
        noise=np.full(data.jurors, noise),
        trust=np.ones(data.reads),
        case_variance=1 / posterior.case_precision,
        alike_variance=1 / posterior.case_precision,
    )
    return Fitted(posterior, parameters, posterior, moments.theta, np.sqrt(moments.shift), 0)


def fit_scales(data: Table) -> Fitted:
    """The location-scale model."""
    parameters = _start(data)
    posterior = _expect(data, parameters, 1.0)
    moved, rounds = np.inf, 0
    while rounds < ROUNDS and moved > CLOSE * np.sqrt(parameters.case_variance):
        parameters = _maximise(data, posterior, posterior.moments(), parameters)
        last, posterior = posterior.theta, _expect(data, parameters, 1.0)
        moved = float(np.abs(posterior.theta - last).max())
        rounds += 1
    deviation = _expect(data, parameters, LOST_TO_TAILS)
    moments = deviation.moments()
    variance = moments.theta + _by_scales(data, posterior, parameters)
    return Fitted(posterior, parameters, deviation, variance, np.sqrt(np.maximum(moments.shift, 0)), rounds)


def _start(data: Table) -> Parameters:
    """All jurors alike but for their severity: the likeliest ratio of noise to case variance.

    A grid and a parabola through its best point, no search: adding a constant to a juror then leads to just
    the same start.
    """
    unlikely = [_alike(data, float(np.exp(log)))[0] for log in RATIOS]
    best = int(np.clip(np.argmin(unlikely), 1, len(RATIOS) - 2))
    left, here, right = unlikely[best - 1 : best + 2]
    bend = left - 2 * here + right
    aside = 0.5 * (left - right) / bend if bend > 0 else 0.0
    ratio = float(np.exp(RATIOS[best] + np.clip(aside, -1, 1) * (RATIOS[1] - RATIOS[0])))
    noise = _alike(data, ratio)[1]
    return Parameters(
        np.ones(data.jurors), np.full(data.jurors, noise), np.ones(data.reads), noise / ratio, noise / ratio
    )


def _alike(data: Table, ratio: float) -> tuple[float, float]:
    """Twice minus the restricted log-likelihood at a ratio of noise to case variance, and the noise."""
    ones = np.ones(data.reads)
    posterior = Posterior(data, weight=ones, loading=ones, case_precision=ratio, juror_precision=None)
    free = max(data.reads - posterior.rank, 1)
    noise = max(float(data.y @ (data.y - posterior.fitted)) / free, 1e-9)
    unlikely = free * np.log(noise) + posterior.log_determinant - data.cases * np.log(ratio)
    return float(unlikely), noise


def _by_scales(data: Table, posterior: Posterior, parameters: Parameters) -> Floats:
    """Variance of cases for not knowing the spreads and noises of jurors, by the delta method."""
    loading, weight = posterior.loading, posterior.weight
    effect = posterior.effect[data.case]
    rest = data.y - posterior.shift[data.juror] - posterior.mean[data.read_group]
    known = np.bincount(data.juror, weight * effect**2, data.jurors)
    spread_error = 1 / (known + 1 / parameters.spread_variance)
    noise_error = 2 / (data.juror_reads + parameters.noise_reads)  # of its logarithm
    by_spread = (weight * (rest - 2 * loading * effect)) ** 2 * spread_error[data.juror]
    by_noise = (weight * loading * (rest - loading * effect)) ** 2 * noise_error[data.juror]
    information = np.bincount(data.case, weight * loading**2, data.cases) + posterior.case_precision
    return np.bincount(data.case, by_spread + by_noise, data.cases) / information**2


def _expect(data: Table, parameters: Parameters, widened: float) -> Posterior:
    return Posterior(
        data,
        weight=parameters.trust / (widened * parameters.noise[data.juror]),
        loading=parameters.spread[data.juror],
        case_precision=1 / parameters.case_variance,
        juror_precision=None,
    )


def _maximise(data: Table, posterior: Posterior, moments: Moments, old: Parameters) -> Parameters:
    """Spreads, then trust, then noises, each given the moments of quality and severity."""
    effect = posterior.effect[data.case]
    rest = data.y - posterior.shift[data.juror] - posterior.mean[data.read_group]
    uncertain = moments.case[data.case]
    along = np.bincount(data.juror, posterior.weight * (effect * rest - moments.shared), data.jurors)
    across = np.bincount(data.juror, posterior.weight * (effect**2 + uncertain), data.jurors)
    pull = 1 / old.spread_variance
    spread = np.clip((along + pull) / (across + pull), LEAST_SPREAD, MOST_SPREAD)
    spread /= np.average(spread, weights=data.juror_reads)
    loading = spread[data.juror]
    error = (rest - loading * effect) ** 2 + loading**2 * uncertain
    error = np.maximum(error + 2 * loading * moments.shared + moments.shifted, 1e-12)
    trust = (TAILS + 1) / (TAILS + error / old.noise[data.juror])
    trust /= trust.mean()
    squares: Floats = np.bincount(data.juror, trust * error, data.jurors).astype(np.float64)
    mean_noise = float(squares.sum()) / data.reads
    noise_reads = _noise_reads(data, squares)
    return Parameters(
        spread=spread,
        noise=(squares + noise_reads * mean_noise) / (data.juror_reads + noise_reads),
        trust=trust,
        case_variance=(
            float((posterior.effect**2 + moments.case).sum()) + CASES_BELIEVED * old.alike_variance
        )
        / (data.cases + CASES_BELIEVED),
        alike_variance=old.alike_variance,
        spread_variance=_spread_variance(spread, 1 / (across + pull)),
        noise_reads=noise_reads,
    )


def _spread_variance(spread: Floats, uncertain: Floats) -> float:
    """How far spreads lie around 1, from what the reads say of them and what was believed before."""
    learned = float(((spread - 1) ** 2 + uncertain).sum())
    variance = (learned + BELIEF * SPREAD_VARIANCE) / (len(spread) + BELIEF)
    return float(np.clip(variance, LEAST_VARIANCE, MOST_VARIANCE))


def _noise_reads(data: Table, squares: Floats) -> float:
    """How firmly noises are drawn to their mean: the less, the more their logarithms differ beyond chance."""
    logs = np.log(np.maximum(squares / data.juror_reads, 1e-9))
    free = max(1 - (data.cases + data.jurors) / data.reads, 0.2)  # of each read, after quality and severity
    chance = float(np.mean(2 / np.maximum(data.juror_reads * free, 1)))
    apart = logs - np.average(logs, weights=data.juror_reads)
    learned = max(float((apart**2).sum()) / max(data.jurors - 1, 1) - chance, 0.0)
    variance = (data.jurors * learned + BELIEF * 2 / NOISE_READS) / (data.jurors + BELIEF)
    return float(np.clip(2 / variance, LEAST_NOISE_READS, MOST_NOISE_READS))
