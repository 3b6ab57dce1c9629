"""The linear programme, solved by scipy's HiGHS.

Every case its reads, loads as even as can be, nobody over his limit, no two jurors of one unit on a case
where that is avoidable, a juror of its category on every case, and some reads outside his category for every
juror, so that panels can be compared. All but the limits may be missed at a price, so there always is a
solution.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

from judging.assignment.arcs import Arcs
from judging.assignment.problem import Places, Problem

SHORT = 1e6
"""Cost of a missing read: before everything else."""
SAME_UNIT = 2e4
"""Cost of a second juror of one unit on a case: avoided unless the read would be missing."""
STRANGERS = 700.0
"""Cost of a case that nobody of its category reads."""
UNEVEN = 200.0
"""Cost of the first read above or below an even load; each further step costs as much more."""
NO_BRIDGE = 150.0
"""Cost of a bridging read that a juror lacks: more than such a read, less than an uneven load."""
LEVELS = 12
"""Steps of the load's convex cost; their widths double, so that any load fits."""

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class _Programme:
    """Columns and rows, gathered block by block. Rows may name columns that are added later."""

    cost: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    width: int = 0
    rows: list[tuple[Places, Places, Floats, Floats, Floats]] = field(default_factory=list)

    def columns(self, cost: Floats, upper: Floats) -> Places:
        """New columns between 0 and `upper`; returns their numbers."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.width += len(cost)
        return np.arange(self.width - len(cost), self.width)

    def constrain(self, *parts: tuple[Places, Places, float], low: Floats, high: Floats) -> None:
        """low <= sum of the parts <= high; a part is (row of each entry, column of each entry, factor)."""
        self.rows.append(
            (
                np.concatenate([row for row, _column, _factor in parts]),
                np.concatenate([column for _row, column, _factor in parts]),
                np.concatenate([np.full(len(row), factor) for row, _column, factor in parts]),
                low,
                high,
            )
        )

    def constraint(self) -> LinearConstraint:
        blocks: list[Any] = [
            csr_matrix((factor, (row, column)), shape=(len(low), self.width))
            for row, column, factor, low, _high in self.rows
        ]
        lows, highs = (np.concatenate([block[place] for block in self.rows]) for place in (3, 4))
        return LinearConstraint(vstack(blocks).tocsc(), lows, highs)


def solve(problem: Problem, arcs: Arcs) -> Places:
    """The pairs to add, by place: (2, M), sorted by case and juror."""
    if len(arcs.case) == 0:
        return np.zeros((2, 0), dtype=np.int64)
    programme = _Programme()
    pairs = programme.columns(arcs.cost, np.ones(len(arcs.case)))
    _reads(programme, problem, arcs, pairs)
    _loads(programme, problem, arcs, pairs)
    _limits(programme, problem, arcs, pairs)
    _units_apart(programme, problem, arcs, pairs)
    if problem.by_category:
        _experts(programme, problem, arcs, pairs)
        _bridging(programme, problem, arcs, pairs)
    chosen = _optimum(programme, arcs)
    return np.stack([arcs.case[chosen], arcs.juror[chosen]])


def _reads(programme: _Programme, problem: Problem, arcs: Arcs, pairs: Places) -> None:
    """Each case its needs, or short of them."""
    cases = np.unique(arcs.case)
    needs = problem.needs[cases].astype(np.float64)
    short = programme.columns(np.full(len(cases), SHORT), needs)
    own = np.arange(len(cases))
    programme.constrain(
        (np.searchsorted(cases, arcs.case), pairs, 1.0), (own, short, 1.0), low=needs, high=needs
    )


def _loads(programme: _Programme, problem: Problem, arcs: Arcs, pairs: Places) -> None:
    """Between the even loads; each step beyond costs more than the one before it."""
    jurors = len(problem.jurors)
    width = np.minimum(2.0 ** np.maximum(np.arange(LEVELS) - 3, 0), 1e6)
    width[-1] = np.inf
    price = UNEVEN * (1 + np.arange(LEVELS))
    above = programme.columns(np.tile(price, jurors), np.tile(width, jurors))
    below = programme.columns(np.tile(price, jurors), np.tile(width, jurors))
    own = np.repeat(np.arange(jurors), LEVELS)
    held = problem.held.astype(np.float64)
    programme.constrain(
        (arcs.juror, pairs, 1.0),
        (own, above, -1.0),
        (own, below, 1.0),
        low=problem.low - held,
        high=problem.high - held,
    )


def _limits(programme: _Programme, problem: Problem, arcs: Arcs, pairs: Places) -> None:
    """Nobody over his limit; only who could get there needs a row."""
    count = np.bincount(arcs.juror, minlength=len(problem.jurors))
    bound = np.flatnonzero(count > problem.rooms)
    row_of = np.full(len(problem.jurors), -1)
    row_of[bound] = np.arange(len(bound))
    inside = row_of[arcs.juror] >= 0
    if len(bound):
        programme.constrain(
            (row_of[arcs.juror[inside]], pairs[inside], 1.0),
            low=np.zeros(len(bound)),
            high=problem.rooms[bound].astype(np.float64),
        )


def _units_apart(programme: _Programme, problem: Problem, arcs: Arcs, pairs: Places) -> None:
    """At most one juror of a unit on a case, none where one of it reads the case already."""
    span = int(problem.unit_of.max()) + 1
    key = arcs.case * span + problem.unit_of[arcs.juror]
    unique, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    occupied = np.isin(unique, problem.existing[0] * span + problem.unit_of[problem.existing[1]])
    wanted = np.flatnonzero((counts > 1) | occupied)
    if len(wanted) == 0:
        return
    row_of = np.full(len(unique), -1)
    row_of[wanted] = np.arange(len(wanted))
    row = row_of[inverse]
    inside = row >= 0
    shared = programme.columns(np.full(len(wanted), SAME_UNIT), np.full(len(wanted), np.inf))
    programme.constrain(
        (row[inside], pairs[inside], 1.0),
        (np.arange(len(wanted)), shared, -1.0),
        low=np.full(len(wanted), -np.inf),
        high=np.where(occupied[wanted], 0.0, 1.0),
    )


def _experts(programme: _Programme, problem: Problem, arcs: Arcs, pairs: Places) -> None:
    """At least one reader of the case's category, where one could come and none is there."""
    expert = np.zeros(len(problem.cases), dtype=np.bool_)
    at_home = problem.home[problem.existing[0], problem.existing[1]]
    expert[problem.existing[0][at_home]] = True
    inside = problem.home[arcs.case, arcs.juror] & ~expert[arcs.case]
    cases = np.unique(arcs.case[inside])
    if len(cases) == 0:
        return
    strangers = programme.columns(np.full(len(cases), STRANGERS), np.ones(len(cases)))
    programme.constrain(
        (np.searchsorted(cases, arcs.case[inside]), pairs[inside], 1.0),
        (np.arange(len(cases)), strangers, 1.0),
        low=np.ones(len(cases)),
        high=np.full(len(cases), np.inf),
    )


def _bridging(programme: _Programme, problem: Problem, arcs: Arcs, pairs: Places) -> None:
    """Some reads outside his categories for every juror: they tie the panels together."""
    jurors = np.flatnonzero(problem.bridges > 0)
    if len(jurors) == 0:
        return
    row_of = np.full(len(problem.jurors), -1)
    row_of[jurors] = np.arange(len(jurors))
    inside = ~problem.home[arcs.case, arcs.juror] & (row_of[arcs.juror] >= 0)
    wanted = problem.bridges[jurors].astype(np.float64)
    lacking = programme.columns(np.full(len(jurors), NO_BRIDGE), wanted)
    programme.constrain(
        (row_of[arcs.juror[inside]], pairs[inside], 1.0),
        (np.arange(len(jurors)), lacking, 1.0),
        low=wanted,
        high=np.full(len(jurors), np.inf),
    )


def _optimum(programme: _Programme, arcs: Arcs) -> npt.NDArray[np.bool_]:
    """Solve. The programme is nearly a network, so its corners are whole numbers; cases where one is not are
    solved again in whole numbers with all others as they are."""
    pairs = len(arcs.case)
    cost, upper = np.concatenate(programme.cost), np.concatenate(programme.upper)
    constraint = programme.constraint()
    found = _solved(cost, constraint, Bounds(0, upper), None)[:pairs]
    broken = (found > 1e-6) & (found < 1 - 1e-6)
    if bool(broken.any()):
        free = np.isin(arcs.case, arcs.case[broken])
        low, whole = np.zeros(len(cost)), np.zeros(len(cost))
        low[:pairs] = np.where(free, 0.0, np.round(found))
        upper[:pairs] = np.where(free, 1.0, np.round(found))
        whole[:pairs] = free
        found = _solved(cost, constraint, Bounds(low, upper), whole)[:pairs]
    return found > 0.5


def _solved(cost: Floats, constraint: LinearConstraint, bounds: Bounds, integrality: Floats | None) -> Floats:
    """Raises RuntimeError when the solver gave up: a fault of the programme, not of the input."""
    found = milp(cost, constraints=constraint, bounds=bounds, integrality=integrality)
    if found.x is None:
        raise RuntimeError(f"HiGHS: {found.message}")
    solution: Floats = found.x
    return solution
