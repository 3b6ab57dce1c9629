"""Marks, hand-in and numbers."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from judging import rules
from judging.values import AssignmentState, Mark, RoundState
from submissions.rules import criteria
from submissions.values import Category, Criterion

WHOLE = Criterion("a", "真实性", 50, 0, 100)
HALF = Criterion("b", "创新性", 50, 1, 10, Decimal("0.5"))
NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "value"),
    [("85", Decimal(85)), (" ８５．５ ", Decimal("85.5")), ("-1", Decimal(-1)), ("0", Decimal(0))],
)
def test_marks_as_people_type_them(written: str, value: Decimal) -> None:
    assert rules.parse_mark(written) == value


@pytest.mark.parametrize("written", ["", "abc", "1e3", "NaN", "1,5", "1" * 40, "٣٣x"])
def test_what_is_no_mark(written: str) -> None:
    assert rules.parse_mark(written) is None


@pytest.mark.parametrize(
    ("criterion", "value", "refusal"),
    [
        (WHOLE, "0", None),
        (WHOLE, "100", None),
        (WHOLE, "101", "“真实性”的分数应在 0 到 100 之间。"),
        (WHOLE, "-1", "“真实性”的分数应在 0 到 100 之间。"),
        (WHOLE, "85.5", "“真实性”的分数应以 1 为一档。"),
        (HALF, "8.5", None),
        (HALF, "8.3", "“创新性”的分数应以 0.5 为一档。"),
    ],
)
def test_marks_keep_to_the_scale(criterion: Criterion, value: str, refusal: str | None) -> None:
    found = rules.mark_refusal(criterion, Decimal(value))
    assert (str(found) if found else None) == refusal


def test_buttons_for_short_scales_only() -> None:
    assert criteria.scale(Criterion("c", "丙", 1, 1, 5)) == tuple(map(Decimal, (1, 2, 3, 4, 5)))
    assert criteria.scale(Criterion("c", "丙", 1, 1, 3, Decimal("0.5"))) == tuple(
        map(Decimal, ("1", "1.5", "2", "2.5", "3"))
    )
    assert criteria.scale(WHOLE) == ()


def test_marks_are_written_plainly() -> None:
    assert [criteria.plain(Decimal(each)) for each in ("8.0", "8.50", "80", "1E+1")] == [
        "8",
        "8.5",
        "80",
        "10",
    ]


def test_a_scorecard_names_what_is_missing() -> None:
    assert (
        str(rules.incomplete((WHOLE, HALF), [Mark("a", Decimal(0))], "A07"))
        == "A07 还有 1 项没有打分：创新性。"
    )
    assert rules.incomplete((WHOLE,), [Mark("a", Decimal(0))], "A07") is None


def test_scoring_ends_with_the_round_and_its_deadline() -> None:
    assert rules.round_refusal(RoundState.OPEN, None, NOW) is None
    assert rules.round_refusal(RoundState.OPEN, NOW + timedelta(microseconds=1), NOW) is None
    assert rules.round_refusal(RoundState.OPEN, NOW, NOW) is not None
    assert rules.round_refusal(RoundState.CLOSED, None, NOW) is not None
    assert rules.round_refusal(RoundState.DECIDED, None, NOW) is not None


def test_only_an_open_scorecard_changes() -> None:
    assert [rules.assignment_refusal(state) is None for state in AssignmentState] == [
        True,
        False,
        False,
        False,
    ]


CATEGORIES = (Category("x", "甲"), Category("y", "乙"))


def test_numbers_say_the_category_and_nothing_else() -> None:
    cases = {f"c{n}": "x" for n in range(30)} | {"d": "y"}
    numbers = rules.anonymous_numbers(CATEGORIES, cases, [], "seed")
    assert sorted(numbers.values()) == [f"A{n:02}" for n in range(1, 31)] + ["B01"]
    assert [numbers[f"c{n}"] for n in range(30)] != [f"A{n:02}" for n in range(1, 31)]
    assert rules.anonymous_numbers(CATEGORIES, dict(reversed(cases.items())), [], "seed") == numbers


def test_latecomers_come_after_the_others() -> None:
    assert rules.anonymous_numbers(CATEGORIES, {"new": "x"}, ["A01", "A02", "B07"], "seed") == {"new": "A03"}
