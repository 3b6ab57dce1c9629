"""Reads become sorted arrays, or are refused."""

import math

import pytest

from judging.statistics.reads import Read, table

READS = [
    Read("b", "y", "rural", 80.0),
    Read("a", "y", "city", 70.0),
    Read("b", "x", "rural", 90.0),
]


def test_reads_are_sorted_by_case_and_juror() -> None:
    data = table(READS)
    assert (data.case_ids, data.juror_ids, data.group_ids) == (("a", "b"), ("x", "y"), ("city", "rural"))
    assert data.case.tolist() == [0, 1, 1]
    assert data.juror.tolist() == [1, 0, 1]
    assert data.value.tolist() == [70.0, 90.0, 80.0]
    assert data.group.tolist() == [0, 1]
    assert data.means.tolist() == [70.0, 85.0]


def test_pairs_are_within_a_case() -> None:
    first, second = table(READS).pairs
    assert sorted(zip(first.tolist(), second.tolist(), strict=True)) == [
        (0, 0),
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    ]


@pytest.mark.parametrize(
    ("reads", "why"),
    [
        ([], "no reads"),
        ([*READS, Read("b", "x", "rural", 70.0)], "two reads of case b by juror x"),
        ([Read("a", "x", "", math.nan)], "no mark"),
        ([*READS, Read("b", "z", "city", 70.0)], "two groups"),
    ],
)
def test_what_the_models_cannot_read_is_refused(reads: list[Read], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        table(reads)
