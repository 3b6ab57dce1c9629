"""Differences between two makings of a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casebook.reports.rules.changes import changes, snapshot
from casebook.reports.rules.counting import counted
from casebook.reports.values import CaseFacts, Change
from submissions.values import UNIT_KINDS
from tests.casebook.reports.makers import make_case, make_facts, won


def snapped(*cases: CaseFacts) -> dict[str, object]:
    facts = make_facts(cases)
    return snapshot(facts, counted(facts, UNIT_KINDS))


def causes(before: dict[str, object], after: dict[str, object]) -> list[Change]:
    return [each for each in changes(before, after) if each.kind not in ("number", "figure")]


PLAIN, AWARDED = make_case(1), won(1)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (PLAIN, AWARDED, Change("award_new", "案例之1", "", "二等奖")),
        (AWARDED, PLAIN, Change("award_gone", "案例之1", "二等奖", "")),
        (
            AWARDED,
            replace(AWARDED, award_id="other", prize="一等奖"),
            Change("award_other", "案例之1", "二等奖", "一等奖"),
        ),
        (
            AWARDED,
            replace(AWARDED, version_id="other", content_hash="abc"),
            Change("version", "案例之1", "000000000000", "abc"),
        ),
    ],
)
def test_what_happened_to_a_case(before: CaseFacts, after: CaseFacts, found: Change) -> None:
    assert causes(snapped(before), snapped(after)) == [found]


def test_cases_without_an_award_have_no_name() -> None:
    assert causes(snapped(PLAIN), snapped(PLAIN, make_case(2))) == [Change("case_in", "—", "", "")]
    assert causes(snapped(PLAIN, won(2)), snapped(PLAIN)) == [Change("case_out", "案例之2", "二等奖", "")]


def test_numbers_and_figures_follow_their_causes() -> None:
    found = changes(snapped(PLAIN, make_case(2)), snapped(AWARDED, make_case(2)))
    assert found[0].kind == "award_new"
    assert Change("number", "获奖案例数", "0", "1") in found
    assert Change("figure", "各类别的案例", "", "1") in found


def test_the_same_again_is_no_change() -> None:
    assert changes(snapped(PLAIN, AWARDED), snapped(PLAIN, AWARDED)) == ()
