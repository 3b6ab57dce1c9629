"""Where one more read helps most: case and juror by expected gain in the quality of what wins.

A case's next read is worth st (phi(z) - z Phi(-z)) at each cut, z its distance from the cut in units of st,
the standard deviation by which the read is expected to move it: much for an uncertain case near a cut,
nothing for a case far from all. After a planned read the case is less uncertain; a heap keeps the order.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import ndtr

from judging.statistics.location_scale import Calibrated
from judging.statistics.probabilities import Cut, cut_line, pool_places
from judging.statistics.reads import Floats, Places

MOST_EXTRA = 3
"""Extra reads a case in one list."""
BATCHES = 3
"""A budget is best spent in so many lists, each after the marks of the one before have come in."""


@dataclass(frozen=True, slots=True)
class NextRead:
    """A read to assign. `gain`: by how many points of quality the prize winners are expected to be better for
    it, summed over the cuts."""

    case_id: str
    juror_id: str
    gain: float


def where_reads_help(
    calibrated: Calibrated,
    cuts: Mapping[str, Sequence[Cut]],
    pools: Mapping[str, str],
    *,
    budget: int,
    rooms: Mapping[str, int],
    forbidden: Set[tuple[str, str]] = frozenset(),
    units: Mapping[str, str | None] = MappingProxyType({}),
) -> list[NextRead]:
    """At most `budget` reads, the most helpful first.

    Args:
        cuts, pools: as `prize_probabilities`.
        rooms: juror id -> how many more reads he can take; only these jurors are asked, also such as have
            read nothing yet.
        forbidden: (case id, juror id) that must not be. Reads that are in the fit already need no mention;
            reads that are assigned and not handed in do.
        units: juror id -> his unit: nobody is sent to a case that a colleague of his unit has read.

    Empty where the reads say nothing of chance.
    """
    if calibrated.sd is None:
        return []
    queue = _Queue(calibrated, _lines(calibrated, cuts, pools))
    bench = _Bench(calibrated, rooms, forbidden, units)
    chosen: list[NextRead] = []
    while len(chosen) < budget:
        best = queue.take()
        if best is None:
            break
        case, gain = best
        juror_id = bench.choose(calibrated.table.case_ids[case])
        if juror_id is None:
            continue
        chosen.append(NextRead(calibrated.table.case_ids[case], juror_id, round(gain, 6)))
        queue.after_read(case)
    return chosen


def _lines(
    calibrated: Calibrated, cuts: Mapping[str, Sequence[Cut]], pools: Mapping[str, str]
) -> dict[int, Floats]:
    """Case's place -> the cut lines of its pool."""
    assert calibrated.sd is not None
    lines: dict[int, Floats] = {}
    for key, cases in pool_places(calibrated, pools).items():
        totals = np.cumsum([cut.places for cut in cuts.get(key, ())]).astype(int)
        found = np.array(
            [
                cut_line(calibrated.theta[cases], calibrated.sd[cases], int(total))
                for total in sorted({*totals.tolist()})
                if 0 < total < len(cases)
            ]
        )
        if len(found):
            lines |= dict.fromkeys((int(case) for case in cases), found)
    return lines


class _Queue:
    """Cases by what their next read is worth."""

    def __init__(self, calibrated: Calibrated, lines: Mapping[int, Floats]) -> None:
        assert calibrated.sd is not None
        self._theta = calibrated.theta
        self._variance = calibrated.sd**2
        self._read = read_variance(calibrated)
        self._lines = lines
        self._extra = dict.fromkeys(lines, 0)
        self._heap = [(-self._worth(case), case) for case in lines]
        heapq.heapify(self._heap)

    def take(self) -> tuple[int, float] | None:
        """The case whose next read is worth most, taken from the queue; None when nothing helps any more."""
        if not self._heap:
            return None
        worth, case = heapq.heappop(self._heap)
        return (case, -worth) if worth < 0 else None

    def after_read(self, case: int) -> None:
        """The case is less uncertain by a planned read; it may stand in line again."""
        variance = self._variance[case]
        self._variance[case] = variance * self._read / (variance + self._read)
        self._extra[case] += 1
        if self._extra[case] < MOST_EXTRA:
            heapq.heappush(self._heap, (-self._worth(case), case))

    def _worth(self, case: int) -> float:
        variance = float(self._variance[case])
        moved = variance / np.sqrt(variance + self._read) if variance > 0 else 0.0
        if moved <= 0:
            return 0.0
        z = np.abs(self._theta[case] - self._lines[case]) / moved
        return float((moved * (np.exp(-z * z / 2) / np.sqrt(2 * np.pi) - z * ndtr(-z))).sum())


def read_variance(calibrated: Calibrated) -> float:
    """Variance of what a further read says of quality: a usual juror's noise, and how well his severity is
    known; square points."""
    jurors = calibrated.jurors.values()
    noise = float(np.median([(juror.noise / juror.spread) ** 2 for juror in jurors]))
    known = float(np.median([(juror.severity_se / juror.spread) ** 2 for juror in jurors]))
    return max(noise + known, 1e-12)


class _Bench:
    """The jurors who can still be asked."""

    def __init__(
        self,
        calibrated: Calibrated,
        rooms: Mapping[str, int],
        forbidden: Set[tuple[str, str]],
        units: Mapping[str, str | None],
    ) -> None:
        self._ids = sorted(juror_id for juror_id, room in rooms.items() if room > 0)
        at = {juror_id: place for place, juror_id in enumerate(self._ids)}
        known = calibrated.jurors
        precisions = [(known[j].spread / max(known[j].noise, 1e-9)) ** 2 for j in self._ids if j in known]
        usual = float(np.median(precisions)) if precisions else 1.0
        self._precision = np.array(
            [(known[j].spread / max(known[j].noise, 1e-9)) ** 2 if j in known else usual for j in self._ids]
        )
        self._load = np.array([known[j].reads if j in known else 0 for j in self._ids], dtype=np.int64)
        self._room = np.array([rooms[j] for j in self._ids], dtype=np.int64)
        self._colleagues: dict[str, set[int]] = {}
        for juror_id, place in at.items():
            self._colleagues.setdefault(units.get(juror_id) or juror_id, set()).add(place)
        self._unit = {juror_id: units.get(juror_id) or juror_id for juror_id in {*at, *known}}
        self._closed: dict[str, set[int]] = {}
        for read in calibrated.reads:
            self._close(read.case_id, read.juror_id)
        for case_id, juror_id in forbidden:
            if juror_id in at:
                self._closed.setdefault(case_id, set()).add(at[juror_id])

    def _close(self, case_id: str, juror_id: str) -> None:
        """The juror reads the case: neither he nor a colleague need read it again."""
        closed = self._closed.setdefault(case_id, set())
        closed |= self._colleagues.get(self._unit[juror_id], set())

    def choose(self, case_id: str) -> str | None:
        """The most precise legal juror of the less loaded half, who then has one more; None if none is."""
        open_: Places = np.nonzero(self._room > 0)[0]
        closed = self._closed.setdefault(case_id, set())
        legal = np.array([place for place in open_ if place not in closed], dtype=np.int64)
        if not len(legal):
            return None
        light = legal[self._load[legal] <= np.median(self._load[legal])]
        place = int(light[np.argmax(self._precision[light])])
        self._room[place] -= 1
        self._load[place] += 1
        self._close(case_id, self._ids[place])
        return self._ids[place]
