from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.call_templates import BLANK, CATEGORIES, CRITERIA
from submissions.rules.calls import check_call, frozen_changes
from submissions.values import CallView, Category, Criterion, Prize
from tests.submissions.factories import BEFORE, CLOSES, DURING, OPENS, ZONE, proposal, rules


def fields(**changes: object) -> list[str]:
    return [each.field for each in check_call(proposal(**changes))]


def rule_fields(**changes: object) -> list[str]:
    return fields(rules=rules(**changes))


def test_the_template_is_sound() -> None:
    assert fields() == []
    assert len(CATEGORIES) == 9
    assert [each.weight for each in CRITERIA] == [25, 25, 25, 25]


def test_a_blank_call_asks_for_what_is_missing() -> None:
    blank = proposal(title="", notice_html="", opens_at=None, closes_at=None, rules=BLANK.rules)
    assert [each.field for each in check_call(blank)] == [
        "title",
        "notice_html",
        "opens_at",
        "closes_at",
        "categories-0-name",
        "criteria-0-name",
        "prizes-0-name",
        "pledge_text",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "题" * 101}, ["title"]),
        ({"slug": "New Call"}, ["slug"]),
        ({"slug": "new"}, ["slug"]),
        ({"slug": "-a"}, ["slug"]),
        ({"closes_at": OPENS}, ["closes_at"]),
        ({"closes_at": OPENS + timedelta(microseconds=1)}, []),
        ({"timezone": "Asia/Peking"}, ["timezone"]),
    ],
)
def test_heading_and_window(changes: dict[str, object], expected: list[str]) -> None:
    assert fields(**changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"categories": ()}, ["categories-0-name"]),
        ({"categories": (Category("a", "甲"), Category("b", "甲"))}, ["categories-1-name"]),
        ({"categories": (Category("a", "甲", 0),)}, ["categories-0-quota"]),
        ({"criteria": ()}, ["criteria-0-name"]),
        ({"criteria": (Criterion("a", "甲", 100, 10, 10),)}, ["criteria-0-highest"]),
        ({"criteria": (Criterion("a", "甲", 100, 0, 10, Decimal("0.3")),)}, ["criteria-0-step"]),
        ({"criteria": (Criterion("a", "甲", 100, 0, 10, Decimal("0.5")),)}, []),
        ({"criteria": (Criterion("a", "甲", 100, 0, 10**300),)}, ["criteria-0-highest"]),
        ({"criteria": (Criterion("a", "甲", 100, 0, 10, Decimal("1E-9999")),)}, ["criteria-0-step"]),
        (
            {"criteria": (Criterion("a", "甲", 60, 0, 10), Criterion("b", "乙", 30, 0, 10))},
            ["criteria-0-weight"],
        ),
        ({"prizes": ()}, ["prizes-0-name"]),
        ({"prizes": (Prize("first", "一等奖", 0),)}, ["prizes-0-quota"]),
        ({"cases_per_unit": 0}, ["cases_per_unit"]),
        ({"recommendations_per_unit": -1}, ["recommendations_per_unit"]),
        ({"reads_per_case": 0}, ["reads_per_case"]),
        ({"words_lowest": 3000, "words_highest": 800}, ["words_highest"]),
        ({"reads_per_case": 51}, ["reads_per_case"]),
        ({"words_lowest": -1}, ["words_lowest"]),
        ({"pledge_text": " "}, ["pledge_text"]),
    ],
)
def test_rules(changes: dict[str, object], expected: list[str]) -> None:
    assert rule_fields(**changes) == expected


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_weights_must_sum_to_a_hundred(weights: list[int]) -> None:
    criteria = tuple(Criterion(f"c{i}", f"标准{i}", weight, 0, 100) for i, weight in enumerate(weights))
    assert (rule_fields(criteria=criteria) == []) == (sum(weights) == 100)


CALL = CallView(
    id="c",
    slug="2026-branch-cases",
    title="题",
    theme="",
    notice_html="<p>文</p>",
    opens_at=OPENS,
    closes_at=CLOSES,
    timezone=ZONE,
    rules=rules(),
    published_at=BEFORE,
    year=2026,
)


def test_wording_stays_free_after_the_window_opened() -> None:
    assert frozen_changes(CALL, proposal(title="新题", theme="新", notice_html="<p>新</p>"), now=DURING) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "x"}, "slug"),
        ({"closes_at": CLOSES + timedelta(days=1)}, "closes_at"),
        ({"timezone": "UTC"}, "timezone"),
        ({"rules": rules(reads_per_case=5)}, "rules"),
        ({"rules": rules(needs_check=True)}, "rules"),
        ({"rules": rules(prizes=(Prize("first", "一等奖", 1),))}, "prizes"),
        ({"rules": rules(criteria=CRITERIA[:1])}, "criteria"),
        ({"rules": rules(categories=CATEGORIES[:1])}, "categories"),
    ],
)
def test_rules_freeze_at_the_instant_the_window_opens(changes: dict[str, object], field: str) -> None:
    changed = proposal(**changes)
    assert [each.field for each in frozen_changes(CALL, changed, now=OPENS)] == [field]
    assert frozen_changes(CALL, changed, now=OPENS - timedelta(microseconds=1)) == ()
    assert frozen_changes(replace(CALL, published_at=None), changed, now=OPENS) == ()
