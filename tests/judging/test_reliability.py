"""Reliability coefficients against published worked examples and answers that can be done by hand."""

import pytest

from judging.statistics.reliability import agreement, alpha, generalizability, intraclass

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section D: four observers, twelve units.
_OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
KRIPPENDORFF = [
    [float(mark) for mark in unit if mark != "."]
    for unit in zip(*(line.split() for line in _OBSERVERS), strict=True)
]
# P. E. Shrout and J. L. Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_alpha_of_krippendorffs_own_example() -> None:
    found = alpha(KRIPPENDORFF)
    assert found is not None
    assert round(found.value, 3) == 0.849
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_intraclass_correlations_of_shrout_and_fleiss() -> None:
    single, mean, reads = intraclass(SHROUT_FLEISS)
    assert single is not None
    assert mean is not None
    assert (round(single.value, 2), round(mean.value, 2), reads) == (0.17, 0.44, 4.0)


def test_intraclass_of_an_unbalanced_table_done_by_hand() -> None:
    # Cases (80, 82), (70, 72, 74), (90, 90): R = 7, sum n^2 = 17, n0 = (7 - 17/7) / 2 = 16/7.
    # SSB = 2(81 - 558/7)^2 + 3(72 - 558/7)^2 + 2(90 - 558/7)^2, SSW = 2 + 8 + 0, MSW = 10 / 4.
    single, mean, reads = intraclass([[80, 82], [70, 72, 74], [90, 90]])
    grand = 558 / 7
    between = (2 * (81 - grand) ** 2 + 3 * (72 - grand) ** 2 + 2 * (90 - grand) ** 2) / 2
    assert single is not None
    assert mean is not None
    assert reads == pytest.approx(16 / 7)
    assert single.value == pytest.approx((between - 2.5) / (between + (16 / 7 - 1) * 2.5))
    assert mean.value == pytest.approx((between - 2.5) / between)


def test_the_interval_of_the_single_read_is_that_of_the_f_distribution() -> None:
    # F = 11.24.../6.26... = 1.7951, F_.95(5, 18) = 2.7729, F_.95(18, 5) = 4.5785 (tables of F).
    single, _mean, _reads = intraclass(SHROUT_FLEISS)
    assert single is not None
    assert single.low is not None
    assert single.high is not None
    low, high = 1.7951 / 2.7729, 1.7951 * 4.5785
    assert single.low == pytest.approx((low - 1) / (low + 3), abs=2e-3)
    assert single.high == pytest.approx((high - 1) / (high + 3), abs=2e-3)


def test_perfect_agreement_is_one_everywhere() -> None:
    found = agreement({"a": [80, 80], "b": [70, 70, 70], "c": [60, 60]})
    assert [each.value for each in (found.alpha, found.icc_single, found.icc_mean) if each] == [1, 1, 1]


def test_systematic_disagreement_is_below_zero() -> None:
    found = alpha([[0, 10], [10, 0], [0, 10]])
    assert found is not None
    assert found.value == pytest.approx(-2 / 3)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"a": [80.0]},
        {"a": [80.0, 70.0]},
        {"a": [80.0], "b": [70.0], "c": [60.0]},
        {"a": [75.0, 75.0], "b": [75.0, 75.0]},
    ],
    ids=["nothing", "one read", "one case", "single reads", "all equal"],
)
def test_what_cannot_be_said_is_not_said(values: dict[str, list[float]]) -> None:
    found = agreement(values)
    assert (found.alpha, found.icc_single, found.icc_mean) == (None, None, None)


def test_the_order_of_cases_and_reads_changes_nothing() -> None:
    values = {f"c{number}": [float(mark) for mark in row] for number, row in enumerate(SHROUT_FLEISS)}
    turned = {key: values[key][::-1] for key in reversed(list(values))}
    mine, other = agreement(values), agreement(turned)
    assert mine.alpha is not None
    assert other.alpha is not None
    assert mine.alpha.value == pytest.approx(other.alpha.value, abs=1e-12)
    assert mine.alpha.low == pytest.approx(other.alpha.low, abs=1e-9)


def test_generalizability_and_the_reads_it_takes() -> None:
    # 4 / (4 + (2 + 4) / 3) = 2/3, without the jurors 4 / (4 + 4 / 3) = 3/4; 4 * 6/4 = 6 reads, 4 * 4/4 = 4.
    found = generalizability(4.0, 2.0, 4.0, 3)
    assert found is not None
    assert found.raw == pytest.approx(2 / 3)
    assert found.corrected == pytest.approx(3 / 4)
    assert (found.needed_raw, found.needed_corrected) == (6, 4)


def test_generalizability_where_cases_do_not_differ() -> None:
    found = generalizability(0.0, 1.0, 1.0, 3)
    assert found is not None
    assert (found.raw, found.needed_raw, found.needed_corrected) == (0.0, None, None)
    assert generalizability(0.0, 0.0, 0.0, 3) is None


def test_where_case_means_are_equal_the_reliability_of_the_mean_has_no_number() -> None:
    single, mean, _reads = intraclass([[1, 2], [2, 1], [1.5, 1.5]])
    assert single is not None
    assert (single.value, mean) == (-1.0, None)
