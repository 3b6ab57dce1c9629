"""Figures of each juror and the patterns that somebody should look at. Hints, never a verdict.

Everything is measured against the other jurors of the same cases: a read is compared with their precision-
weighted mean after severity and spread are taken out, so that a juror who happens to read good cases is not
taken for a lenient one. The thresholds are constants with names; the page prints them.

Sources: infit and outfit as in Rasch measurement (B. D. Wright and G. N. Masters, Rating Scale Analysis,
1982; J. M. Linacre, Many-Facet Rasch Measurement, 1994), with the standardised difference from the others in
place of the Rasch residual; Fisher's z for intervals of correlations; halo as the correlation between
criteria of one rater (F. E. Saal, R. G. Downey and M. A. Lahey, Rating the Ratings, Psychological Bulletin
88, 1980).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from judging.values import FavourHint, Favours, Interval, JurorFigures, JurorFlag, Pool, ScoredRead

Array = npt.NDArray[np.float64]

Z_90 = 1.6449
"""Half the width of a 90 % interval in standard errors."""
FEW = 5
"""Below so many reads marks, times and spreads say nothing."""
ENOUGH = 8
"""Below so many reads correlations and fits say nothing."""
MATERIAL = 0.5
"""A severity counts as different from 0.5 standard deviations between cases on."""
NARROW = 0.5
OUTFIT = 2.0
"""Above it a juror's marks distort more than they tell (Linacre)."""
SAME_SHARE = 0.5
SAME_TIMES = 2.0
DEVIATION = 0.25
"""A spread of marks below a quarter of the usual one is straight-lining as well."""
FAST = 0.25
HALO = 0.9
HALO_ERRORS = 2.3263
PRIOR_SPREAD = 0.06
"""Prior variance of a juror's spread in the location-scale model."""
FAVOUR_LEVEL = 0.01
"""One-sided level of the hints on favouritism: the share of innocent pairs that shows up by chance."""
FAVOUR_READS = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the model says of a juror: `noise` is the standard deviation of his marks around his own line."""

    severity: float
    severity_se: float
    spread: float
    noise: float


@dataclass(frozen=True, slots=True)
class _Compared:
    """The reads as arrays. `adjusted` is a read on the scale of the cases, `precision` the inverse of its
    variance; `others` the mean of the other reads of the case, `others_var` its variance (inf: no other)."""

    reads: tuple[ScoredRead, ...]
    value: Array
    adjusted: Array
    precision: Array
    others: Array
    others_var: Array


def examine(
    reads: Iterable[ScoredRead],
    jurors: Mapping[str, Estimate],
    centres: Mapping[str, float],
    case_variance: float,
) -> tuple[tuple[JurorFigures, ...], Pool, Favours]:
    """Figures of all jurors, what is usual among them, and the hints on favouritism.

    Args:
        jurors: the model's estimates; reads of others are left out.
        centres: group -> mean of its cases, the origin of a juror's spread.
        case_variance: variance of the cases' scores.
    """
    compared = _compare(reads, jurors, centres)
    places: dict[str, list[int]] = {}
    for place, read in enumerate(compared.reads):
        places.setdefault(read.juror_id, []).append(place)
    plain = [
        _figures(juror_id, places[juror_id], compared, jurors, centres, case_variance)
        for juror_id in sorted(places)
    ]
    pool = _pool(plain)
    scale = math.sqrt(max(case_variance, 0.0))
    flagged = tuple(_with_flags(each, pool, scale) for each in plain)
    return flagged, pool, _favours(compared, places, jurors)


def _compare(
    reads: Iterable[ScoredRead], jurors: Mapping[str, Estimate], centres: Mapping[str, float]
) -> _Compared:
    kept = tuple(
        sorted(
            (read for read in reads if read.juror_id in jurors),
            key=lambda read: (read.case_id, read.juror_id),
        )
    )
    value = np.array([read.value for read in kept], dtype=np.float64)
    centre = np.array([centres.get(read.group, 0.0) for read in kept], dtype=np.float64)
    severity, error, spread, noise = (
        np.array([getattr(jurors[read.juror_id], name) for read in kept], dtype=np.float64)
        for name in ("severity", "severity_se", "spread", "noise")
    )
    spread = np.maximum(spread, 0.05)
    adjusted = centre + (value + severity - centre) / spread
    # What is unknown of his severity counts too: a straight-liner's marks carry next to nothing.
    precision = spread**2 / np.maximum(noise**2 + error**2, 1e-9)
    names = {case_id: number for number, case_id in enumerate(dict.fromkeys(read.case_id for read in kept))}
    case = np.array([names[read.case_id] for read in kept], dtype=np.int64)
    left = np.bincount(case, precision, len(names))[case] - precision
    total = np.bincount(case, precision * adjusted, len(names))[case] - precision * adjusted
    alone = np.bincount(case, minlength=len(names))[case] < 2
    with np.errstate(divide="ignore", invalid="ignore"):
        others = np.where(alone, np.nan, total / left)
        others_var = np.where(alone, np.inf, 1 / left)
    return _Compared(kept, value, adjusted, precision, others, others_var)


def _figures(
    juror_id: str,
    places: Sequence[int],
    compared: _Compared,
    jurors: Mapping[str, Estimate],
    centres: Mapping[str, float],
    case_variance: float,
) -> JurorFigures:
    mine = jurors[juror_id]
    reads = [compared.reads[place] for place in places]
    rows = np.array([place for place in places if math.isfinite(compared.others_var[place])], dtype=np.int64)
    infit, outfit = _fits(rows, compared, mine, jurors)
    centre = np.array([centres.get(read.group, 0.0) for read in reads])
    quality = np.where(np.isfinite(compared.others[list(places)]), compared.others[list(places)], centre)
    information = float(((quality - centre) ** 2).sum()) / max(mine.noise**2, 1e-9) + 1 / PRIOR_SPREAD
    spread_se = 1 / math.sqrt(information)
    enough = len(reads) >= FEW
    seconds = [read.seconds for read in reads if read.seconds is not None]
    return JurorFigures(
        juror_id=juror_id,
        reads=len(reads),
        severity=_interval(mine.severity, mine.severity_se),
        spread=_interval(mine.spread, spread_se, lowest=0.0),
        noise=mine.noise,
        infit=infit,
        outfit=outfit,
        correlation=_correlation(compared.value[rows], compared.others[rows]),
        same_share=_same_share(reads) if enough else None,
        deviation=float(np.std([read.value for read in reads], ddof=1)) if enough else None,
        seconds=float(np.median(seconds)) if len(seconds) >= FEW else None,
        halo=_halo(reads),
        flags=(),
    )


def _interval(value: float, error: float, lowest: float = -math.inf) -> Interval:
    return Interval(value, max(lowest, value - Z_90 * error), value + Z_90 * error)


def _fits(
    rows: npt.NDArray[np.int64], compared: _Compared, mine: Estimate, jurors: Mapping[str, Estimate]
) -> tuple[float | None, float | None]:
    """Infit (weighted by the variances) and outfit (unweighted) against the usual noise of the jury."""
    if len(rows) < ENOUGH:
        return None, None
    usual = float(np.median([each.noise**2 for each in jurors.values()]))
    difference = compared.value[rows] + mine.severity - compared.others[rows]
    variance = usual + compared.others_var[rows]
    squares = difference**2
    if float(variance.min()) <= 1e-9:
        return None, None
    return float(squares.sum() / variance.sum()), float((squares / variance).mean())


def _correlation(mine: Array, others: Array) -> float | None:
    if len(mine) < ENOUGH or float(np.ptp(others)) < 1e-9:
        return None
    if float(np.ptp(mine)) < 1e-9:
        return 0.0
    return float(np.corrcoef(mine, others)[0, 1])


def _same_share(reads: Sequence[ScoredRead]) -> float | None:
    """The share of the most frequent mark among all marks of a juror."""
    counts = Counter(mark for read in reads for mark in read.marks.values())
    return max(counts.values()) / counts.total() if counts else None


def _halo(reads: Sequence[ScoredRead]) -> float | None:
    """Mean correlation between the criteria over a juror's reads."""
    keys = sorted(set[str]().union(*(read.marks for read in reads)))
    rows = [[read.marks[key] for key in keys] for read in reads if all(key in read.marks for key in keys)]
    if len(rows) < ENOUGH or len(keys) < 2:
        return None
    table = np.asarray(rows, dtype=np.float64)
    table = table[:, np.ptp(table, axis=0) > 1e-9]
    if table.shape[1] < 2:
        return None
    matrix: Array = np.atleast_2d(np.corrcoef(table, rowvar=False))
    return float(matrix[np.triu_indices(len(matrix), 1)].mean())


def _pool(figures: Sequence[JurorFigures]) -> Pool:
    def usual(name: str) -> float | None:
        known = [value for each in figures if (value := getattr(each, name)) is not None]
        return float(np.median(known)) if known else None

    return Pool(*(usual(name) for name in ("correlation", "same_share", "deviation", "seconds", "halo")))


def _with_flags(each: JurorFigures, pool: Pool, scale: float) -> JurorFigures:
    tests = {
        JurorFlag.SEVERE: each.severity.low > 0 and each.severity.value > MATERIAL * scale,
        JurorFlag.LENIENT: each.severity.high < 0 and -each.severity.value > MATERIAL * scale,
        JurorFlag.NARROW: each.spread.high < 1 and each.spread.value < NARROW,
        JurorFlag.ERRATIC: _erratic(each),
        JurorFlag.UNCORRELATED: _uncorrelated(each, pool),
        JurorFlag.IDENTICAL: _identical(each, pool),
        JurorFlag.FAST: each.seconds is not None
        and pool.seconds is not None
        and each.seconds < FAST * pool.seconds,
        JurorFlag.HALO: _haloed(each, pool),
    }
    return JurorFigures(
        **{name: getattr(each, name) for name in JurorFigures.__slots__ if name != "flags"},
        flags=tuple(flag for flag, found in tests.items() if found),
    )


def _erratic(each: JurorFigures) -> bool:
    return each.outfit is not None and each.outfit > max(OUTFIT, 1 + 3 * math.sqrt(2 / each.reads))


def _uncorrelated(each: JurorFigures, pool: Pool) -> bool:
    """Even the upper end of his correlation's interval is below what is usual, and he is below half of it."""
    if each.correlation is None or pool.correlation is None or pool.correlation <= 0:
        return False
    upper = math.tanh(_fisher(each.correlation) + Z_90 / math.sqrt(each.reads - 3))
    return upper < pool.correlation and each.correlation < pool.correlation / 2


def _identical(each: JurorFigures, pool: Pool) -> bool:
    same = (
        each.same_share is not None
        and pool.same_share is not None
        and each.same_share >= max(SAME_SHARE, SAME_TIMES * pool.same_share)
    )
    flat = (
        each.deviation is not None
        and pool.deviation is not None
        and each.deviation < DEVIATION * pool.deviation
    )
    return same or flat or each.same_share == 1


def _haloed(each: JurorFigures, pool: Pool) -> bool:
    if each.halo is None or pool.halo is None or each.halo < HALO:
        return False
    return _fisher(each.halo) - _fisher(pool.halo) > HALO_ERRORS / math.sqrt(each.reads - 3)


def _fisher(correlation: float) -> float:
    return math.atanh(min(max(correlation, -0.999), 0.999))


def _favours(
    compared: _Compared, places: Mapping[str, Sequence[int]], jurors: Mapping[str, Estimate]
) -> Favours:
    """Pairs of a juror and a unit or region whose cases he marks above the others, beyond chance.

    The sum of his differences from the others is held against its standard error, the uncertainty of his own
    severity included; what shows by chance alone is FAVOUR_LEVEL of the pairs looked at.
    """
    threshold = float(-ndtri(FAVOUR_LEVEL))
    hints: list[FavourHint] = []
    tested = 0
    for juror_id in sorted(places):
        for (is_region, place_id), rows in sorted(_by_place(places[juror_id], compared).items()):
            if len(rows) < FAVOUR_READS or len(rows) == len(places[juror_id]):
                continue
            tested += 1
            differences = compared.adjusted[rows] - compared.others[rows]
            own = (len(rows) * jurors[juror_id].severity_se / max(jurors[juror_id].spread, 0.05)) ** 2
            error = math.sqrt(float((1 / compared.precision[rows] + compared.others_var[rows]).sum()) + own)
            z = float(differences.sum()) / error
            if z > threshold:
                hints.append(
                    FavourHint(juror_id, place_id, is_region, len(rows), float(differences.mean()), z)
                )
    hints.sort(key=lambda hint: (-round(hint.z, 6), hint.juror_id, hint.place_id))
    return Favours(tuple(hints), tested, tested * FAVOUR_LEVEL)


def _by_place(places: Sequence[int], compared: _Compared) -> dict[tuple[bool, str], list[int]]:
    found: dict[tuple[bool, str], list[int]] = {}
    for place in places:
        read = compared.reads[place]
        if not math.isfinite(compared.others_var[place]):
            continue
        if read.unit_id:
            found.setdefault((False, read.unit_id), []).append(place)
        if read.region_id:
            found.setdefault((True, read.region_id), []).append(place)
    return found
