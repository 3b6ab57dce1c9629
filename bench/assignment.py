"""Who reads what: the product's optimum beside a greedy distribution and a draw, on the same contests.

Ten categories, jurors named for one of them, three jurors a unit, conflicts with the own unit and one pair in
twenty. "out of reach" are reads that the greedy way could not place.
"""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.table import Result
from judging.assignment import distribute, mixing
from judging.values import CaseSeat, JurorSeat

JOB = "assignment, 20,000 cases x 400 jurors x 4 reads"
PLAIN = (
    "greedy: case by case the least loaded allowed juror of its category, else of any; a draw: allowed "
    "jurors at random"
)
SIZES = ((1_000, 40, 4), (20_000, 400, 4))
CATEGORIES = 10
CONFLICTS = 0.05

Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Contest:
    """Cases, jurors, and who may not read what; categories of cases and jurors, units of jurors, by place."""

    cases: list[CaseSeat]
    jurors: list[JurorSeat]
    reads: int
    forbidden: npt.NDArray[np.bool_]
    category: npt.NDArray[np.int64]
    named: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one way to distribute."""

    seconds: float
    unfilled: int
    least: int
    most: int
    doubled: int
    home: float
    components: int
    efficiency: float


def contest(cases: int, jurors: int, reads: int, seed: int = 1) -> Contest:
    """Deterministic; places are in the order of the ids."""
    rng = np.random.default_rng(seed)
    category = rng.integers(0, CATEGORIES, cases)
    named = np.arange(jurors) % CATEGORIES
    units = max(jurors // 3, 1)
    unit, of_case = rng.integers(0, units, jurors), rng.integers(0, units, cases)
    forbidden = rng.random((cases, jurors)) < CONFLICTS
    forbidden |= of_case[:, None] == unit[None]
    return Contest(
        [CaseSeat(f"c{n:06}", f"C{n}", f"u{of_case[n]}", "", f"k{category[n]}") for n in range(cases)],
        [
            JurorSeat(f"j{n:04}", f"J{n}", f"u{unit[n]}", "", frozenset({f"k{named[n]}"}))
            for n in range(jurors)
        ],
        reads,
        forbidden,
        category,
        named,
        unit,
    )


def ours(given: Contest) -> Pairs:
    conflicts = {
        (given.jurors[juror].juror_id, given.cases[case].case_id)
        for case, juror in np.argwhere(given.forbidden).tolist()
    }
    plan = distribute(given.cases, given.jurors, reads=given.reads, seed=1, conflicts=conflicts)
    return [(int(case[1:]), int(juror[1:])) for case, juror in plan.added]


def greedy(given: Contest) -> Pairs:
    """The way of most systems: each case takes the least loaded jurors of its category that it may have."""
    loads = np.zeros(len(given.jurors), dtype=np.int64)
    highest = -(-len(given.cases) * given.reads // len(given.jurors))
    found: Pairs = []
    for case in range(len(given.cases)):
        taken: set[int] = set()
        cost = loads + np.where(given.named == given.category[case], 0, 1_000)
        cost = np.where(given.forbidden[case] | (loads >= highest), 1_000_000, cost)
        for juror in np.argsort(cost, kind="stable").tolist():
            if len(taken) == given.reads or cost[juror] == 1_000_000:
                break
            if not any(given.unit[juror] == given.unit[each] for each in taken):
                taken.add(juror)
                loads[juror] += 1
        found.extend((case, juror) for juror in sorted(taken))
    return found


def drawn(given: Contest) -> Pairs:
    """Lots: any juror who may read the case."""
    rng = np.random.default_rng(2)
    found: Pairs = []
    for case in range(len(given.cases)):
        free = np.flatnonzero(~given.forbidden[case])
        chosen = rng.choice(free, size=min(given.reads, len(free)), replace=False)
        found.extend((case, int(juror)) for juror in np.sort(chosen))
    return found


def measured(way: Callable[[Contest], Pairs], given: Contest) -> Outcome:
    started = time.process_time()
    pairs = np.array(way(given), dtype=np.int64).T
    seconds = time.process_time() - started
    case, juror = pairs
    loads = np.bincount(juror, minlength=len(given.jurors))
    quality = mixing(case, juror, len(given.cases), len(given.jurors))
    units = case * (int(given.unit.max()) + 1) + given.unit[juror]
    assert not given.forbidden[case, juror].any()
    return Outcome(
        seconds,
        len(given.cases) * given.reads - len(case),
        int(loads.min()),
        int(loads.max()),
        len(case) - len(np.unique(units)),
        float((given.category[case] == given.named[juror]).mean()),
        quality.components,
        quality.efficiency,
    )


def run(_folder: Path) -> list[Result]:
    found: list[Result] = []
    for cases, jurors, reads in SIZES:
        given = contest(cases, jurors, reads)
        best, plain, lots = (measured(way, given) for way in (ours, greedy, drawn))
        size = f"{cases:,} x {jurors}"
        for name, other in (("greedy", plain), ("a draw", lots)):
            found += [
                Result(JOB, f"{size}, seconds of CPU; {name}", best.seconds, other.seconds, "s"),
                Result(JOB, f"{size}, reads not filled; {name}", best.unfilled, other.unfilled, ""),
                Result(
                    JOB,
                    f"{size}, load range; {name}",
                    best.most - best.least,
                    other.most - other.least,
                    "reads",
                ),
                Result(JOB, f"{size}, two of one unit; {name}", best.doubled, other.doubled, "cases"),
                Result(
                    JOB,
                    f"{size}, reads in the juror's category; {name}",
                    100 * best.home,
                    100 * other.home,
                    "%",
                    True,
                ),
                Result(JOB, f"{size}, A-efficiency; {name}", best.efficiency, other.efficiency, "", True),
            ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found.append(Result(JOB, "memory at the peak, all three ways", peak, peak, "MB"))
    return found
