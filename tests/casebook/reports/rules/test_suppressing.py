"""What may leave the house of tables with small rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.reports.figures import Column, Figure, Measure, Row, Small, percent
from casebook.reports.rules.suppressing import LEAST, has_small, printed
from foundation.text import _


def make_figure(counts: list[int], small: Small = Small.MERGE) -> Figure:
    rows = tuple(
        Row(f"地区{place}", (count // 2, count, percent(count // 2, count)), count)
        for place, count in enumerate(counts)
    )
    return Figure(
        key="regions",
        name=_("地区"),
        title=_("地区"),
        head=_("地区"),
        columns=(Column(_("获奖")), Column(_("案例")), Column(_("获奖比例"), Measure.PERCENT, (0, 1))),
        rows=rows,
        base=sum(counts),
        base_name=_("个案例"),
        definition=_("地区"),
        small=small,
    )


def labels(figure: Figure) -> list[tuple[str, int]]:
    return [(str(row.label), row.n) for row in figure.rows]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([9, 6], [("地区0", 9), ("地区1", 6)]),
        ([9, 6, 3, 2], [("地区0", 9), ("地区1", 6), ("其他（2 类合并）", 5)]),
        ([9, 6, 4], [("地区0", 9), ("其他（2 类合并）", 10)]),
        ([9, 1, 1], [("其他（3 类合并）", 11)]),
        ([2, 1], []),
        ([9, 0], [("地区0", 9), ("地区1", 0)]),
    ],
)
def test_small_rows_are_merged_so_that_none_can_be_subtracted(
    counts: list[int], found: list[tuple[str, int]]
) -> None:
    assert labels(printed(make_figure(counts))) == found


def test_percentages_of_a_merged_row_are_worked_out_anew() -> None:
    merged = printed(make_figure([9, 6, 3, 2])).rows[-1]
    assert merged.values == (2, 5, 40.0)


def test_what_cannot_be_merged_is_left_out() -> None:
    figure = printed(make_figure([9, 4], Small.DROP))
    assert (labels(figure), figure.merged) == ([("地区0", 9)], 1)


def test_public_facts_stay() -> None:
    figure = make_figure([9, 1], Small.KEEP)
    assert printed(figure) == figure
    assert not has_small(figure)


@given(st.lists(st.integers(0, 12), max_size=12))
def test_no_small_row_is_printed_and_nothing_is_lost(counts: list[int]) -> None:
    figure = printed(make_figure(counts))
    assert all(row.n >= LEAST or row.n == 0 for row in figure.rows)
    if figure.rows:
        assert sum(row.n for row in figure.rows) == sum(counts)
    else:
        assert sum(counts) < LEAST
    small = [count for count in counts if 0 < count < LEAST]
    assert figure.merged == 0 or figure.merged >= 2 or len([c for c in counts if c]) == 1 or not small
