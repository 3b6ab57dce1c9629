"""Where one more read helps most."""

from collections import Counter

from judging.statistics.location_scale import fit
from judging.statistics.next_reads import MOST_EXTRA, NextRead, where_reads_help
from judging.statistics.probabilities import Cut
from tests.judging.statistics.contests import contest, grid

READS, TRUTH = contest(60, 8, 4, severity=6, seed=11)
CALIBRATED = fit(READS)
CUTS = {"": [Cut("first", 6)]}
POOLS = dict.fromkeys(TRUTH, "")
ROOMS = {f"j{n:02}": 10 for n in range(8)}


def proposed(budget: int = 20, **changes: object) -> list[NextRead]:
    arguments = {"cuts": CUTS, "pools": POOLS, "rooms": ROOMS, "forbidden": frozenset()} | changes
    return where_reads_help(CALIBRATED, budget=budget, **arguments)  # type: ignore[arg-type]  # as given


def test_cases_near_the_cut_come_first_and_clear_ones_not_at_all() -> None:
    ranks = [CALIBRATED.cases[each.case_id].rank for each in proposed()]
    assert max(ranks) <= 20
    assert min(abs(rank - 6.5) for rank in ranks[:3]) <= 3
    gains = [each.gain for each in proposed()]
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] > 0


def test_nobody_reads_a_case_twice_nor_what_is_forbidden() -> None:
    done = {(read.case_id, read.juror_id) for read in READS}
    first = {(each.case_id, each.juror_id) for each in proposed()}
    assert len(first) == 20
    assert not first & done
    second = {(each.case_id, each.juror_id) for each in proposed(forbidden=first)}
    assert not second & (done | first)


def test_rooms_and_the_most_a_case_may_have_are_kept() -> None:
    found = proposed(budget=200, rooms={"j00": 3, "j01": 2, "j02": 0})
    assert Counter(each.juror_id for each in found) == {"j00": 3, "j01": 2}
    most = Counter(each.case_id for each in proposed(budget=200))
    assert max(most.values()) <= MOST_EXTRA


def test_a_juror_who_has_read_nothing_yet_is_asked() -> None:
    assert {each.juror_id for each in proposed(budget=2, rooms={"new": 5})} == {"new"}


def test_no_colleague_of_somebody_who_has_read_the_case_is_sent() -> None:
    units = {f"j{n:02}": "left" if n < 4 else "right" for n in range(8)}
    seen = {case_id: {units[r.juror_id] for r in READS if r.case_id == case_id} for case_id in TRUTH}
    found = proposed(budget=200, units=units)
    assert found
    assert all(units[each.juror_id] not in seen[each.case_id] for each in found)
    assert max(Counter(each.case_id for each in found).values()) == 1


def test_pools_have_cuts_of_their_own() -> None:
    pools = {case_id: "odd" if int(case_id[1:]) % 2 else "even" for case_id in TRUTH}
    found = proposed(pools=pools, cuts={"odd": [Cut("first", 3)], "even": []})
    assert {pools[each.case_id] for each in found} == {"odd"}


def test_nothing_helps_where_nothing_is_open() -> None:
    assert proposed(cuts={"": [Cut("first", 60)]}) == []
    assert proposed(budget=0) == []
    assert where_reads_help(
        fit(grid({"a": {"x": 80.0}, "b": {"x": 70.0}})), {"": [Cut("first", 1)]}, {"a": "", "b": ""},
        budget=3, rooms={"y": 3},
    ) == []  # fmt: skip


def test_the_same_every_time() -> None:
    again = where_reads_help(fit(READS[::-1]), CUTS, POOLS, budget=20, rooms=ROOMS)
    assert again == proposed()
