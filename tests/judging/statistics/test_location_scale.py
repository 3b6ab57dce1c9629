"""Calibrated standing: known answers, and what must not matter."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from judging.statistics.location_scale import Calibrated, fit
from judging.statistics.reads import Read
from tests.judging.statistics.contests import contest, grid

READS, TRUTH = contest(60, 8, 4, severity=6, spread=0.5, seed=11)
CALIBRATED = fit(READS)


def ranks(fitted: Calibrated) -> dict[str, int]:
    return {case_id: each.rank for case_id, each in fitted.cases.items()}


def test_it_comes_nearer_to_the_truth_than_the_mean() -> None:
    ours = plain = 0.0
    for seed in range(5):
        reads, truth = contest(60, 8, 4, severity=8, spread=0.5, seed=seed)
        fitted = fit(reads)
        means = fitted.table.means
        assert fitted.method == "location_scale"
        ours += kendalltau([each.score for each in fitted.cases.values()], list(truth.values())).statistic / 5
        plain += kendalltau(means, list(truth.values())).statistic / 5
    assert ours > plain + 0.05


def test_severity_and_spread_of_jurors_are_found() -> None:
    fitted = fit(READS).jurors
    spreads = [fitted[f"j{n:02}"].spread for n in range(8)]  # true: .5 to 1.5 in even steps
    assert kendalltau(spreads, range(8)).statistic > 0.7
    assert spreads[0] < 0.8
    assert spreads[-1] > 1.2
    assert sum(each.severity for each in fitted.values()) == pytest.approx(0, abs=0.3)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = total = 0
    for seed in range(6):
        reads, truth = contest(60, 8, 4, severity=6, seed=seed)
        fitted = fit(reads)
        level = sum(each.score - truth[case_id] for case_id, each in fitted.cases.items()) / len(truth)
        for case_id, each in fitted.cases.items():
            assert each.low is not None
            assert each.high is not None
            held += each.low <= truth[case_id] + level <= each.high
            total += 1
    assert 0.82 <= held / total <= 0.96


def test_the_order_of_rows_changes_nothing() -> None:
    shuffled = READS.copy()
    random.Random(2).shuffle(shuffled)
    ours, theirs = fit(READS), fit(shuffled)
    assert (ours.cases, ours.jurors, ours.reads) == (theirs.cases, theirs.jurors, theirs.reads)
    assert ours.held_out_ratio == theirs.held_out_ratio


@settings(max_examples=6, deadline=None)
@given(st.sampled_from([f"j{n:02}" for n in range(8)]), st.integers(-40, 40))
def test_a_constant_added_to_one_juror_changes_no_place(juror_id: str, points: int) -> None:
    moved = [replace(r, value=r.value + points) if r.juror_id == juror_id else r for r in READS]
    after = fit(moved)
    assert ranks(after) == ranks(CALIBRATED)
    assert after.jurors[juror_id].severity - CALIBRATED.jurors[juror_id].severity == pytest.approx(
        -points * 7 / 8, abs=1e-4
    )


def test_a_juror_who_gives_everyone_the_same_says_nothing() -> None:
    same = [replace(r, value=80.0) if r.juror_id == "j04" else r for r in READS]
    fitted = fit(same)
    assert fitted.jurors["j04"].spread < 0.4
    heard = {
        juror: [each.weight for each in fitted.reads if each.juror_id == juror] for juror in fitted.jurors
    }
    mean = {juror: sum(weights) / len(weights) for juror, weights in heard.items()}
    assert mean["j04"] == min(mean.values())
    without = fit([r for r in READS if r.juror_id != "j04"])
    both = [case_id for case_id in without.cases if case_id in fitted.cases]
    agreement = kendalltau(
        [fitted.cases[case_id].score for case_id in both], [without.cases[case_id].score for case_id in both]
    )
    assert agreement.statistic > 0.85


def test_a_single_mark_far_off_pulls_less_than_it_would_in_the_mean() -> None:
    victim = next(r for r in READS if r.case_id == "c010")
    struck = [replace(r, value=r.value - 40) if r is victim else r for r in READS]
    fell = fit(READS).cases["c010"].score - fit(struck).cases["c010"].score
    assert 0 < fell < 7  # the mean of four falls by 10


def test_missing_reads_widen_the_interval() -> None:
    kept = [r for r in READS if r.case_id != "c005"] + [r for r in READS if r.case_id == "c005"][:1]
    whole, part = fit(READS).cases["c005"], fit(kept).cases["c005"]
    assert (whole.reads, part.reads) == (4, 1)
    assert whole.sd is not None
    assert part.sd is not None
    assert part.sd > 1.2 * whole.sd


def test_equal_cases_share_a_rank() -> None:
    twins = [replace(r, case_id="twin") for r in READS if r.case_id == "c007"]
    fitted = fit([*READS, *twins])
    assert fitted.cases["twin"].score == fitted.cases["c007"].score
    assert fitted.cases["twin"].rank == fitted.cases["c007"].rank


def test_categories_have_levels_of_their_own() -> None:
    lower = [replace(r, group="b", value=r.value - 20) if int(r.case_id[1:]) % 2 else r for r in READS]
    fitted = fit(lower)
    level = {
        odd: [each.score for case_id, each in fitted.cases.items() if int(case_id[1:]) % 2 == odd]
        for odd in (0, 1)
    }
    assert sum(level[0]) / 30 - sum(level[1]) / 30 == pytest.approx(
        20
        + (sum(v for c, v in TRUTH.items() if int(c[1:]) % 2 == 0) / 30)
        - (sum(v for c, v in TRUTH.items() if int(c[1:]) % 2) / 30),
        abs=2.5,
    )


def test_disjoint_groups_of_jurors_are_named_and_only_severity_is_calibrated() -> None:
    first, _one = contest(30, 5, 3, seed=1)
    second, _two = contest(30, 5, 3, seed=2)
    apart = [*first, *(replace(r, case_id="x" + r.case_id, juror_id="x" + r.juror_id) for r in second)]
    fitted = fit(apart)
    assert fitted.connectivity.components == 2
    assert fitted.method == "additive"
    assert "互不相交的 2 组" in str(fitted.reason)
    # as categories of their own they need no comparison
    by_group = fit([replace(r, group=r.juror_id[0]) for r in apart])
    assert by_group.method == "location_scale"


def test_few_reads_a_juror_fall_back_to_severity() -> None:
    reads, _truth = contest(20, 12, 3, severity=5)
    fitted = fit(reads)
    assert fitted.method == "additive"
    assert "只校准宽严" in str(fitted.reason)
    assert {each.spread for each in fitted.jurors.values()} == {1.0}


@pytest.mark.parametrize(
    ("marks", "scores"),
    [
        ({"a": {"x": 80.0}, "b": {"x": 70.0}}, {"a": 80.0, "b": 70.0}),
        ({"a": {"x": 80.0, "y": 70.0, "z": 75.0, "w": 75.0}}, {"a": 75.0}),
        ({case: dict.fromkeys("wxyz", 80.0) for case in "abc"}, dict.fromkeys("abc", 80.0)),
    ],
)
def test_one_juror_one_case_or_all_equal_is_the_mean(
    marks: dict[str, dict[str, float]], scores: dict[str, float]
) -> None:
    fitted = fit(grid(marks))
    assert fitted.method == "mean"
    assert {case_id: each.score for case_id, each in fitted.cases.items()} == scores
    assert {each.severity for each in fitted.reads} == {0.0}
    assert fitted.held_out_ratio is None


def test_one_read_a_case_says_nothing_of_chance() -> None:
    fitted = fit(grid({"a": {"x": 80.0}, "b": {"x": 70.0}}))
    assert [(each.sd, each.low, each.high) for each in fitted.cases.values()] == [(None, None, None)] * 2


def test_the_audit_sheet_adds_up() -> None:
    fitted = fit(READS)
    for case_id in ("c000", "c030"):
        rows = [each for each in fitted.reads if each.case_id == case_id]
        assert sum(each.weight for each in rows) == pytest.approx(1)
        assert {each.juror_id: each.mark for each in rows} == {
            r.juror_id: r.value for r in READS if r.case_id == case_id
        }
        # the case's score lies between its mean adjusted mark and the mean of all
        adjusted = sum(each.weight * each.adjusted for each in rows)
        level = sum(each.score for each in fitted.cases.values()) / len(fitted.cases)
        low, high = sorted((adjusted, level))
        assert low - 0.3 <= fitted.cases[case_id].score <= high + 0.3


def test_held_out_reads_tell_whether_calibration_helps() -> None:
    alike, _truth = contest(60, 8, 4, seed=3)
    helps, not_needed = fit(READS).held_out_ratio, fit(alike).held_out_ratio
    assert helps is not None
    assert not_needed is not None
    assert helps < 0.9
    assert 0.97 < not_needed < 1.1


def test_a_group_of_reads_keeps_its_score_when_marks_are_on_another_scale() -> None:
    tenth = [Read(r.case_id, r.juror_id, r.group, r.value / 10) for r in READS]
    ours, theirs = fit(READS), fit(tenth)
    assert [each.score / 10 for each in ours.cases.values()] == pytest.approx(
        [each.score for each in theirs.cases.values()], abs=1e-4
    )
