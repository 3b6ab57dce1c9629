"""The published rule, against digits calculated by hand."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.statistics.standing import case_score, composite, full_score, rounded, standings
from judging.values import AssignmentState, Mark, ReviewRow
from submissions.values import Criterion, StandingRule
from tests.judging.factories import FOUR, flat, review, rules

TEN = (Criterion("a", "甲", 60, 1, 10, Decimal("0.5")), Criterion("b", "乙", 40, 1, 10))


def test_a_read_weighs_its_marks() -> None:
    # 90x30 + 85x30 + 77x25 + 80x15 = 2700 + 2550 + 1925 + 1200 = 8375 percent
    assert composite(FOUR, review("c", "j", 90, 85, 77, 80).marks) == Fraction(8375, 100)


def test_half_points_stay_exact() -> None:
    # 8.5x60 + 7x40 = 510 + 280
    assert composite(TEN, review("c", "j", "8.5", 7, criteria=TEN).marks) == Fraction(79, 10)


def test_different_scales_become_percentages() -> None:
    mixed = (Criterion("a", "甲", 50, 0, 10), Criterion("b", "乙", 50, 0, 40))
    assert composite(mixed, review("c", "j", 7, 30, criteria=mixed).marks) == Fraction(145, 2)
    assert full_score(mixed) == 100
    assert full_score(TEN) == 10


def test_zero_is_a_mark_and_missing_is_no_read() -> None:
    assert composite(FOUR, review("c", "j", 0, 0, 0, 0).marks) == 0
    assert composite(FOUR, review("c", "j", 90, 85, 77).marks) is None


def test_84_2_reached_three_ways_ties() -> None:
    reviews = [
        *(flat("one", f"j{n}", mark) for n, mark in enumerate(("84.2", "84.2", "84.2"))),
        *(flat("two", f"j{n}", mark) for n, mark in enumerate(("84.1", "84.2", "84.3"))),
        *(flat("three", f"j{n}", mark) for n, mark in enumerate(("80.6", "85", "87"))),
        *(flat("four", f"j{n}", mark) for n, mark in enumerate(("84", "84", "84.5"))),
    ]
    found = standings(["one", "two", "three", "four"], reviews, rules())
    assert [(row.case_id, row.rank, row.tied, row.shown) for row in found] == [
        ("one", 1, True, Decimal("84.20")),
        ("three", 1, True, Decimal("84.20")),
        ("two", 1, True, Decimal("84.20")),
        ("four", 4, False, Decimal("84.17")),
    ]


def test_competition_ranks_one_two_two_four() -> None:
    marks = {"a": 90, "b": 80, "c": 80, "d": 70}
    reviews = [flat(case, "j", mark) for case, mark in marks.items()]
    found = standings(marks, reviews, rules(reads=1))
    assert [(row.case_id, row.rank) for row in found] == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]


@pytest.mark.parametrize(
    ("marks", "score"),
    [
        ((60, 80, 90, 100), Fraction(85)),  # 60 and 100 go
        ((60, 60, 90, 100, 100), Fraction(250, 3)),  # only one of each goes: 60 + 90 + 100
        ((60, 80, 100), Fraction(80)),  # three reads: nothing goes
        ((60,), Fraction(60)),
    ],
)
def test_without_one_highest_and_one_lowest(marks: tuple[int, ...], score: Fraction) -> None:
    assert case_score(StandingRule.TRIMMED_MEAN, [Fraction(mark) for mark in marks]) == score


def test_rounding_is_half_up_on_the_exact_value() -> None:
    assert rounded(Fraction(84125, 1000)) == Decimal("84.13")
    assert rounded(Fraction(2, 3)) == Decimal("0.67")
    assert rounded(Fraction(-84125, 1000)) == Decimal("-84.13")
    assert str(rounded(Fraction(85))) == "85.00"


def test_neighbours_that_look_alike_show_more_decimals() -> None:
    reviews = [
        *(flat("a", f"j{n}", mark) for n, mark in enumerate(("84", "84", "84.5"))),  # 84.1666…
        *(flat("b", f"j{n}", mark) for n, mark in enumerate(("84.17", "84.17", "84.17"))),
    ]
    found = standings(["a", "b"], reviews, rules())
    assert [(row.case_id, row.rank, row.shown, row.precise) for row in found] == [
        ("b", 1, Decimal("84.17"), Decimal("84.170")),
        ("a", 2, Decimal("84.17"), Decimal("84.167")),
    ]


def test_too_few_reads_have_a_score_but_no_rank() -> None:
    reviews = [*(flat("full", f"j{n}", 70) for n in range(3)), flat("one", "j0", 99)]
    full, one, none = standings(["none", "one", "full"], reviews, rules())
    assert (full.case_id, full.rank, full.reads_missing) == ("full", 1, 0)
    assert (one.case_id, one.rank, one.shown, one.reads_missing) == ("one", None, Decimal("99.00"), 2)
    assert (none.case_id, none.rank, none.score, none.shown, none.spread) == ("none", None, None, None, None)


def test_only_handed_in_reads_of_known_cases_count() -> None:
    marks = flat("c", "j", 90).marks
    reviews = [
        ReviewRow("c", "open", marks, AssignmentState.OPEN),
        ReviewRow("c", "recused", marks, AssignmentState.RECUSED),
        ReviewRow("c", "removed", marks, AssignmentState.REMOVED),
        ReviewRow("withdrawn", "in", marks),
        flat("c", "in", 60),
    ]
    (row,) = standings(["c"], reviews, rules(reads=1))
    assert (row.reads, row.shown, row.composites) == (1, Decimal("60.00"), (("in", Fraction(60)),))


def test_a_tie_break_is_used_only_when_announced_and_says_so() -> None:
    reviews = [review("a", "j", 80, 80, 80, 80), review("b", "j", 90, 70, 80, 80), flat("c", "j", 70)]
    silent = standings("abc", reviews, rules(reads=1))
    assert [(row.case_id, row.rank) for row in silent] == [("a", 1), ("b", 1), ("c", 3)]
    broken = standings("abc", reviews, rules(reads=1), tie_break=("authenticity",))
    assert [(row.case_id, row.rank, row.tied, row.broken_by) for row in broken] == [
        ("b", 1, False, "authenticity"),
        ("a", 2, False, "authenticity"),
        ("c", 3, False, ""),
    ]


def test_all_equal_share_the_first_place() -> None:
    reviews = [flat(case, f"j{n}", 77) for case in "abcde" for n in range(3)]
    assert {(row.rank, row.tied) for row in standings("abcde", reviews, rules())} == {(1, True)}


def test_one_juror_one_case() -> None:
    (row,) = standings(["c"], [flat("c", "j", 0)], rules(reads=1))
    assert (row.rank, row.tied, row.score, row.spread) == (1, False, Fraction(0), Fraction(0))


def test_nothing_to_rank() -> None:
    assert standings([], [], rules()) == ()


def test_two_reads_of_one_case_by_one_juror_are_a_fault() -> None:
    with pytest.raises(ValueError, match="two reads"):
        standings(["c"], [flat("c", "j", 1), flat("c", "j", 2)], rules())


MARKS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from("pqrstu"),
        st.lists(st.integers(0, 100), min_size=4, max_size=4),
    ),
    unique_by=lambda each: each[:2],
)


@given(MARKS, st.sampled_from(StandingRule), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    given_marks: list[tuple[str, str, list[int]]], rule: StandingRule, shuffler: random.Random
) -> None:
    reviews = [
        ReviewRow(case, juror, tuple(Mark(c.key, Decimal(m)) for c, m in zip(FOUR, marks, strict=True)))
        for case, juror, marks in given_marks
    ]
    once = standings("abcdef", reviews, rules(rule=rule, reads=2))
    shuffler.shuffle(reviews)
    assert standings("fdbeca", reviews, rules(rule=rule, reads=2)) == once
    ranked = [row.score for row in once if row.rank is not None]
    assert ranked == sorted(ranked, reverse=True, key=lambda score: score or 0)


@given(MARKS)
def test_ranks_are_one_plus_the_number_of_better_cases(given_marks: list[tuple[str, str, list[int]]]) -> None:
    reviews = [
        ReviewRow(case, juror, tuple(Mark(c.key, Decimal(m)) for c, m in zip(FOUR, marks, strict=True)))
        for case, juror, marks in given_marks
    ]
    found = [row for row in standings("abcdef", reviews, rules(reads=1)) if row.score is not None]
    assert [row.rank for row in found] == [
        1
        + sum(other.score > row.score for other in found if other.score is not None and row.score is not None)
        for row in found
    ]
