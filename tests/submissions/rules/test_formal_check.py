"""The automatic part of the formal check: pure, a table of what is found."""

from dataclasses import replace
from datetime import date

import pytest

from submissions.rules.formal_check import CheckSubject, OtherCase, automatic_findings, near_texts
from submissions.values import CheckState, EarlierAwards, Eligibility, Part
from tests.submissions.factories import attachment, rules, text

WORDS = "".join(chr(0x4E00 + number) for number in range(400))
OTHER_WORDS = "".join(chr(0x6000 + number) for number in range(300))
SUBJECT = CheckSubject(
    case_id="c1",
    version_id="v1",
    text=text(),
    words=WORDS,
    word_count=1100,
    rules=rules(),
    attachments=(attachment(),),
    unit_kind="rural",
    today=date(2026, 3, 10),
    closes_on=date(2026, 3, 31),
)


def states(**changes: object) -> dict[str, str]:
    found = automatic_findings(replace(SUBJECT, **changes))  # type: ignore[arg-type]  # names of the fields
    return {each.key: each.state.value for each in found if each.state is not CheckState.OK}


def other(**changes: str) -> OtherCase:
    return replace(OtherCase("c2", "2026-X", "别的题目", "下河村"), **changes)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, {}),
        ({"word_count": 10}, {"length": "problem"}),
        ({"word_count": 99_999}, {"length": "problem"}),
        ({"rules": rules(parts=(Part("effect", "成效"),))}, {"parts": "problem"}),
        ({"rules": rules(parts=(Part("background", "背景"),))}, {}),
        ({"text": text(practice_from=None)}, {"dates": "problem"}),
        ({"rules": rules(eligibility=Eligibility(practice_earliest=date(2025, 6, 1)))}, {"dates": "problem"}),
        ({"rules": rules(eligibility=Eligibility(unit_kinds=("school",)))}, {"unit": "problem"}),
        ({"others": (other(title="一本台账，解开村里的“老疙瘩”！"),)}, {"same_title": "look"}),
        ({"others": (other(words=WORDS[40:]),)}, {"near_text": "problem"}),
        ({"others": (other(words=WORDS[300:] + OTHER_WORDS),)}, {}),
        ({"earlier_awards": ("旧案例",)}, {"awards": "look"}),
        (
            {
                "earlier_awards": ("旧案例",),
                "rules": rules(eligibility=Eligibility(earlier_awards=EarlierAwards.REFUSED)),
            },
            {"awards": "problem"},
        ),
        ({"attachments": (attachment(caption=""),)}, {"files": "look"}),
        ({"rules": rules(needs_recommendation=True)}, {"recommended": "look"}),
        ({"rules": rules(needs_recommendation=True), "recommended_by": ("镇党委",)}, {}),
    ],
)
def test_findings(changes: dict[str, object], found: dict[str, str]) -> None:
    assert states(**changes) == found


def test_similar_texts_come_nearest_first() -> None:
    near = near_texts(WORDS, [other(number="1", words=WORDS[150:]), other(number="2", words=WORDS), other()])
    assert [(round(share, 2), each.number) for share, each in near] == [(1.0, "1"), (1.0, "2")]
    assert near_texts("短", [other(words=WORDS)]) == []
