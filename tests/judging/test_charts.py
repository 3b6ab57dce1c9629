"""Charts: places in percent and pixels."""

import pytest

from judging.charts import Estimate, histogram, interval_chart, shortened


def test_intervals_lie_between_the_ends_of_the_axis() -> None:
    chart = interval_chart(
        [Estimate("评委甲", -3.2, 0.5, 4.1), Estimate("评委乙", -8, -5, -2, marked=True)], [(0, "")]
    )
    assert [tick.label for tick in chart.ticks] == ["-10", "-5", "0", "5"]
    assert [(row.low, row.value, row.high) for row in chart.rows] == [
        (56.45, 75.2, 93.44),
        (32.13, 47.33, 62.53),
    ]
    assert [row.y for row in chart.rows] == [20, 48]
    assert [line.at for line in chart.lines] == [72.67]


def test_names_of_lines_get_a_head() -> None:
    chart = interval_chart([Estimate("A01", 80, 85, 90)], [(84.5, "一等奖")])
    assert (chart.rows[0].y, chart.floor, chart.height) == (37, 51, 81)


@pytest.mark.parametrize("estimates", [[], [Estimate("A", 5, 5, 5)]], ids=["none", "all equal"])
def test_nothing_to_spread_still_has_an_axis(estimates: list[Estimate]) -> None:
    chart = interval_chart(estimates)
    assert len(chart.ticks) >= 2
    assert all(22 <= tick.at <= 98 for tick in chart.ticks)


def test_a_histogram_counts_every_value_once() -> None:
    chart = histogram([60, 61.5, 70, 84.99, 85, 90, 100], 0, 100)
    assert [(each.low, each.high, each.count) for each in chart.bins] == [
        (60, 65, 2), (65, 70, 0), (70, 75, 1), (75, 80, 0), (80, 85, 1), (85, 90, 1), (90, 95, 1),
        (95, 100, 1),
    ]  # fmt: skip
    assert (chart.bins[0].height, chart.bins[1].height) == (128.0, 0.0)


def test_a_histogram_of_nothing_and_of_one_value() -> None:
    assert histogram([], 0, 100).bins == ()
    assert sum(each.count for each in histogram([80, 80], 0, 100).bins) == 2


def test_long_labels_are_cut() -> None:
    assert shortened("评委甲") == "评委甲"
    assert shortened("欧阳某某某某某某") == "欧阳某某某某某…"
    assert shortened("Bartholomew Longname") == "Bartholomew Lo…"
