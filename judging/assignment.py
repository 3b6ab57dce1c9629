"""Who reads what, by button: an exact optimisation instead of a draw.

One linear programme (scipy's HiGHS) over the allowed pairs: every case its reads, loads as even as can be,
no two jurors of one unit on a case where that is avoidable, nobody over his limit, conflicts simply have no
variable. The programme is a network flow with convex costs, so its vertices are whole numbers; should a
solver return a fraction all the same, it is solved again with whole-number variables. Equal pairs are told
apart by seeded jitter: without it the solver clumps jurors into groups that share no case and cannot be
compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, diags, vstack
from scipy.sparse.csgraph import connected_components

from foundation.text import Text, _, n_
from judging.values import CaseSeat, JurorSeat, Plan, Shortfall

SHORT = 1e6
"""Cost of a missing read: before everything else."""
SAME_UNIT = 2e4
"""Cost of a second juror of one unit on a case: avoided unless the read would be missing."""
UNEVEN = 200.0
"""Cost of the first read above or below an even load; each further step costs as much more."""
OUT_OF_CATEGORY = 60.0
"""Cost of a case outside the categories a juror is named for."""
JITTER = 20.0
"""Random part of a pair's cost: too small to outweigh any of the above."""
LEVELS = 12
"""Steps of the load's convex cost; their widths double, so that any load fits."""
ALL_PAIRS = 400_000
"""Up to so many pairs all are variables; above, each case keeps the KEPT cheapest, drawn by the jitter."""
KEPT = 35
TRIES = 12
"""A small distribution is drawn up to so often, to find one in which all jurors can be compared."""
TRIES_PAIRS = 3_000
GOOD_MIXING = 0.98
"""No second draw above this."""


@dataclass(frozen=True, slots=True)
class _Problem:
    """Everything in sorted order, so that the order of the input cannot change the outcome."""

    cases: tuple[CaseSeat, ...]
    jurors: tuple[JurorSeat, ...]
    needs: npt.NDArray[np.int64]
    held: npt.NDArray[np.int64]
    rooms: npt.NDArray[np.int64]
    low: int
    high: int
    allowed: npt.NDArray[np.bool_]
    existing: tuple[tuple[int, int], ...]
    unit_of: npt.NDArray[np.int64]


@dataclass(slots=True)
class _Rows:
    """Rows of the constraint matrix, gathered block by block."""

    width: int
    blocks: list[Any] = field(default_factory=list)
    lows: list[npt.NDArray[np.float64]] = field(default_factory=list)
    highs: list[npt.NDArray[np.float64]] = field(default_factory=list)

    def add(
        self,
        rows: npt.NDArray[np.int64],
        columns: npt.NDArray[np.int64],
        values: npt.NDArray[np.float64],
        low: npt.NDArray[np.float64],
        high: npt.NDArray[np.float64],
    ) -> None:
        self.blocks.append(csr_matrix((values, (rows, columns)), shape=(len(low), self.width)))
        self.lows.append(low)
        self.highs.append(high)

    def constraint(self) -> LinearConstraint:
        return LinearConstraint(
            vstack(self.blocks).tocsc(), np.concatenate(self.lows), np.concatenate(self.highs)
        )


def distribute(
    cases: Sequence[CaseSeat],
    jurors: Sequence[JurorSeat],
    *,
    reads: int,
    seed: int,
    conflicts: Set[tuple[str, str]] = frozenset(),
    existing: Iterable[tuple[str, str]] = (),
    closed: Set[tuple[str, str]] = frozenset(),
) -> Plan:
    """Give every case `reads` jurors; what is already assigned stays and counts.

    Args:
        conflicts: (juror id, case id) that must not happen.
        existing: (case id, juror id) already assigned and not recused or removed.
        closed: (case id, juror id) that must not come again, e.g. recused or taken away before.
        seed: the same input and seed give the same plan, in whatever order the input comes.
    """
    problem = _problem(cases, jurors, reads, conflicts, tuple(existing), closed)
    pairs: list[tuple[int, int]] = []
    components, mixing = _connectivity(problem, pairs)
    tries = TRIES if problem.allowed.size <= TRIES_PAIRS else 1
    best: tuple[int, float] | None = None
    for attempt in range(tries):
        found = _solve(problem, np.random.default_rng([seed, attempt]))
        quality = _connectivity(problem, found)
        if best is None or (-quality[0], quality[1]) > (-best[0], best[1] + 1e-9):
            best, pairs = quality, found
            components, mixing = quality
        if not found or mixing >= GOOD_MIXING:
            break
    return _plan(problem, pairs, components, mixing, seed)


def _problem(
    cases: Sequence[CaseSeat],
    jurors: Sequence[JurorSeat],
    reads: int,
    conflicts: Set[tuple[str, str]],
    existing: tuple[tuple[str, str], ...],
    closed: Set[tuple[str, str]],
) -> _Problem:
    cases = sorted(cases, key=lambda case: case.case_id)
    jurors = sorted(jurors, key=lambda juror: juror.juror_id)
    case_at = {case.case_id: place for place, case in enumerate(cases)}
    juror_at = {juror.juror_id: place for place, juror in enumerate(jurors)}
    allowed = np.ones((len(cases), len(jurors)), dtype=np.bool_)
    for case_id, juror_id in (*((case, juror) for juror, case in conflicts), *closed, *existing):
        if case_id in case_at and juror_id in juror_at:
            allowed[case_at[case_id], juror_at[juror_id]] = False
    needs = np.full(len(cases), reads, dtype=np.int64)
    held = np.zeros(len(jurors), dtype=np.int64)
    kept = []
    for case_id, juror_id in sorted(set(existing)):
        if case_id in case_at:
            needs[case_at[case_id]] -= 1
        if juror_id in juror_at:
            held[juror_at[juror_id]] += 1
        if case_id in case_at and juror_id in juror_at:
            kept.append((case_at[case_id], juror_at[juror_id]))
    needs = np.maximum(needs, 0)
    total = int(needs.sum() + held.sum())
    count = max(1, len(jurors))
    unbounded = int(total) + 1
    limits = np.array([unbounded if j.load_limit is None else j.load_limit for j in jurors], dtype=np.int64)
    units = {unit: place for place, unit in enumerate(sorted({juror.unit_id or "" for juror in jurors}))}
    # A juror without a unit shares it with nobody.
    unit_of = np.array(
        [units[j.unit_id] if j.unit_id else len(units) + place for place, j in enumerate(jurors)],
        dtype=np.int64,
    )
    return _Problem(
        cases=tuple(cases),
        jurors=tuple(jurors),
        needs=needs,
        held=held,
        rooms=np.maximum(limits - held, 0),
        low=total // count,
        high=-(-total // count),
        allowed=allowed,
        existing=tuple(kept),
        unit_of=unit_of,
    )


def _candidates(
    problem: _Problem, rng: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Pairs that become variables and their costs: (case, juror, cost)."""
    keys = [juror.category_keys for juror in problem.jurors]
    fits_by_category = {
        category: np.array([not named or category in named for named in keys], dtype=np.bool_)
        for category in {case.category_key for case in problem.cases}
    }
    every: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]] = []
    prune = problem.allowed.size > ALL_PAIRS
    for place, case in enumerate(problem.cases):
        cost = rng.random(len(problem.jurors)) * JITTER
        if problem.needs[place] == 0:
            continue
        cost = np.where(fits_by_category[case.category_key], cost, cost + OUT_OF_CATEGORY)
        columns = np.nonzero(problem.allowed[place] & (problem.rooms > 0))[0]
        if prune and len(columns) > KEPT:
            columns = np.sort(columns[np.argpartition(cost[columns], KEPT)[:KEPT]])
        every.append((np.full(len(columns), place), columns, cost[columns]))
    if not every:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    case_of, juror_of, costs = (np.concatenate(part) for part in zip(*every, strict=True))
    return case_of, juror_of, costs


def _solve(problem: _Problem, rng: np.random.Generator) -> list[tuple[int, int]]:
    """New (case, juror) pairs by place."""
    case_of, juror_of, costs = _candidates(problem, rng)
    pairs, cases, jurors = len(case_of), len(problem.cases), len(problem.jurors)
    if pairs == 0:
        return []
    # Columns: pairs | missing reads per case | steps above even per juror | steps below even | shared units
    shared_row, shared_room = _shared_units(problem, case_of, juror_of)
    shares = len(shared_room)
    first_above = pairs + cases
    first_below = first_above + jurors * LEVELS
    first_shared = first_below + jurors * LEVELS
    width = first_shared + shares
    step_width = np.minimum(2.0 ** np.maximum(np.arange(LEVELS) - 3, 0), 1e6)
    step_width[-1] = np.inf
    step_cost = UNEVEN * (1 + np.arange(LEVELS))

    cost = np.concatenate(
        [costs, np.full(cases, SHORT), np.tile(step_cost, 2 * jurors), np.full(shares, SAME_UNIT)]
    )
    upper = np.concatenate(
        [
            np.ones(pairs),
            problem.needs.astype(np.float64),
            np.tile(step_width, 2 * jurors),
            np.full(shares, np.inf),
        ]
    )
    one = np.ones(pairs)
    pair_columns = np.arange(pairs)
    rows = _Rows(width)
    need = problem.needs.astype(np.float64)
    rows.add(
        np.concatenate([case_of, np.arange(cases)]),
        np.concatenate([pair_columns, pairs + np.arange(cases)]),
        np.ones(pairs + cases),
        need,
        need,
    )
    steps = np.arange(jurors * LEVELS)
    of_juror = np.repeat(np.arange(jurors), LEVELS)
    room = problem.rooms.astype(np.float64)
    rows.add(juror_of, pair_columns, one, np.zeros(jurors), room)
    rows.add(
        np.concatenate([juror_of, of_juror]),
        np.concatenate([pair_columns, first_above + steps]),
        np.concatenate([one, -np.ones(jurors * LEVELS)]),
        np.full(jurors, -np.inf),
        (problem.high - problem.held).astype(np.float64),
    )
    rows.add(
        np.concatenate([juror_of, of_juror]),
        np.concatenate([pair_columns, first_below + steps]),
        np.concatenate([one, np.ones(jurors * LEVELS)]),
        (problem.low - problem.held).astype(np.float64),
        np.full(jurors, np.inf),
    )
    if shares:
        with_row = shared_row >= 0
        rows.add(
            np.concatenate([shared_row[with_row], np.arange(shares)]),
            np.concatenate([pair_columns[with_row], first_shared + np.arange(shares)]),
            np.concatenate([one[with_row], -np.ones(shares)]),
            np.full(shares, -np.inf),
            shared_room,
        )
    chosen = _optimum(cost, rows.constraint(), upper, pairs)
    return [(int(case_of[place]), int(juror_of[place])) for place in np.nonzero(chosen)[0]]


def _shared_units(
    problem: _Problem, case_of: npt.NDArray[np.int64], juror_of: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Rows for (case, unit) where more than one juror could come: row of each pair (-1: none), room left."""
    span = int(problem.unit_of.max()) + 1 if len(problem.unit_of) else 1
    key = case_of * span + problem.unit_of[juror_of]
    unique, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    taken = {case * span + int(problem.unit_of[juror]) for case, juror in problem.existing}
    occupied = np.array([int(each) in taken for each in unique], dtype=np.bool_)
    wanted = (counts > 1) | occupied
    number = np.where(wanted, np.cumsum(wanted) - 1, -1)
    return number[inverse].astype(np.int64), np.where(occupied[wanted], 0.0, 1.0)


def _optimum(
    cost: npt.NDArray[np.float64], constraint: LinearConstraint, upper: npt.NDArray[np.float64], pairs: int
) -> npt.NDArray[np.bool_]:
    """Solve; every need can be left short at a price, so there always is a solution.

    Raises:
        RuntimeError: the solver gave up (a fault of the programme, not of the input).
    """
    found = _solved(cost, constraint, upper, None)
    if bool(np.any((found[:pairs] > 1e-6) & (found[:pairs] < 1 - 1e-6))):
        found = _solved(
            cost, constraint, upper, np.concatenate([np.ones(pairs), np.zeros(len(cost) - pairs)])
        )
    return found[:pairs] > 0.5


def _solved(
    cost: npt.NDArray[np.float64],
    constraint: LinearConstraint,
    upper: npt.NDArray[np.float64],
    integrality: npt.NDArray[np.float64] | None,
) -> npt.NDArray[np.float64]:
    found = milp(cost, constraints=constraint, bounds=Bounds(0, upper), integrality=integrality)
    if found.x is None:
        raise RuntimeError(f"HiGHS: {found.message}")
    solution: npt.NDArray[np.float64] = found.x
    return solution


def _connectivity(problem: _Problem, added: Sequence[tuple[int, int]]) -> tuple[int, float]:
    """Components of the jurors who read anything, and the A-efficiency of the block design.

    C = diag(n_j) - X' diag(1/n_i) X, normalised by the loads; efficiency is the harmonic mean of its non-zero
    eigenvalues against that of a balanced design. 0.0 where there is more than one component.
    """
    pairs = [*problem.existing, *added]
    if not pairs:
        return 0, 0.0
    case_of, juror_of = (np.array(part, dtype=np.int64) for part in zip(*pairs, strict=True))
    matrix = csr_matrix((np.ones(len(pairs)), (case_of, juror_of)), shape=problem.allowed.shape)
    loads = np.asarray(matrix.sum(axis=0)).ravel()
    matrix, loads = matrix[:, loads > 0], loads[loads > 0]
    per_case = np.asarray(matrix.sum(axis=1)).ravel()
    components = int(connected_components((matrix.T @ matrix) > 0)[0])
    jurors = len(loads)
    if components > 1 or jurors == 1:
        return components, 1.0 if jurors == 1 else 0.0
    between = (matrix.T @ diags(1 / np.maximum(per_case, 1)) @ matrix).toarray()
    information = (np.diag(loads) - between) / np.sqrt(loads[:, None] * loads[None])
    eigenvalues = np.linalg.eigvalsh(information)[1:]
    mean_reads = float(per_case[per_case > 0].mean())
    best = (1 - 1 / mean_reads) * jurors / (jurors - 1)
    harmonic = 1 / float(np.mean(1 / eigenvalues))
    return components, min(1.0, harmonic / best)


def _plan(
    problem: _Problem, pairs: Sequence[tuple[int, int]], components: int, mixing: float, seed: int
) -> Plan:
    given = np.zeros(len(problem.cases), dtype=np.int64)
    loads = problem.held.copy()
    for case, juror in pairs:
        given[case] += 1
        loads[juror] += 1
    shortfalls = tuple(
        Shortfall(case.case_id, int(problem.needs[place] - given[place]), _why_short(problem, place))
        for place, case in enumerate(problem.cases)
        if given[place] < problem.needs[place]
    )
    return Plan(
        added=tuple(
            (problem.cases[case].case_id, problem.jurors[juror].juror_id) for case, juror in sorted(pairs)
        ),
        loads={juror.juror_id: int(loads[place]) for place, juror in enumerate(problem.jurors)},
        shortfalls=shortfalls,
        notes=_notes(problem, pairs, loads, components),
        components=components,
        mixing=round(mixing, 4),
        seed=seed,
    )


def _why_short(problem: _Problem, place: int) -> Text:
    case = problem.cases[place]
    readers = int(problem.allowed[place].sum())
    already = sum(1 for case_place, _juror in problem.existing if case_place == place)
    if readers + already < problem.needs[place] + already:
        return _(
            "%(case)s 还需要 %(needed)s 位评委，没有利益冲突、也没有读过它的评委只有 %(readers)s 位。",
            case=case.label,
            needed=int(problem.needs[place]),
            readers=readers,
        )
    return _(
        "%(case)s 还需要 %(needed)s 位评委，可以读它的评委都已达到各自的工作量上限。",
        case=case.label,
        needed=int(problem.needs[place]),
    )


def _notes(
    problem: _Problem,
    pairs: Sequence[tuple[int, int]],
    loads: Mapping[int, int] | npt.NDArray[np.int64],
    components: int,
) -> tuple[Text, ...]:
    """What holds only in part, in sentences."""
    notes: list[Text] = []
    doubled = _doubled_units(problem, pairs)
    if doubled:
        notes.append(
            _(
                "没有别的办法，以下案例有来自同一单位的两位评委：%(cases)s。",
                cases="、".join(problem.cases[case].label for case in doubled),
            )
        )
    busy = [int(loads[place]) for place in range(len(problem.jurors))]
    if pairs and max(busy) - min(busy) > 1:
        notes.append(
            _(
                "因利益冲突、工作量上限或已有分配，各评委的工作量不完全相等"
                "（最少 %(least)s 份，最多 %(most)s 份）。",
                least=min(busy),
                most=max(busy),
            )
        )
    idle = busy.count(0)
    if pairs and idle:
        notes.append(n_("有 %(n)s 位评委没有分到案例。", "有 %(n)s 位评委没有分到案例。", idle))
    if components > 1:
        notes.append(
            _(
                "评委分成互不相交的 %(groups)s 组，组间没有共同的案例，宽严无法比较；"
                "建议增加每个案例的评审次数。",
                groups=components,
            )
        )
    return tuple(notes)


def _doubled_units(problem: _Problem, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Cases that this plan gives a second juror of one unit."""
    seen = {(case, int(problem.unit_of[juror])) for case, juror in problem.existing}
    doubled = []
    for case, juror in sorted(pairs):
        key = (case, int(problem.unit_of[juror]))
        if key in seen and case not in doubled:
            doubled.append(case)
        seen.add(key)
    return doubled
