"""Grades, levels, half points and extreme marks: what a mark may be and when it needs a word."""

from dataclasses import replace
from decimal import Decimal

import pytest

from judging.rules import extreme, mark_refusal, mark_shown, read_mark, unexplained
from judging.values import Mark
from submissions.rules.criteria import box, described, extremes, grades
from submissions.values import Criterion, JudgingRules, Level
from tests.judging.factories import rules

LEVELS = (
    Level(Decimal(0), "不足", "空话多"),
    Level(Decimal(60), "一般"),
    Level(Decimal(90), "优秀", "事实具体"),
)
PLAIN = Criterion("real", "真实性", 50, 0, 100, levels=LEVELS)
GRADED = replace(PLAIN, key="new", name="创新性", graded=True)
HALVES = Criterion("model", "示范性", 50, 1, 10, Decimal("0.5"))


@pytest.mark.parametrize(
    ("criterion", "written", "value"),
    [
        (PLAIN, "85", Decimal(85)),
        (PLAIN, "８５", Decimal(85)),
        (PLAIN, "优秀", None),
        (GRADED, "优秀", Decimal(90)),
        (GRADED, " 优秀 ", Decimal(90)),
        (GRADED, "90", Decimal(90)),
        (GRADED, "最好", None),
        (replace(GRADED, levels=(Level(Decimal(1), "B"), Level(Decimal(2), "A"))), "ａ", Decimal(2)),
    ],
)
def test_a_mark_is_read_as_typed(criterion: Criterion, written: str, value: Decimal | None) -> None:
    assert read_mark(criterion, written) == value


@pytest.mark.parametrize(
    ("criterion", "value", "sentence"),
    [
        (GRADED, "90", None),
        (GRADED, "91", "“创新性”请选择 优秀、一般、不足 中的一个。"),
        (GRADED, "101", "“创新性”的分数应在 0 到 100 之间。"),
        (HALVES, "8.5", None),
        (HALVES, "8.25", "“示范性”的分数应以 0.5 为一档。"),
        (HALVES, "0.5", "“示范性”的分数应在 1 到 10 之间。"),
    ],
)
def test_marks_between_grades_and_steps_are_refused(
    criterion: Criterion, value: str, sentence: str | None
) -> None:
    refusal = mark_refusal(criterion, Decimal(value))
    assert (str(refusal) if refusal is not None else None) == sentence


def test_a_mark_is_shown_by_its_grade() -> None:
    assert [mark_shown(GRADED, Decimal(60)), mark_shown(PLAIN, Decimal(60))] == ["一般", "60"]


def test_levels_reach_up_to_the_next_one() -> None:
    assert [(each.low, each.high, each.name, each.words) for each in described(PLAIN)] == [
        ("90", "100", "优秀", "事实具体"),
        ("60", "89", "一般", ""),
        ("0", "59", "不足", "空话多"),
    ]
    halves = replace(HALVES, levels=(Level(Decimal(1), "低"), Level(Decimal("5.5"), "高")), rubric="看推广")
    assert [(each.low, each.high, each.words) for each in described(halves)] == [
        ("5.5", "10", ""),
        ("1", "5", ""),
        (None, None, "看推广"),
    ]


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (("D", "C", "B", "A"), ["A", "B", "C", "D"]),
        (("fair", "good", "excellent"), ["E", "G", "F"]),
        (("差", "中", "良", "优"), ["A", "B", "C", "D"]),
        (("B-", "B", "A"), ["A", "B", "C"]),
    ],
)
def test_every_grade_has_a_key_of_its_own(names: tuple[str, ...], keys: list[str]) -> None:
    levels = tuple(Level(Decimal(place), name) for place, name in enumerate(names))
    assert [each.key for each in grades(replace(GRADED, levels=levels))] == keys


def test_buttons_are_not_shown_beside_grades() -> None:
    short = replace(GRADED, highest=2, levels=(Level(Decimal(0), "低"), Level(Decimal(2), "高")))
    shown = box(short, "2", with_extremes=True)
    assert (shown.values, [each.value for each in shown.grades]) == ((), ["2", "0"])
    assert (shown.low, shown.high, box(short).low) == ("0.2", "1.8", "")


@pytest.mark.parametrize(
    ("criterion", "value", "is_extreme"),
    [
        (PLAIN, "90", False),
        (PLAIN, "91", True),
        (PLAIN, "10", False),
        (PLAIN, "9", True),
        (HALVES, "9", False),
        (HALVES, "9.5", True),
        (HALVES, "1.5", True),
        (HALVES, "2", False),
    ],
)
def test_the_lowest_and_highest_tenth_are_extreme(criterion: Criterion, value: str, is_extreme: bool) -> None:
    found = extreme([criterion], [Mark(criterion.key, Decimal(value))])
    assert found == ((criterion,) if is_extreme else ())


def test_extremes_of_a_scale() -> None:
    assert extremes(HALVES) == (Decimal("1.9"), Decimal("9.1"))


def test_extreme_marks_need_a_word_to_the_jury_where_the_call_says_so() -> None:
    free = rules(criteria=(PLAIN, HALVES))
    strict = replace(free, judging=JudgingRules(extremes_need_comment=True))
    high = [Mark("real", Decimal(99)), Mark("model", Decimal(5))]
    assert unexplained(free, high, "", "A01") is None
    assert unexplained(strict, high, "核对过台账", "A01") is None
    assert unexplained(strict, [Mark("real", Decimal(80))], "", "A01") is None
    assert str(unexplained(strict, high, " ", "A01")).startswith("A01 的“真实性”给了很高或很低的分数")
