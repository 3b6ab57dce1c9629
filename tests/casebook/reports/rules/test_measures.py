"""Middles, spreads and effect sizes against plain definitions."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.reports.rules.measures import (
    DELTA_BOUNDS,
    Size,
    cliffs_delta,
    cohens_h,
    five_numbers,
    median,
    quantile,
    round_step,
    size_of,
)

NUMBERS = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([1, 2, 3, 4], 0.25, 1.75), ([1, 2, 3, 4], 0.5, 2.5), ([5], 0.9, 5), ([1, 9], 1.0, 9)],
)
def test_quantiles_are_those_of_spreadsheets(values: list[float], share: float, found: float) -> None:
    assert quantile(values, share) == found


def test_nothing_has_no_median() -> None:
    assert median([]) is None
    assert cliffs_delta([], [1]) is None


@given(NUMBERS)
def test_five_numbers_are_in_order(values: list[float]) -> None:
    found = five_numbers(values)
    assert list(found) == sorted(found)
    assert (found[0], found[-1]) == (min(values), max(values))


@given(NUMBERS, NUMBERS)
def test_cliffs_delta_counts_pairs(one: list[float], other: list[float]) -> None:
    pairs = sum((a > b) - (a < b) for a, b in product(one, other))
    assert cliffs_delta(one, other) == pytest.approx(pairs / (len(one) * len(other)))


def test_cohens_h_is_zero_for_equal_shares_and_pi_for_opposites() -> None:
    assert cohens_h(0.3, 0.3) == 0
    assert cohens_h(1, 0) == pytest.approx(3.14159265)


@pytest.mark.parametrize(
    ("effect", "size"),
    [(0.1, Size.NEGLIGIBLE), (-0.2, Size.SMALL), (0.4, Size.MEDIUM), (-0.9, Size.LARGE)],
)
def test_effects_have_names(effect: float, size: Size) -> None:
    assert size_of(effect, DELTA_BOUNDS) is size


@given(st.integers(1, 10**6), st.integers(1, 20))
def test_a_round_step_cuts_into_few_pieces(span: int, most: int) -> None:
    step = round_step(span, most)
    assert span / step < most or step == 1
    assert str(step).rstrip("0") in ("1", "2", "5")
