"""Contests with known truth: jurors who differ in severity, spread and noise, careless and favouring ones.

Quality has standard deviation 1, shown as 8 points around 74; four criteria share .6 of its variance. Marks
are integers from 0 to 100; a read's composite is their mean. A read's chance is felt on all criteria (halo
.75) and on each; one juror in twenty is in conflict with a case, one read in twenty stays undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from judging.statistics.reads import Read

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

POINTS, LEVEL = 8.0, 74.0
CRITERIA = 4
SHARED = 0.6
HALO = 0.75
CONFLICTS = MISSING = 0.05
FAVOUR = 1.5
FAVOURED_CASES = 0.05


@dataclass(frozen=True, slots=True)
class Setting:
    """How jurors differ: variance of `severity`, standard deviation of the logarithm of `spread` (and of that
    of noise), variance of `noise`, all in units of quality; shares of `careless` jurors, whose marks have
    nothing to do with the case, and of `favouring` ones, who add 1.5 to a twentieth of the cases."""

    name: str
    severity: float
    spread: float
    noise: float
    careless: float
    favouring: float = 0.0


SETTINGS = (
    Setting("none", 0.0, 0.0, 1.0, 0.0),
    Setting("neurips", 0.19, 0.10, 1.0, 0.03),
    Setting("contest", 0.5, 0.25, 0.7, 0.05),
    Setting("harsh", 1.0, 0.40, 0.7, 0.08),
    Setting("favouring", 0.5, 0.25, 0.7, 0.05, 0.10),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """The jurors as they are."""

    severity: Floats
    spread: Floats
    noise: Floats
    careless: Flags
    favours: Flags


class Contest:
    """One contest. `quality` is the truth by case, `pairs` are the reads that were assigned and done."""

    def __init__(self, setting: Setting, cases: int, jurors: int, reads: int, seed: int) -> None:
        self.setting = setting
        self._rng = np.random.default_rng([seed, cases, jurors, len(setting.name)])
        rng = self._rng
        self.cases, self.jurors = cases, jurors
        self.quality = rng.standard_normal(cases)
        apart = rng.standard_normal((cases, CRITERIA))
        apart -= apart.mean(axis=1, keepdims=True)
        self._criteria = self.quality[:, None] + apart * np.sqrt((1 - SHARED) / SHARED)
        self.panel = Panel(
            severity=rng.standard_normal(jurors) * np.sqrt(setting.severity),
            spread=np.exp(setting.spread * rng.standard_normal(jurors)),
            noise=np.sqrt(setting.noise) * np.exp(setting.spread * rng.standard_normal(jurors)),
            careless=rng.random(jurors) < setting.careless,
            favours=(rng.random((cases, jurors)) < FAVOURED_CASES) & (rng.random(jurors) < setting.favouring),
        )
        self.forbidden = rng.random((cases, jurors)) < CONFLICTS
        case, juror = self._assigned(reads)
        done = rng.random(len(case)) >= MISSING
        self.pairs = (case[done], juror[done])
        self.marks = self.mark(*self.pairs)

    def _assigned(self, reads: int) -> tuple[Places, Places]:
        """Each case its readers, loads even, at random."""
        taken = self.forbidden.copy()
        load = np.zeros(self.jurors)
        chosen = np.zeros_like(taken)
        for _round in range(reads):
            for case in self._rng.permutation(self.cases):
                cost = load + self._rng.random(self.jurors)
                cost[taken[case]] = np.inf
                juror = int(cost.argmin())
                taken[case, juror] = chosen[case, juror] = True
                load[juror] += 1
        case_of, juror_of = np.nonzero(chosen)
        return case_of, juror_of

    def mark(self, case: Places, juror: Places) -> Floats:
        """Composites that these jurors give these cases."""
        rng, panel, count = self._rng, self.panel, len(case)
        felt = rng.standard_normal(count)
        apart = rng.standard_normal((count, CRITERIA))
        apart -= apart.mean(axis=1, keepdims=True)
        apart *= np.sqrt(self.setting.noise * (1 - HALO) / HALO * CRITERIA / (CRITERIA - 1))
        seen = (
            self._criteria[case] + (panel.noise[juror] * felt + FAVOUR * panel.favours[case, juror])[:, None]
        )
        seen = panel.spread[juror, None] * seen
        seen = np.where(panel.careless[juror, None], 1.2 * felt[:, None], seen) + apart
        marks = np.rint(LEVEL + POINTS * (seen - panel.severity[juror, None]))
        composites: Floats = np.clip(marks, 0, 100).mean(axis=1)
        return composites

    @property
    def truth(self) -> Floats:
        """Quality as the mean juror of this panel would mark it, but for the panel's level, which no marks
        can show."""
        return POINTS * self.quality * float(np.where(self.panel.careless, 0, self.panel.spread).mean())

    def reads(self, more: Iterable[tuple[int, int, float]] = ()) -> list[Read]:
        """The reads, and further ones (case, juror, composite)."""
        own = zip(*(each.tolist() for each in (*self.pairs, self.marks)), strict=True)
        return [Read(case_id(case), juror_id(juror), "", mark) for case, juror, mark in (*own, *more)]


def case_id(place: int) -> str:
    return f"c{place:05}"


def juror_id(place: int) -> str:
    return f"j{place:03}"
