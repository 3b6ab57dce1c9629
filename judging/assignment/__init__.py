"""Who reads what, by button: an exact optimisation instead of a draw.

problem.py (arrays in sorted order) -> arcs.py (which pairs, at what cost) -> programme.py (the optimum)
-> mixing.py (can jurors be compared) -> plan.py (pairs by id, and what could not be satisfied).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

import numpy as np

from judging.assignment.arcs import Whole, candidates
from judging.assignment.mixing import Mixing, mixing
from judging.assignment.plan import plan_of
from judging.assignment.problem import Affinity, Places, Problem, problem_of
from judging.assignment.programme import solve
from judging.values import CaseSeat, JurorSeat, Plan

BRIDGE = 0.05
"""Share of a juror's reads that should be outside his categories."""
TRIES = 12
"""A small distribution is drawn up to so often, to find one in which all jurors can be compared."""
TRIES_PAIRS = 3_000
GOOD_MIXING = 0.98
"""No second draw above this."""

__all__ = ["BRIDGE", "Affinity", "Mixing", "distribute", "mixing"]


def distribute(
    cases: Sequence[CaseSeat],
    jurors: Sequence[JurorSeat],
    *,
    reads: int | Mapping[str, int],
    seed: int,
    conflicts: Set[tuple[str, str]] = frozenset(),
    existing: Iterable[tuple[str, str]] = (),
    closed: Set[tuple[str, str]] = frozenset(),
    bridge: float = BRIDGE,
    affinity: Affinity | None = None,
) -> Plan:
    """Give every case `reads` jurors (one number, or by case id); what is already assigned stays and counts.

    Args:
        conflicts: (juror id, case id) that must not happen.
        existing: (case id, juror id) already assigned and not recused or removed.
        closed: (case id, juror id) that must not come again, e.g. recused or taken away before.
        bridge: share of the reads of a juror named for categories that should lie outside them.
        affinity: 0 to 1, by (case id, juror id) or as an array cases x jurors.
        seed: the same input and seed give the same plan, in whatever order the input comes.
    """
    problem = problem_of(
        cases,
        jurors,
        reads=reads,
        conflicts=conflicts,
        existing=existing,
        closed=closed,
        bridge=bridge,
        affinity=affinity,
    )
    best: tuple[tuple[int, float], Places, Mixing] | None = None
    for attempt in range(TRIES if problem.allowed.size <= TRIES_PAIRS else 1):
        added = _draw(problem, [seed, attempt])
        found = _mixing(problem, added)
        quality = (-found.components, round(found.efficiency, 9))
        if best is None or quality > best[0]:
            best = quality, added, found
        if added.shape[1] == 0 or found.efficiency >= GOOD_MIXING:
            break
    assert best is not None  # at least one draw was made
    return plan_of(problem, best[1], best[2], seed)


def _draw(problem: Problem, seed: Sequence[int]) -> Places:
    """One optimum. Where pruning left a case short that could have its reads, it is solved again with all
    pairs of the short cases, and of the jurors with room left, who can take over from those without."""
    added = solve(problem, candidates(problem, np.random.default_rng(seed)))
    reachable = np.minimum(problem.needs, (problem.allowed & (problem.rooms > 0)).sum(axis=1))
    short = np.bincount(added[0], minlength=len(problem.cases)) < reachable
    if short.any() and int(problem.rooms.sum()) >= int(reachable.sum()):
        spare = np.bincount(added[1], minlength=len(problem.jurors)) < problem.rooms
        added = solve(problem, candidates(problem, np.random.default_rng(seed), Whole(short, spare)))
    return added


def _mixing(problem: Problem, added: Places) -> Mixing:
    pairs = np.concatenate([problem.existing, added], axis=1)
    return mixing(pairs[0], pairs[1], len(problem.cases), len(problem.jurors))
