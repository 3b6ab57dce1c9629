"""The additive model: a read is its case's quality, minus its juror's severity, plus chance.

    y = mu_group + q_case - s_juror + e,   q ~ N(0, v_case), s ~ N(0, v_juror), e ~ N(0, v_noise)

Variances by REML, profiled over the two ratios. The adjusted score of a case, the mean of its reads with each
juror's severity added, can be checked by hand from the published severities: it is what a call with the rule
"adjusted" publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from scipy.optimize import minimize

from foundation.text import Text, _
from judging.statistics.connectivity import Connectivity, connectivity
from judging.statistics.estimates import CaseEstimate, case_estimates
from judging.statistics.mixed import Posterior
from judging.statistics.reads import Floats, Read, Table, table

LOWEST, HIGHEST = -9.0, 12.0
"""Bounds of the logarithm of noise variance to effect variance."""
RATIO_DIGITS = 3
"""The logarithms are rounded to this many decimals: far finer than any contest can tell them, and coarse
enough that two machines come to the same severities to the last published digit."""
PUBLISHED = Decimal("0.0001")
LEAST_FREE = 3
"""Reads beyond cases and groups that it takes to tell severity from quality."""


@dataclass(frozen=True, slots=True)
class Variances:
    """Of the quality of cases, the severity of jurors, and chance, in squared mark points."""

    case: float
    juror: float
    noise: float


@dataclass(frozen=True, slots=True)
class Additive:
    """`severity`: how many points a juror marks below the mean juror (above: negative), `severity_se` its
    standard error, `published` the severity as a decimal of four places, `adjusted` the mean of a case's
    reads with these added. Where the reads cannot tell severity from quality (`estimated` false, `reason`
    says why) severities are 0 and the adjusted score is the mean. `cases` are the model's own estimates,
    drawn to the mean of their group by how little each was read."""

    severity: Mapping[str, float]
    severity_se: Mapping[str, float]
    published: Mapping[str, Decimal]
    variances: Variances
    cases: Mapping[str, CaseEstimate]
    adjusted: Mapping[str, float]
    connectivity: Connectivity
    estimated: bool
    reason: Text

    def case(self, case_id: str) -> CaseEstimate:
        """The model's own estimate of a case."""
        return self.cases[case_id]


def fit_additive(reads: Iterable[Read]) -> Additive:
    """Fit by REML.

    Raises:
        ValueError: as `table`.
    """
    data = table(reads)
    linked = connectivity(data.case, data.juror, data.cases, data.jurors)
    reason = hindrance(data)
    if reason is not None:
        return _unadjusted(data, linked, reason)
    ratios = reml(data)
    posterior, noise = at_ratios(data, ratios)
    moments = posterior.moments()
    square = data.scale**2
    severity = -posterior.shift * data.scale
    published = [_published(each) for each in severity]
    error = np.sqrt(moments.shift) * data.scale
    adjusted = data.value + np.array([float(each) for each in published])[data.juror]
    return Additive(
        severity=dict(zip(data.juror_ids, severity.tolist(), strict=True)),
        severity_se=dict(zip(data.juror_ids, error.tolist(), strict=True)),
        published=dict(zip(data.juror_ids, published, strict=True)),
        variances=Variances(
            noise / float(np.exp(ratios[0])) * square,
            noise / float(np.exp(ratios[1])) * square,
            noise * square,
        ),
        cases=case_estimates(
            data, posterior.theta * data.scale + data.centre, np.sqrt(moments.theta) * data.scale
        ),
        adjusted=_by_case(data, np.bincount(data.case, adjusted, data.cases) / data.case_reads),
        connectivity=linked,
        estimated=True,
        reason=_severity_reason(linked),
    )


def hindrance(data: Table) -> Text | None:
    """Why severity cannot be told from quality in these reads; None if it can."""
    if data.jurors == 1:
        return _("只有一位评委，宽严无从比较，按平均分计。")
    if data.cases == 1:
        return _("只有一个案例，宽严与案例好坏无从区分，按平均分计。")
    if data.reads - data.cases < LEAST_FREE:
        return _("几乎每个案例都只有一次评审，宽严与案例好坏无从区分，按平均分计。")
    if float(data.y.std()) < 1e-9:
        return _("所有评分相同，没有什么可以校准，按平均分计。")
    within = data.value - data.means[data.case]
    if float(np.abs(within).max()) < 1e-9 * data.scale:
        return _("每个案例的各次评分完全相同，没有什么可以校准，按平均分计。")
    return None


def _severity_reason(linked: Connectivity) -> Text:
    if linked.components > 1:
        return _(
            "评委分成互不相交的 %(groups)s 组，组间宽严只能按各组案例总体水平相同来推断。",
            groups=linked.components,
        )
    return _("各评委的宽严由共同评审的案例推断，加回每次评分后再平均。")


def _published(severity: float) -> Decimal:
    exact = Decimal(severity).quantize(PUBLISHED)
    return exact if exact else Decimal("0.0000")  # no minus zero


def _by_case(data: Table, values: Floats) -> dict[str, float]:
    return dict(zip(data.case_ids, values.tolist(), strict=True))


def _unadjusted(data: Table, linked: Connectivity, reason: Text) -> Additive:
    within = float(((data.value - data.means[data.case]) ** 2).sum())
    free = data.reads - data.cases
    noise = within / free if free else None
    return Additive(
        severity=dict.fromkeys(data.juror_ids, 0.0),
        severity_se=dict.fromkeys(data.juror_ids, 0.0),
        published=dict.fromkeys(data.juror_ids, Decimal("0.0000")),
        variances=Variances(float(data.means.var()), 0.0, noise or 0.0),
        cases=case_estimates(data, data.means, None if noise is None else np.sqrt(noise / data.case_reads)),
        adjusted=_by_case(data, data.means),
        connectivity=linked,
        estimated=False,
        reason=reason,
    )


def at_ratios(data: Table, ratios: Floats) -> tuple[Posterior, float]:
    """Posterior at the logarithms of (noise / case, noise / juror) variance, and the noise variance that goes
    with them."""
    flat = np.ones(data.reads)
    case_ratio, juror_ratio = (float(each) for each in np.exp(ratios))
    posterior = _solved(data, flat, case_ratio, juror_ratio)
    noise = _noise(data, posterior)
    return _solved(data, flat / noise, case_ratio / noise, juror_ratio / noise), noise


def _solved(data: Table, weight: Floats, case_precision: float, juror_precision: float) -> Posterior:
    return Posterior(
        data,
        weight=weight,
        loading=np.ones(data.reads),
        case_precision=case_precision,
        juror_precision=juror_precision,
    )


def _noise(data: Table, posterior: Posterior) -> float:
    """The noise variance that maximises the restricted likelihood at these ratios."""
    squares = float(data.y @ (data.y - posterior.fitted))
    return max(squares / (data.reads - data.groups), 1e-12)


def minus_likelihood(data: Table, logs: Floats) -> float:
    """Minus the restricted log-likelihood, up to a constant, profiled over the noise variance."""
    bounded = np.clip(logs, LOWEST, HIGHEST)
    case_ratio, juror_ratio = (float(each) for each in np.exp(bounded))
    posterior = _solved(data, np.ones(data.reads), case_ratio, juror_ratio)
    return 0.5 * (
        (data.reads - data.groups) * float(np.log(_noise(data, posterior)))
        + posterior.log_determinant
        - data.cases * float(bounded[0])
        - data.jurors * float(bounded[1])
    )


def reml(data: Table) -> Floats:
    """Logarithms of (noise / case, noise / juror) variance at the maximum of the restricted likelihood."""
    start = _by_moments(data)
    found = minimize(
        lambda logs: minus_likelihood(data, logs),
        start,
        method="Nelder-Mead",
        options={
            "xatol": 1e-4,
            "fatol": 1e-8,
            "maxfev": 300,
            "initial_simplex": start + np.array([[0.0, 0.0], [0.5, 0.0], [0.0, 0.5]]),
        },
    )
    rounded: Floats = np.round(np.clip(found.x, LOWEST, HIGHEST), RATIO_DIGITS)
    return rounded


def _by_moments(data: Table) -> Floats:
    """Where the search starts: variances from the means of cases and jurors."""
    means = np.bincount(data.case, data.y, data.cases) / data.case_reads
    rest = data.y - means[data.case]
    shifts = np.bincount(data.juror, rest, data.jurors) / data.juror_reads
    juror = max(float(shifts.var()), 1e-3)
    within = float(rest @ rest) / max(data.reads - data.cases, 1)
    noise = max(within - juror, 0.2 * within, 1e-6)
    case = max(float(means.var()) - within * data.cases / data.reads, 0.05 * within, 1e-6)
    return np.log([noise / case, noise / juror])
