"""How a call is judged: what is sound, what is frozen, and that the form gives back what it was given."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from foundation.forms import validated
from submissions.call_templates import STANDARD
from submissions.codec import rules_from_json, rules_to_json
from submissions.forms import CHOICES, ROW_GROUPS, CallForm, change_rows, nested, values_of
from submissions.rules.calls import check_call, frozen_changes
from submissions.rules.judging import check_judging
from submissions.values import (
    CallRules,
    CallView,
    Criterion,
    JudgingRules,
    JuryGroup,
    Level,
    Prize,
    PrizePools,
    StandingRule,
    TiePolicy,
)
from tests.submissions.factories import BEFORE, CLOSES, DURING, OPENS, ZONE, proposal, rules

LEVELS = (Level(Decimal(0), "一般", "做法常见。"), Level(Decimal(75), "良好"), Level(Decimal(90), "优秀"))
GRADES = tuple(Level(Decimal(mark), name) for mark, name in ((1, "D"), (4, "C"), (7, "B"), (10, "A")))
GROUPS = (JuryGroup("experts", "专家", 70), JuryGroup("public", "群众", 30))
FULL = JudgingRules(
    blind=False,
    discussion=True,
    extremes_need_comment=True,
    tie_break=("b", "a"),
    tie_policy=TiePolicy.LOWER,
    jury_groups=GROUPS,
    prize_pools=PrizePools.BY_CATEGORY,
    prizes_per_unit=2,
    notice_days=5,
)


def one(**changes: Any) -> Criterion:
    return Criterion("a", "创新性", 100, 0, 100, **changes)


def said(**changes: Any) -> list[tuple[str, str]]:
    return [(each.field, str(each.message)) for each in check_judging(rules(**changes))]


def laid_down() -> CallRules:
    criteria = (
        Criterion("a", "真实性", 50, 0, 100, Decimal("0.5"), "写小写实", LEVELS),
        Criterion("b", "创新性", 50, 1, 10, levels=GRADES, graded=True),
    )
    return rules(
        criteria=criteria,
        prizes=(Prize("first", "一等奖", 1, Decimal("88.5")), Prize("second", "二等奖", 2)),
        standing_rule=StandingRule.WEIGHTED,
        judging=FULL,
    )


def test_everything_that_can_be_laid_down_is_sound_and_comes_back() -> None:
    """Through the checks, the stored JSON and the form's fields."""
    made = laid_down()
    assert check_judging(made) == ()
    assert rules_from_json(rules_to_json(made)) == made
    assert validated(CallForm, values_of(proposal(rules=made))).rules() == made
    assert check_call(proposal(rules=STANDARD.rules)) == ()
    assert all(len(each.levels) == 4 for each in STANDARD.rules.criteria)


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        (one(levels=LEVELS), None),
        (one(levels=LEVELS[1:]), "最低的一档应从最低分 0 分起"),
        (one(levels=(*LEVELS, Level(Decimal(101), "特优"))), "“特优”档从 101 分起，不是这条标准可以打的分数"),
        (one(levels=(*LEVELS, Level(Decimal("95.5"), "特优"))), "“特优”档从 95.5 分起"),
        (one(levels=(*LEVELS, Level(Decimal(90), "特优"))), "两个档次从同一个分数起"),
        (one(levels=(*LEVELS, Level(Decimal(95), "优秀"))), "两个档次名称相同"),
        (one(levels=(*LEVELS, Level(Decimal(95), ""))), "有一个档次没有名称"),
        (one(graded=True), "请至少写两个档次"),
        (one(graded=True, levels=LEVELS[1:]), None),
        (one(levels=tuple(Level(Decimal(n), str(n)) for n in range(13))), "不能超过 12 个"),
    ],
)
def test_levels_of_a_criterion(criterion: Criterion, sentence: str | None) -> None:
    found = said(criteria=(criterion,))
    if sentence is None:
        assert found == []
    else:
        ((field, message),) = found
        assert (field, sentence in message) == ("criteria-0-levels", True)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"standing_rule": StandingRule.WEIGHTED}, ["standing_rule"]),
        ({"standing_rule": StandingRule.MEAN, "judging": JudgingRules(jury_groups=GROUPS[:1])}, []),
        (
            {
                "standing_rule": StandingRule.WEIGHTED,
                "judging": JudgingRules(jury_groups=(GROUPS[0], JuryGroup("p", "专家", 0))),
            },
            ["jury_groups-1-name", "jury_groups-1-weight", "jury_groups-0-weight"],
        ),
        ({"judging": JudgingRules(tie_break=("nothing",))}, ["criteria-0-tie_place"]),
        ({"judging": JudgingRules(prizes_per_unit=0)}, ["prizes_per_unit"]),
        ({"judging": JudgingRules(notice_days=61)}, ["notice_days"]),
        (
            {"prizes": (Prize("a", "一", 1, Decimal(80)), Prize("b", "二", 1, Decimal(81)))},
            ["prizes-1-threshold"],
        ),
        ({"prizes": (Prize("a", "一", 1, Decimal(101)),)}, ["prizes-0-threshold"]),
    ],
)
def test_what_is_not_sound_is_said_at_its_field(changes: dict[str, Any], fields: list[str]) -> None:
    assert [field for field, _message in said(**changes)] == fields


def test_how_a_call_is_judged_is_frozen_with_its_other_rules() -> None:
    made = laid_down()
    call = CallView("c", "s", "t", "", "<p>n</p>", OPENS, CLOSES, ZONE, made, BEFORE, 2026)
    changed = replace(made, judging=replace(FULL, tie_policy=TiePolicy.EXPAND))
    other_level = replace(made, criteria=(replace(made.criteria[0], levels=LEVELS[:2]), made.criteria[1]))

    def frozen(new: CallRules) -> list[str]:
        typed = replace(proposal(rules=new), slug="s", opens_at=OPENS, closes_at=CLOSES, timezone=ZONE)
        return [each.field for each in frozen_changes(call, typed, now=DURING)]

    assert frozen(made) == []
    assert frozen(changed) == ["rules"]
    assert frozen(other_level) == ["criteria"]


def test_rows_within_rows() -> None:
    posted = [
        ("criteria-0-name", "真实性"),
        ("criteria-0-levels-1-name", "良好"),
        ("criteria-0-levels-0-lowest", "90"),
        ("criteria-0-levels", "x"),  # no row, no cell: left out
        ("criteria-0-prizes-0-name", "y"),
        ("criteria-1-name", "实效性"),
    ]
    values = nested(posted, groups=ROW_GROUPS, choices=CHOICES)
    assert values["criteria"] == [
        {"name": "真实性", "levels": [{"lowest": "90"}, {"name": "良好"}]},
        {"name": "实效性"},
    ]
    change_rows(values, "criteria-0-levels-0")
    change_rows(values, "criteria-1-levels+")
    change_rows(values, "criteria-9-levels+")
    change_rows(values, "criteria-0-prizes+")
    assert [each["levels"] for each in values["criteria"]] == [[{"name": "良好"}], [{}]]
