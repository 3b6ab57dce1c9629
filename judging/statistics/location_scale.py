"""The location-scale model: each juror has his own severity, spread and noise.

    y = mu_group + a_juror q_case - s_juror + e,   Var e = psi_juror / u_read

q ~ N(0, v_case); spreads a and noises psi are drawn to the mean juror where there is little to know them by;
u are Student-t weights, so that a single mark far off pulls less. Severities are free: a constant added to
all marks of one juror changes his severity by that constant, and no case's place.

`estimation` has the calculation; here is what is said of it, and when the reads cannot carry it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foundation.text import Text, _
from judging.statistics.additive import hindrance
from judging.statistics.connectivity import Connectivity, connectivity
from judging.statistics.estimates import CaseEstimate, case_estimates
from judging.statistics.estimation import Fitted, Parameters, fit_scales, fit_shifts
from judging.statistics.held_out import held_out_ratio
from judging.statistics.mixed import Posterior
from judging.statistics.reads import Floats, Read, Table, table

ENOUGH_READS = 20
"""Reads a juror that it takes to come near what knowing the jurors would give."""
LEAST_READS = 8
"""Reads of the median juror below which spread and noise are not estimated."""


@dataclass(frozen=True, slots=True)
class JurorEstimate:
    """A juror by the model: `severity` in points (positive: marks lower than the mean juror), `spread` of his
    marks for the same differences in quality (1: as all), `noise`: standard deviation in points of what in
    his marks is neither."""

    severity: float
    severity_se: float
    spread: float
    noise: float
    reads: int


@dataclass(frozen=True, slots=True)
class ReadAudit:
    """What became of one read. `weight` is its share of the information that all reads of its case give,
    `adjusted` is the mark as the mean juror would have given it."""

    case_id: str
    juror_id: str
    mark: float
    severity: float
    spread: float
    weight: float
    adjusted: float


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A fit. `method` is "location_scale", "additive" or "mean"; `reason` is a sentence that says why and how
    far it can be trusted. `theta`, `sd` are by place in `table.case_ids`, on the scale of the marks."""

    method: str
    reason: Text
    cases: Mapping[str, CaseEstimate]
    jurors: Mapping[str, JurorEstimate]
    reads: tuple[ReadAudit, ...]
    connectivity: Connectivity
    table: Table
    theta: Floats
    sd: Floats | None
    deviation: Posterior | None
    rounds: int

    def draw(self, rng: np.random.Generator, many: int) -> Floats:
        """Joint draws of the cases' quality on the scale of the marks: one row a draw, one column a case.

        Raises:
            ValueError: the reads say nothing of chance (`sd` None).
        """
        if self.sd is None:
            raise ValueError("nothing to draw from")
        if self.deviation is None:
            noise = rng.standard_normal((many, self.table.cases)) * self.sd
        else:
            noise = self.deviation.deviations(rng, many, self._alone) * self.table.scale
        drawn: Floats = self.theta + noise
        return drawn

    @cached_property
    def held_out_ratio(self) -> float | None:
        """Error in predicting reads that were left out, against doing the same without regard to jurors:
        up to .97 calibration helps, above .995 it is not needed. None where there is too little to leave out.
        Calculated when first asked for: five more fits."""
        return None if self.method == "mean" else held_out_ratio(self.table, self.method)

    @cached_property
    def _alone(self) -> Floats:
        """Variance of each case that `deviation` does not account for, in units of the table's scale."""
        assert self.deviation is not None
        assert self.sd is not None
        apart: Floats = np.maximum((self.sd / self.table.scale) ** 2 - self.deviation.moments().theta, 0.0)
        return apart


def fit(reads: Iterable[Read]) -> Calibrated:
    """Fit, falling back to the additive model or the mean where the reads cannot carry more.

    Raises:
        ValueError: as `table`.
    """
    data = table(reads)
    linked = connectivity(data.case, data.juror, data.cases, data.jurors)
    reason = hindrance(data)
    if reason is not None:
        return _by_mean(data, linked, reason)
    reason = _too_little(data, linked)
    if reason is not None:
        return _calibrated("additive", reason, data, linked, fit_shifts(data))
    return _calibrated("location_scale", _praise(data), data, linked, fit_scales(data))


def _too_little(data: Table, linked: Connectivity) -> Text | None:
    """Why spread and noise of jurors are not estimated."""
    if linked.components > 1 and not _apart_by_group(data, linked):
        return _(
            "评委分成互不相交的 %(groups)s 组，组间没有共同的案例；只校准宽严，组间比较仅供参考。",
            groups=linked.components,
        )
    middle = int(np.median(data.juror_reads))
    if middle < LEAST_READS:
        return _("评委平均只评审了 %(reads)s 个案例，不足以估计每位评委的尺度，只校准宽严。", reads=middle)
    return None


def _apart_by_group(data: Table, linked: Connectivity) -> bool:
    """Whether each group of cases lies within one set of jurors: then its cases can be compared."""
    together = np.unique(np.stack([data.read_group, linked.of_juror[data.juror]]), axis=1)
    return int(together.shape[1]) == data.groups


def _praise(data: Table) -> Text:
    middle = int(np.median(data.juror_reads))
    if middle < ENOUGH_READS:
        return _(
            "按每位评委的宽严、尺度和稳定程度校准。评委平均只评审了 %(reads)s 个案例，"
            "约需 %(enough)s 个才能估计得准。",
            reads=middle,
            enough=ENOUGH_READS,
        )
    return _("按每位评委的宽严、尺度和稳定程度校准。")


def _calibrated(method: str, reason: Text, data: Table, linked: Connectivity, fitted: Fitted) -> Calibrated:
    posterior, parameters = fitted.posterior, fitted.parameters
    theta = posterior.theta * data.scale + data.centre
    sd = np.sqrt(fitted.variance) * data.scale
    severity = -posterior.shift * data.scale
    error = fitted.shift_error * data.scale
    noise = np.sqrt(parameters.noise) * data.scale
    return Calibrated(
        method=method,
        reason=reason,
        cases=case_estimates(data, theta, sd),
        jurors={
            juror_id: JurorEstimate(
                severity=float(severity[place]),
                severity_se=float(error[place]),
                spread=float(parameters.spread[place]),
                noise=float(noise[place]),
                reads=int(data.juror_reads[place]),
            )
            for place, juror_id in enumerate(data.juror_ids)
        },
        reads=_audit(data, posterior, parameters, severity),
        connectivity=linked,
        table=data,
        theta=theta,
        sd=sd,
        deviation=fitted.deviation,
        rounds=fitted.rounds,
    )


def _audit(
    data: Table, posterior: Posterior, parameters: Parameters, severity: Floats
) -> tuple[ReadAudit, ...]:
    spread = parameters.spread[data.juror]
    information = posterior.weight * spread**2
    weight = information / np.bincount(data.case, information, data.cases)[data.case]
    mean = posterior.mean[data.read_group]
    adjusted = mean + (data.y - mean - posterior.shift[data.juror]) / spread
    adjusted = adjusted * data.scale + data.centre
    columns = (data.case, data.juror, data.value, severity[data.juror], spread, weight, adjusted)
    return tuple(
        ReadAudit(data.case_ids[case], data.juror_ids[juror], *rest)
        for case, juror, *rest in zip(*(column.tolist() for column in columns), strict=True)
    )


def _by_mean(data: Table, linked: Connectivity, reason: Text) -> Calibrated:
    within = data.value - data.means[data.case]
    free = data.reads - data.cases
    noise = float(np.sqrt(within @ within / free)) if free else 0.0
    sd = noise / np.sqrt(data.case_reads) if free else None
    share = 1 / data.case_reads[data.case]
    return Calibrated(
        method="mean",
        reason=reason,
        cases=case_estimates(data, data.means, sd),
        jurors={
            juror_id: JurorEstimate(0.0, 0.0, 1.0, noise, int(data.juror_reads[place]))
            for place, juror_id in enumerate(data.juror_ids)
        },
        reads=tuple(
            ReadAudit(
                data.case_ids[case], data.juror_ids[juror], float(mark), 0.0, 1.0, float(part), float(mark)
            )
            for case, juror, mark, part in zip(data.case, data.juror, data.value, share, strict=True)
        ),
        connectivity=linked,
        table=data,
        theta=data.means,
        sd=sd,
        deviation=None,
        rounds=0,
    )
