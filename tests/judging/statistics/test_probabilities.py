"""Probabilities of prizes."""

import pytest

from judging.statistics.location_scale import fit
from judging.statistics.probabilities import Cut, prize_probabilities
from judging.statistics.reads import Read
from tests.judging.statistics.contests import contest, grid

READS, TRUTH = contest(60, 8, 4, severity=6, seed=11)
CUTS = (Cut("first", 3), Cut("second", 6), Cut("third", 12))


def whole(reads: list[Read]) -> dict[str, str]:
    return {read.case_id: "" for read in reads}


def test_they_sum_to_the_places_of_each_prize() -> None:
    found = prize_probabilities(fit(READS), {"": CUTS}, whole(READS))
    for cut in CUTS:
        assert sum(each[cut.prize_key] for each in found.values()) == pytest.approx(cut.places, abs=0.01)
    assert all(0 <= sum(each.values()) <= 1.0001 for each in found.values())


def test_a_large_pool_is_cut_by_bisection_and_sums_too() -> None:
    reads, _truth = contest(320, 20, 3, severity=6)
    found = prize_probabilities(fit(reads), {"": CUTS}, whole(reads))
    for cut in CUTS:
        assert sum(each[cut.prize_key] for each in found.values()) == pytest.approx(cut.places, abs=0.05)


def test_bisection_and_draws_agree() -> None:
    """The same cases as a pool of their own, and beside 260 that nobody would give a prize."""
    reads, _truth = contest(60, 8, 4, severity=3, seed=4)
    poor = [Read(f"p{n:03}", f"j{(n + k) % 8:02}", "", 5.0 + n % 3 + k) for n in range(260) for k in range(2)]
    fitted = fit([*reads, *poor])
    alone = prize_probabilities(fitted, {"": CUTS}, whole(reads))
    beside = prize_probabilities(fitted, {"": CUTS}, whole([*reads, *poor]))
    for case_id, each in alone.items():
        assert each["first"] == pytest.approx(beside[case_id]["first"], abs=0.06)


def test_the_same_every_time_and_in_any_order() -> None:
    first = prize_probabilities(fit(READS), {"": CUTS}, whole(READS))
    assert first == prize_probabilities(fit(READS[::-1]), {"": CUTS}, whole(READS[::-1]))


def test_pools_are_apart() -> None:
    pools = {case_id: "odd" if int(case_id[1:]) % 2 else "even" for case_id in TRUTH}
    found = prize_probabilities(fit(READS), {"odd": [Cut("first", 2)], "even": [Cut("first", 5)]}, pools)
    for pool, places in (("odd", 2), ("even", 5)):
        assert sum(found[c]["first"] for c, p in pools.items() if p == pool) == pytest.approx(
            places, abs=0.01
        )


def test_a_pool_with_places_for_all_and_a_prize_without_places() -> None:
    pools = dict.fromkeys(list(TRUTH)[:5], "")
    found = prize_probabilities(fit(READS), {"": [Cut("none", 0), Cut("all", 5)]}, pools)
    assert list(found.values()) == [{"none": 0.0, "all": 1.0}] * 5


def test_cases_equal_at_the_cut_have_equal_chances() -> None:
    marks = {f"c{n}": {"w": 80.0, "x": 70.0, "y": 75.0, "z": 75.0} for n in range(6)}
    found = prize_probabilities(fit(grid(marks)), {"": [Cut("first", 2)]}, dict.fromkeys(marks, ""))
    assert [each["first"] for each in found.values()] == pytest.approx([1 / 3] * 6, abs=0.04)


def test_all_equal_without_any_chance_share_the_places() -> None:
    marks = {f"c{n}": dict.fromkeys("wxyz", 80.0) for n in range(6)}
    found = prize_probabilities(fit(grid(marks)), {"": [Cut("first", 2)]}, dict.fromkeys(marks, ""))
    assert [each["first"] for each in found.values()] == pytest.approx([1 / 3] * 6, abs=0.04)


def test_none_are_given_where_reads_say_nothing_of_chance() -> None:
    fitted = fit(grid({"a": {"x": 80.0}, "b": {"x": 70.0}}))
    assert prize_probabilities(fitted, {"": [Cut("first", 1)]}, {"a": "", "b": ""}) == {}
