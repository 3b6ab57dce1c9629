"""Which pairs become variables, and what they cost: in large contests each case keeps its best jurors and a
few drawn at random, which keep the programme solvable and the graph well mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from judging.assignment.problem import Places, Problem, Truths

OUT_OF_CATEGORY = 60.0
"""Cost of a case outside the categories a juror is named for."""
TOPIC = 40.0
"""What a subject that the juror knows takes off."""
JITTER = 20.0
"""Random part of a pair's cost: without it the solver clumps jurors into groups that share no case."""
ALL_PAIRS = 400_000
"""Up to so many pairs all are variables."""
BEST = 25
DRAWN = 10
BLOCK = 4000
"""Cases looked at together: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Candidate pairs: case, juror and cost of each, sorted by case."""

    case: Places
    juror: Places
    cost: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Whole:
    """Cases and jurors of which nothing is pruned."""

    cases: Truths
    jurors: Truths


def candidates(problem: Problem, rng: np.random.Generator, whole: Whole | None = None) -> Arcs:
    """The pairs to choose from."""
    needy = np.flatnonzero(problem.needs > 0)
    prune = problem.allowed.size > ALL_PAIRS and len(problem.jurors) > BEST + DRAWN
    parts = [
        _block(problem, rng, needy[start : start + BLOCK], prune, whole)
        for start in range(0, len(needy), BLOCK)
    ]
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Arcs(none, none, np.zeros(0))
    case, juror, cost = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Arcs(case, juror, cost)


def _block(
    problem: Problem, rng: np.random.Generator, rows: Places, prune: bool, whole: Whole | None
) -> tuple[Places, Places, npt.NDArray[np.float64]]:
    cost = rng.random((len(rows), len(problem.jurors)), dtype=np.float32) * np.float32(JITTER)
    cost += np.where(problem.home[rows], np.float32(0), np.float32(OUT_OF_CATEGORY))
    if problem.affinity is not None:
        cost += np.float32(TOPIC) * (1 - problem.affinity[rows])
    possible = problem.allowed[rows] & (problem.rooms > 0)
    kept = possible
    if prune:
        kept = possible & _chosen(cost, possible, rng)
        if whole is not None:
            kept |= possible & (whole.cases[rows][:, None] | whole.jurors)
    place, juror = np.nonzero(kept)
    return rows[place], juror, cost[place, juror].astype(np.float64)


def _chosen(cost: npt.NDArray[np.float32], possible: Truths, rng: np.random.Generator) -> Truths:
    """The BEST cheapest of each row, and DRAWN of the others."""
    kept = np.zeros(cost.shape, dtype=np.bool_)
    _mark_lowest(kept, np.where(possible, cost, np.inf), BEST)
    draw = rng.random(cost.shape, dtype=np.float32)
    draw[kept | ~possible] = np.inf
    _mark_lowest(kept, draw, DRAWN)
    return kept


def _mark_lowest(kept: Truths, values: npt.NDArray[np.floating], count: int) -> None:
    np.put_along_axis(kept, np.argpartition(values, count - 1, axis=1)[:, :count], True, axis=1)
