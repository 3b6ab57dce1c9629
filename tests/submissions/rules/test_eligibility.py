"""Kinds of unit, when the practice was, earlier awards."""

from datetime import date

import pytest

from submissions.rules.eligibility import (
    award_findings,
    likeness,
    months_before,
    practice_findings,
    unit_refusal,
)
from submissions.values import EarlierAwards, Eligibility
from tests.submissions.factories import text

CLOSES_ON = date(2026, 3, 31)
LAST_YEAR = Eligibility(practice_latest=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("admitted", "kind", "allowed"),
    [
        ((), "", True),
        ((), "rural", True),
        (("rural",), "rural", True),
        (("rural",), "school", False),
        (("rural",), "", False),
    ],
)
def test_kinds_of_unit(admitted: tuple[str, ...], kind: str, allowed: bool) -> None:
    assert (unit_refusal(Eligibility(unit_kinds=admitted), kind) is None) == allowed


def test_a_unit_that_is_not_admitted_is_told_what_to_do() -> None:
    asked = Eligibility(unit_kinds=("rural",))
    assert str(unit_refusal(asked, "school")) == (
        "这次征集不面向“高等院校和学校”类单位，贵单位不能申报。如果单位类别有误，请联系管理员更正。"
    )
    assert "还没有设置" in str(unit_refusal(asked, ""))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), 24, date(2024, 3, 31)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("asked", "begin", "end", "fields"),
    [
        (Eligibility(), date(1999, 1, 1), None, []),
        (Eligibility(practice_earliest=date(2024, 1, 1)), date(2024, 1, 1), None, []),
        (Eligibility(practice_earliest=date(2024, 1, 1)), date(2023, 12, 31), None, ["practice_from"]),
        (Eligibility(practice_months=24), date(2024, 3, 31), None, []),
        (Eligibility(practice_months=24), date(2024, 3, 30), None, ["practice_from"]),
        (LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31), []),
        (
            LAST_YEAR,
            date(2025, 1, 1),
            date(2026, 1, 1),
            ["practice_to"],
        ),
        (
            LAST_YEAR,
            date(2026, 1, 1),
            date(2026, 2, 1),
            ["practice_from"],
        ),
        (Eligibility(practice_earliest=date(2024, 1, 1)), None, None, []),
    ],
)
def test_when_the_practice_was(
    asked: Eligibility, begin: date | None, end: date | None, fields: list[str]
) -> None:
    what = text(practice_from=begin, practice_to=end)
    assert [each.field for each in practice_findings(what, asked, CLOSES_ON)] == fields


@pytest.mark.parametrize(
    ("policy", "earlier", "found"),
    [
        (EarlierAwards.ALLOWED, ["老题"], []),
        (EarlierAwards.POINTED_OUT, [], []),
        (EarlierAwards.POINTED_OUT, ["老题"], [("title", False)]),
        (EarlierAwards.REFUSED, ["老题"], [("title", True)]),
    ],
)
def test_earlier_awards(policy: EarlierAwards, earlier: list[str], found: list[tuple[str, bool]]) -> None:
    findings = award_findings(Eligibility(earlier_awards=policy), earlier)
    assert [(each.field, each.blocking) for each in findings] == found


def test_likeness_is_of_letters_and_digits_alone() -> None:
    assert likeness("一本台账，解开老疙瘩。") == likeness(" 一本台账 解开老疙瘩")
    assert likeness("ＡＢ１") == likeness("ab1")
    assert likeness("23 件") != likeness("24 件")
