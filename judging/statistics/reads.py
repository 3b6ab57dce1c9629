"""Reads as the models take them: one number each, in sorted arrays, so that the order of rows is nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Read:
    """One complete read that counts. `value` is its composite: the criteria of a read are one observation,
    not four (as four, 90 % intervals cover 72 %). `group` is the case's category: levels of categories are
    estimated apart; one group where that is not wanted."""

    case_id: str
    juror_id: str
    group: str
    value: float


@dataclass(frozen=True, eq=False)
class Table:
    """Reads sorted by case and juror. `case`, `juror`: place of each read's case and juror in the id tuples;
    `group`: place of each case's group; `value`: what was marked; `y`: (value - centre) / scale."""

    case_ids: tuple[str, ...]
    juror_ids: tuple[str, ...]
    group_ids: tuple[str, ...]
    case: Places
    juror: Places
    group: Places
    value: Floats
    centre: float
    scale: float

    @property
    def cases(self) -> int:
        return len(self.case_ids)

    @property
    def jurors(self) -> int:
        return len(self.juror_ids)

    @property
    def groups(self) -> int:
        return len(self.group_ids)

    @property
    def reads(self) -> int:
        return len(self.value)

    @cached_property
    def y(self) -> Floats:
        return (self.value - self.centre) / self.scale

    @cached_property
    def case_reads(self) -> Places:
        """Reads of each case."""
        return np.bincount(self.case, minlength=self.cases)

    @cached_property
    def juror_reads(self) -> Places:
        """Reads of each juror."""
        return np.bincount(self.juror, minlength=self.jurors)

    @cached_property
    def read_group(self) -> Places:
        """Place of each read's group."""
        return self.group[self.case]

    @cached_property
    def pairs(self) -> tuple[Places, Places]:
        """All ordered pairs of reads of one case, each read with itself included."""
        first, second = [], []
        starts = np.cumsum(self.case_reads) - self.case_reads
        for many in np.unique(self.case_reads):
            block = starts[self.case_reads == many][:, None] + np.arange(many)[None]
            first.append(np.repeat(block, many, axis=1).ravel())
            second.append(np.tile(block, (1, many)).ravel())
        return np.concatenate(first), np.concatenate(second)

    @cached_property
    def means(self) -> Floats:
        """Mean value of each case."""
        return np.bincount(self.case, self.value, self.cases) / self.case_reads

    def part(self, kept: npt.NDArray[np.bool_]) -> Table:
        """The same table with some reads only; ids, centre and scale stay, places too."""
        return Table(
            self.case_ids,
            self.juror_ids,
            self.group_ids,
            self.case[kept],
            self.juror[kept],
            self.group,
            self.value[kept],
            self.centre,
            self.scale,
        )


def table(reads: Iterable[Read]) -> Table:
    """Sort the reads into arrays.

    Raises:
        ValueError: no reads; a value that is no number; two reads of one case by one juror; a case in two
            groups.
    """
    rows = sorted(reads, key=lambda read: (read.case_id, read.juror_id))
    if not rows:
        raise ValueError("no reads")
    groups = _groups(rows)
    case_ids, case = _places([read.case_id for read in rows])
    juror_ids, juror = _places([read.juror_id for read in rows])
    group_ids, group = _places([groups[case_id] for case_id in case_ids])
    value = np.array([read.value for read in rows], dtype=np.float64)
    spread = float(value.std())
    return Table(
        case_ids=case_ids,
        juror_ids=juror_ids,
        group_ids=group_ids,
        case=case,
        juror=juror,
        group=group,
        value=value,
        centre=float(value.mean()),
        scale=spread if spread > 1e-9 * max(1.0, float(np.abs(value).max())) else 1.0,
    )


def _groups(rows: Iterable[Read]) -> Mapping[str, str]:
    """Group of each case; refuses what the models could not read."""
    groups: dict[str, str] = {}
    last = ("", "")
    for read in rows:
        pair = (read.case_id, read.juror_id)
        if pair == last and groups:
            raise ValueError(f"two reads of case {read.case_id} by juror {read.juror_id}")
        if not math.isfinite(read.value):
            raise ValueError(f"read of case {read.case_id} by juror {read.juror_id}: {read.value} is no mark")
        if groups.setdefault(read.case_id, read.group) != read.group:
            raise ValueError(f"case {read.case_id} is in two groups")
        last = pair
    return groups


def _places(keys: list[str]) -> tuple[tuple[str, ...], Places]:
    known = sorted(set(keys))
    at = {key: place for place, key in enumerate(known)}
    return tuple(known), np.array([at[key] for key in keys], dtype=np.int64)
