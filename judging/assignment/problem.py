"""What is to be distributed, as arrays in sorted order: the order of the input cannot change the outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from judging.values import CaseSeat, JurorSeat

Pairs = Collection[tuple[str, str]]
Affinity = Mapping[tuple[str, str], float] | npt.NDArray[np.float32]
"""How well a juror knows a case's subject, 0 to 1: by (case id, juror id), or cases x jurors as given."""

Places = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Problem:
    """N cases, J jurors.

    `needs` (N): reads still to give; `held` (J): reads that stand; `rooms` (J): reads a juror can still take;
    `low`, `high`: the even load; `allowed` (N, J): neither conflict nor given before; `home` (N, J): the
    case is of a category the juror is named for, or he is named for none; `bridges` (J): reads outside his
    categories that he should still get; `existing` (2, E): pairs that stand; `unit_of` (J), a number of its
    own for who has no unit; `affinity` (N, J) or None.
    """

    cases: tuple[CaseSeat, ...]
    jurors: tuple[JurorSeat, ...]
    needs: Places
    held: Places
    rooms: Places
    low: int
    high: int
    allowed: Truths
    home: Truths
    bridges: Places
    existing: Places
    unit_of: Places
    affinity: npt.NDArray[np.float32] | None

    @property
    def by_category(self) -> bool:
        """Whether any juror is named for some categories only."""
        return not bool(self.home.all())


def problem_of(
    cases: Sequence[CaseSeat],
    jurors: Sequence[JurorSeat],
    *,
    reads: int | Mapping[str, int],
    conflicts: Pairs,
    existing: Iterable[tuple[str, str]],
    closed: Pairs,
    bridge: float,
    affinity: Affinity | None,
) -> Problem:
    """Sort, number, count; `reads` may differ by case id. `conflicts` are (juror id, case id), all other
    pairs (case id, juror id)."""
    case_order = sorted(range(len(cases)), key=lambda place: cases[place].case_id)
    juror_order = sorted(range(len(jurors)), key=lambda place: jurors[place].juror_id)
    known = affinity_array(cases, jurors, affinity)
    if known is not None:
        known = known[np.ix_(case_order, juror_order)]
    cases, jurors = [cases[place] for place in case_order], [jurors[place] for place in juror_order]
    case_at = {case.case_id: place for place, case in enumerate(cases)}
    juror_at = {juror.juror_id: place for place, juror in enumerate(jurors)}
    standing = _numbers(set(existing), case_at, juror_at)
    both = standing[:, (standing >= 0).all(axis=0)]
    allowed = np.ones((len(cases), len(jurors)), dtype=np.bool_)
    for pairs in (
        _numbers(((c, j) for j, c in conflicts), case_at, juror_at),
        _numbers(closed, case_at, juror_at),
        both,
    ):
        inside = pairs[:, (pairs >= 0).all(axis=0)]
        allowed[inside[0], inside[1]] = False
    held = np.bincount(standing[1][standing[1] >= 0], minlength=len(jurors))
    given = np.bincount(standing[0][standing[0] >= 0], minlength=len(cases))
    wanted = np.array([reads if isinstance(reads, int) else reads[c.case_id] for c in cases], dtype=np.int64)
    needs = np.maximum(wanted - given, 0)
    total, count = int(needs.sum() + held.sum()), max(1, len(jurors))
    limits = np.array([total + 1 if j.load_limit is None else j.load_limit for j in jurors], dtype=np.int64)
    home = _home(cases, jurors)
    share = bridge if wanted.max(initial=0) > 1 else 0.0  # one read a case compares nobody
    return Problem(
        cases=tuple(cases),
        jurors=tuple(jurors),
        needs=needs,
        held=held,
        rooms=np.maximum(limits - held, 0),
        low=total // count,
        high=-(-total // count),
        allowed=allowed,
        home=home,
        bridges=_bridges(home, both, np.minimum(limits, total / count), share),
        existing=both,
        unit_of=_units(jurors),
        affinity=known,
    )


def affinity_array(
    cases: Sequence[CaseSeat], jurors: Sequence[JurorSeat], affinity: Affinity | None
) -> npt.NDArray[np.float32] | None:
    """The affinities as cases x jurors in the order given, 0 where nothing is known."""
    if affinity is None or len(affinity) == 0:
        return None
    if isinstance(affinity, np.ndarray):
        return affinity.astype(np.float32, copy=False)
    case_at = {case.case_id: place for place, case in enumerate(cases)}
    juror_at = {juror.juror_id: place for place, juror in enumerate(jurors)}
    found = np.zeros((len(cases), len(jurors)), dtype=np.float32)
    numbers = _numbers(affinity, case_at, juror_at)
    inside = (numbers >= 0).all(axis=0)
    found[numbers[0][inside], numbers[1][inside]] = np.fromiter(affinity.values(), dtype=np.float32)[inside]
    return found


def _numbers(
    pairs: Iterable[tuple[str, str]], case_at: Mapping[str, int], juror_at: Mapping[str, int]
) -> Places:
    """Pairs (case id, juror id) as two rows of numbers, -1 for who is not there."""
    found = [(case_at.get(case_id, -1), juror_at.get(juror_id, -1)) for case_id, juror_id in pairs]
    return np.array(found, dtype=np.int64).reshape(-1, 2).T


def _home(cases: Sequence[CaseSeat], jurors: Sequence[JurorSeat]) -> Truths:
    keys = sorted({case.category_key for case in cases})
    at = {key: place for place, key in enumerate(keys)}
    named = np.array(
        [[not juror.category_keys or key in juror.category_keys for juror in jurors] for key in keys],
        dtype=np.bool_,
    ).reshape(len(keys), len(jurors))
    of_case = np.array([at[case.category_key] for case in cases], dtype=np.int64)
    found: Truths = named[of_case]
    return found


def _bridges(home: Truths, existing: Places, loads: npt.NDArray[np.float64], share: float) -> Places:
    """Reads outside their categories that jurors still lack; 0 for who reads all or finds none outside."""
    has_outside = ~home.all(axis=0) & home.any(axis=0)
    wanted = np.where(has_outside, np.ceil(np.round(loads * share, 9)), 0).astype(np.int64)
    outside = ~home[existing[0], existing[1]]
    lacking: Places = np.maximum(wanted - np.bincount(existing[1][outside], minlength=home.shape[1]), 0)
    return lacking


def _units(jurors: Sequence[JurorSeat]) -> Places:
    """A number for each unit; a juror without a unit shares it with nobody."""
    units = {unit: place for place, unit in enumerate(sorted({j.unit_id for j in jurors if j.unit_id}))}
    return np.array(
        [units[j.unit_id] if j.unit_id else len(units) + place for place, j in enumerate(jurors)],
        dtype=np.int64,
    )
