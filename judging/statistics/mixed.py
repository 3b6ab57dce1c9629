"""The equations both models share, solved exactly.

    y = mu_group + a q_case + b_juror + e,   q ~ N(0, 1 / case_precision),   Var e = 1 / weight

Case effects are eliminated (their block is diagonal), which leaves a dense system in the jurors and groups:
400 jurors are a 400 x 400 matrix however many cases there are. Jurors' shifts b are either drawn from
N(0, 1 / juror_precision) or, with `juror_precision` None, free: then adding a constant to all marks of one
juror changes his shift by that constant and nothing else. Free shifts are counted from their mean (in each
set of jurors and groups that hang together), since only differences between jurors can be known.

After Henderson's mixed model equations with the Schur complement on the juror block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.linalg as sla
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from judging.statistics.reads import Floats, Places, Table

FIRM = 1e3
"""How many times the mean information on a juror holds the mean of free shifts at zero."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Posterior variances: of `case` effects, of `theta` = case effect + group mean, of juror `shift`s; per
    read: `shifted` = Var(b + mu), `shared` = Cov(q, b + mu)."""

    case: Floats
    theta: Floats
    shift: Floats
    shifted: Floats
    shared: Floats


class Posterior:
    """Exact posterior for given weights and loadings (one a read) and prior precisions."""

    def __init__(
        self,
        table: Table,
        *,
        weight: Floats,
        loading: Floats,
        case_precision: float,
        juror_precision: float | None,
    ) -> None:
        self.table = table
        self.weight = weight
        self.loading = loading
        self.case_precision = case_precision
        self._pull = weight * loading  # how hard each read pulls at its case
        self._case_information = np.bincount(table.case, self._pull * loading, table.cases) + case_precision
        self._case_pull = np.bincount(table.case, self._pull, table.cases)
        self._case_sum = np.bincount(table.case, self._pull * table.y, table.cases)
        system = self._system(juror_precision)
        self._factor = sla.cholesky(system, lower=True, check_finite=False)
        self.beta: Floats = sla.cho_solve((self._factor, True), self._right_side(), check_finite=False)
        self.shift: Floats = self.beta[: table.jurors]
        self.mean: Floats = self.beta[table.jurors :]
        shifted = self.shift[table.juror] + self.mean[table.read_group]
        self.effect: Floats = (
            self._case_sum - np.bincount(table.case, self._pull * shifted, table.cases)
        ) / self._case_information
        self.theta: Floats = self.effect + self.mean[table.group]
        self.fitted: Floats = loading * self.effect[table.case] + shifted

    @property
    def rank(self) -> int:
        """Free numbers in severities and means."""
        return len(self.beta) - len(self._hanging_together)

    @property
    def log_determinant(self) -> float:
        """Of the whole coefficient matrix."""
        return float(np.log(self._case_information).sum() + 2 * np.log(np.diag(self._factor)).sum())

    def _system(self, juror_precision: float | None) -> Floats:
        table, jurors, groups = self.table, self.table.jurors, self.table.groups
        first, second = table.pairs
        size = jurors + groups
        system = np.zeros((size, size))
        every, group_of = np.arange(jurors), np.arange(jurors, size)
        by_juror = np.bincount(table.juror, self.weight, jurors)
        system[every, every] = by_juror
        between = self._pair_weight(first, second)
        system[:jurors, :jurors] -= np.bincount(
            table.juror[first] * jurors + table.juror[second], between, jurors * jurors
        ).reshape(jurors, jurors)
        part = self._case_pull / self._case_information
        cross = np.bincount(
            table.juror * groups + table.read_group,
            self.weight - self._pull * part[table.case],
            jurors * groups,
        ).reshape(jurors, groups)
        system[:jurors, jurors:] = cross
        system[jurors:, :jurors] = cross.T
        system[group_of, group_of] = np.bincount(table.read_group, self.weight, groups) - np.bincount(
            table.group, self._case_pull * part, groups
        )
        if juror_precision is not None:
            system[every, every] += juror_precision
        else:
            for together in self._hanging_together:
                system[np.ix_(together, together)] += FIRM * by_juror[together].mean() / len(together)
        return system

    def _pair_weight(self, first: Places, second: Places) -> Floats:
        return self._pull[first] * self._pull[second] / self._case_information[self.table.case[first]]

    @cached_property
    def _hanging_together(self) -> tuple[Places, ...]:
        """Jurors whose common shift cannot be told from the means of the groups they read."""
        table = self.table
        links = csr_matrix(
            (np.ones(table.reads), (table.juror, table.jurors + table.read_group)),
            shape=(table.jurors + table.groups,) * 2,
        )
        count, label = connected_components(links, directed=False)
        return tuple(np.nonzero(label[: table.jurors] == place)[0] for place in range(count))

    def _right_side(self) -> Floats:
        table = self.table
        part = self._case_sum / self._case_information
        left = self.weight * table.y - self._pull * part[table.case]
        return np.concatenate(
            [
                np.bincount(table.juror, left, table.jurors),
                np.bincount(table.read_group, left, table.groups),
            ]
        )

    def moments(self) -> Moments:
        """Posterior variances; only pairs of reads within a case are needed."""
        table, jurors = self.table, self.table.jurors
        spread = sla.cho_solve((self._factor, True), np.eye(len(self.beta)), check_finite=False)
        first, second = table.pairs
        case = table.case[first]
        group = jurors + table.group[case]
        own = np.diag(spread)
        to_group = spread[table.juror, jurors + table.read_group]
        mean_variance = own[jurors:]
        covered = (
            spread[table.juror[first], table.juror[second]] + to_group[first] + to_group[second] + own[group]
        )
        with_pair = np.bincount(case, self._pair_weight(first, second) * covered, table.cases)
        effect = (1 + with_pair) / self._case_information
        shared = (
            -np.bincount(second, self._pull[first] * covered, table.reads)
            / self._case_information[table.case]
        )
        of_read = own[jurors + table.read_group]
        with_mean = (
            np.bincount(table.case, self._pull * (to_group + of_read), table.cases) / self._case_information
        )
        return Moments(
            case=effect,
            theta=np.maximum(effect - 2 * with_mean + mean_variance[table.group], 0.0),
            shift=own[:jurors],
            shifted=own[table.juror] + 2 * to_group + of_read,
            shared=shared,
        )

    def deviations(self, rng: np.random.Generator, many: int, alone: Floats) -> Floats:
        """Joint draws of what theta may lie off: one row a draw, one column a case. `alone` is variance that
        each case has by itself beside."""
        table = self.table
        shape = (len(self.beta), many)
        beta = sla.solve_triangular(
            self._factor, rng.standard_normal(shape), lower=True, trans="T", check_finite=False
        )
        pull = csr_matrix((self._pull, (table.case, table.juror)), shape=(table.cases, table.jurors))
        share = 1 / self._case_information
        drawn = rng.standard_normal((many, table.cases))
        drawn *= np.sqrt(share + alone)
        drawn -= (pull @ beta[: table.jurors]).T * share
        drawn += beta[table.jurors :].T[:, table.group] * (1 - self._case_pull * share)
        return drawn
