"""The additive model against an independent solution, and against what anyone can see."""

import random
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pytest

from judging.statistics.additive import fit_additive
from judging.statistics.reads import Read, table
from tests.judging.statistics.contests import contest, grid

Floats = npt.NDArray[np.float64]


def dense(reads: list[Read], case: float, juror: float, noise: float) -> tuple[float, Floats, Floats]:
    """Restricted log-likelihood, best predictions of quality and of severity, from the whole covariance."""
    data = table(reads)
    to_case, to_juror = np.eye(data.cases)[data.case], np.eye(data.jurors)[data.juror]
    to_group = np.eye(data.groups)[data.read_group]
    covariance = case * to_case @ to_case.T + juror * to_juror @ to_juror.T + noise * np.eye(data.reads)
    inverse = np.linalg.inv(covariance)
    information = to_group.T @ inverse @ to_group
    mean = np.linalg.solve(information, to_group.T @ inverse @ data.value)
    rest = inverse @ (data.value - to_group @ mean)
    likelihood = -0.5 * (
        np.linalg.slogdet(covariance)[1]
        + np.linalg.slogdet(information)[1]
        + (data.value - to_group @ mean) @ rest
    )
    return float(likelihood), case * to_case.T @ rest + mean[data.group], -juror * to_juror.T @ rest


def test_it_equals_the_dense_solution() -> None:
    reads, _truth = contest(40, 7, 3, severity=5, seed=3)
    grouped = [
        Read(r.case_id, r.juror_id, "even" if int(r.case_id[1:]) % 2 else "odd", r.value) for r in reads
    ]
    fitted = fit_additive(grouped)
    found = fitted.variances
    likelihood, quality, severity = dense(grouped, found.case, found.juror, found.noise)
    assert [each.score for each in fitted.cases.values()] == pytest.approx(quality.tolist(), abs=1e-4)
    assert list(fitted.severity.values()) == pytest.approx(severity.tolist(), abs=1e-6)
    for factor in (0.9, 1.1):
        assert likelihood > dense(grouped, found.case * factor, found.juror, found.noise)[0]
        assert likelihood > dense(grouped, found.case, found.juror * factor, found.noise)[0]
        assert likelihood > dense(grouped, found.case, found.juror, found.noise * factor)[0]


def test_the_adjusted_score_can_be_checked_by_hand() -> None:
    reads, _truth = contest(30, 6, 3, severity=6)
    fitted = fit_additive(reads)
    by_hand = [Decimal(str(r.value)) + fitted.published[r.juror_id] for r in reads if r.case_id == "c004"]
    assert fitted.adjusted["c004"] == pytest.approx(float(sum(by_hand) / len(by_hand)), abs=1e-9)
    assert all(severity.as_tuple().exponent == -4 for severity in fitted.published.values())
    assert {j: float(s) for j, s in fitted.published.items()} == pytest.approx(fitted.severity, abs=5e-5)


def test_one_harsh_juror_is_found_and_his_cases_do_not_suffer() -> None:
    # every case is worth what its number says; juror z takes ten points from each case he reads
    marks = {
        f"c{n:02}": {juror: 60.0 + n + (0.5 if (n + k) % 2 else -0.5) for k, juror in enumerate("wxy")}
        for n in range(20)
    }
    for n in range(0, 20, 2):
        marks[f"c{n:02}"]["z"] = 50.0 + n
        del marks[f"c{n:02}"]["w"]
    fitted = fit_additive(grid(marks))
    apart = fitted.severity["z"] - np.mean([fitted.severity[juror] for juror in "wxy"])
    assert apart == pytest.approx(10, abs=0.7)
    raw = {case_id: sum(row.values()) / len(row) for case_id, row in marks.items()}
    assert raw["c10"] < raw["c09"]
    assert fitted.adjusted["c10"] > fitted.adjusted["c09"]


def test_the_order_of_rows_changes_nothing() -> None:
    reads, _truth = contest(30, 6, 3, severity=6)
    shuffled = reads.copy()
    random.Random(5).shuffle(shuffled)
    ours, theirs = fit_additive(reads), fit_additive(shuffled)
    assert (ours.severity, ours.published, ours.adjusted, ours.cases) == (
        theirs.severity,
        theirs.published,
        theirs.adjusted,
        theirs.cases,
    )


@pytest.mark.parametrize(
    ("marks", "word"),
    [
        ({"a": {"x": 80.0}, "b": {"x": 70.0}, "c": {"x": 75.0}}, "只有一位评委"),
        ({"a": {"x": 80.0, "y": 70.0, "z": 75.0}}, "只有一个案例"),
        ({"a": {"x": 80.0}, "b": {"y": 70.0}, "c": {"z": 75.0}}, "只有一次评审"),
        ({case: dict.fromkeys("wxyz", 80.0) for case in "ab"}, "所有评分相同"),
        ({"a": dict.fromkeys("wxyz", 80.0), "b": dict.fromkeys("wxyz", 70.0)}, "完全相同"),
    ],
)
def test_where_severity_cannot_be_known_the_mean_stands(
    marks: dict[str, dict[str, float]], word: str
) -> None:
    fitted = fit_additive(grid(marks))
    assert not fitted.estimated
    assert word in str(fitted.reason)
    assert set(fitted.published.values()) == {Decimal("0.0000")}
    assert fitted.adjusted == {case: sum(row.values()) / len(row) for case, row in marks.items()}
