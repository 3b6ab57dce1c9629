"""The probability of each prize for each case: how sure the line between two prizes is.

In a large pool the cut is nearly the same in every draw: it is found by bisection, so that the probabilities
of being above it sum to the places. In a small one the joint posterior is drawn, with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from judging.statistics.location_scale import Calibrated
from judging.statistics.reads import Floats, Places

LARGE_POOL = 300
DRAWS = 2_000
BATCH = 500
SEED = 20_260_101
HALVINGS = 80
BORDERLINE = (0.2, 0.8)
"""Between these a case's prize is open: more reads help there."""


@dataclass(frozen=True, slots=True)
class Cut:
    """`places` of one prize in one pool; cuts are listed from the highest prize down."""

    prize_key: str
    places: int


def prize_probabilities(
    calibrated: Calibrated, cuts: Mapping[str, Sequence[Cut]], pools: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    """Case id -> prize key -> probability of just this prize; what is missing to 1 is no prize.

    Args:
        cuts: pool key -> its prizes from the highest down.
        pools: case id -> key of the pool it competes in; cases that are not named compete nowhere.

    Empty where the reads say nothing of chance (`CaseEstimate.sd` None): then no probability can be given.
    """
    if calibrated.sd is None:
        return {}
    places = pool_places(calibrated, pools)
    above: dict[str, Floats] = {}
    small = {key for key, cases in places.items() if len(cases) < LARGE_POOL and cuts.get(key)}
    drawn = _drawn(calibrated, {key: (places[key], _totals(cuts[key])) for key in sorted(small)})
    for key, cases in places.items():
        totals = _totals(cuts.get(key, ()))
        if key in small:
            above[key] = drawn[key]
        else:
            above[key] = np.array(
                [_above(calibrated.theta[cases], calibrated.sd[cases], total) for total in totals]
            ).reshape(len(totals), len(cases))
    found: dict[str, dict[str, float]] = {}
    for key, cases in places.items():
        names = [cut.prize_key for cut in cuts.get(key, ())]
        just = np.round(np.diff(above[key], axis=0, prepend=0.0).clip(0, 1), 4).T.tolist()
        for case, chances in zip(cases.tolist(), just, strict=True):
            found[calibrated.table.case_ids[case]] = dict(zip(names, chances, strict=True))
    return found


def pool_places(calibrated: Calibrated, pools: Mapping[str, str]) -> dict[str, Places]:
    """Pool key -> places of its cases in the fit."""
    found: dict[str, list[int]] = {}
    for place, case_id in enumerate(calibrated.table.case_ids):
        if case_id in pools:
            found.setdefault(pools[case_id], []).append(place)
    return {key: np.array(cases, dtype=np.int64) for key, cases in sorted(found.items())}


def _totals(cuts: Sequence[Cut]) -> list[int]:
    """Places down to and with each prize."""
    return np.cumsum([cut.places for cut in cuts]).tolist() if cuts else []


def cut_line(theta: Floats, sd: Floats, places: int) -> float:
    """The c at which the probabilities of being above it sum to `places`."""
    sd = np.maximum(sd, 1e-9)
    low, high = float((theta - 9 * sd).min()), float((theta + 9 * sd).max())
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        if float(ndtr((theta - middle) / sd).sum()) > places:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _above(theta: Floats, sd: Floats, places: int) -> Floats:
    """Probability of each case to be among the best `places`, without drawing."""
    if places <= 0 or places >= len(theta):
        return np.full(len(theta), float(places > 0))
    chance: Floats = ndtr((theta - cut_line(theta, sd, places)) / np.maximum(sd, 1e-9))
    return chance


def _drawn(calibrated: Calibrated, pools: Mapping[str, tuple[Places, list[int]]]) -> dict[str, Floats]:
    """Pool key -> share of joint draws in which each case is among the best, one row a cut."""
    counts = {key: np.zeros((len(totals), len(cases))) for key, (cases, totals) in pools.items()}
    if not pools:
        return counts
    rng = np.random.default_rng(SEED)
    for _batch in range(DRAWS // BATCH):
        drawn = calibrated.draw(rng, BATCH)
        for key, (cases, totals) in pools.items():
            of_pool = drawn[:, cases]
            ordered = np.sort(of_pool, axis=1)
            for row, total in enumerate(totals):
                counts[key][row] += _places_given(of_pool, ordered, total)
    return {key: count / DRAWS for key, count in counts.items()}


def _places_given(drawn: Floats, ordered: Floats, places: int) -> Floats:
    """In how many draws each case is among the best; cases that are equal at the cut share its places."""
    draws, cases = drawn.shape
    if places <= 0 or places >= cases:
        return np.full(cases, float(draws * (places > 0)))
    cut = ordered[:, cases - places, None]
    above, at = drawn > cut, drawn == cut
    left = (places - above.sum(axis=1)) / at.sum(axis=1)
    given: Floats = above.sum(axis=0) + left @ at
    return given
