"""Setting up in the form how a call is judged, and reading it on the call's page."""

from typing import Any

import pytest

from foundation.clock import FixedClock
from submissions import queries
from submissions.values import JuryGroup, TiePolicy
from tests.submissions.factories import DURING, World, world
from tests.submissions.test_pages import call_fields, sign_in, text_of, value_of


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


def test_levels_groups_and_thresholds_are_typed_kept_and_published(
    product: Any, visitor: Any, here: World
) -> None:
    sign_in(visitor, here.organiser)
    address = "/organise/calls/new/edit"
    more = visitor.post(address, call_fields(rows="criteria-0-levels+"))
    assert 'id="criteria-0-levels-0-name"' in more.text
    typed = call_fields(
        blind="no",
        standing_rule="weighted",
        tie_policy="lower",
        notice_days="5",
        **{
            "criteria-0-tie_place": "1",
            "criteria-0-levels-0-lowest": "90",
            "criteria-0-levels-0-name": "优秀",
            "criteria-0-levels-0-text": "可以核对。",
            "criteria-0-levels-1-name": "一般",
            "prizes-0-threshold": "85",
            "jury_groups-0-name": "专家",
            "jury_groups-0-weight": "70",
        },
    )
    wrong = visitor.post(address, typed)
    assert wrong.status_code == 422
    assert 'href="#criteria-0-levels-1"' in wrong.text
    assert "请填写这一档从多少分起。" in text_of(wrong)
    assert value_of(wrong, "criteria-0-levels-0-name") == "优秀"
    wrong = visitor.post(address, {**typed, "criteria-0-levels-1-lowest": "60"})
    said = text_of(wrong)
    assert "“真实性”最低的一档应从最低分 0 分起" in said
    assert "请至少设两个评委组" in said
    right = {
        **typed,
        "criteria-0-levels-1-lowest": "0",
        "jury_groups-1-name": "群众",
        "jury_groups-1-weight": "30",
    }
    shown = text_of(visitor.post("/organise/calls/preview", right))
    for words in (
        "实名评审",
        "90–100 分 优秀 可以核对。",
        "0–89 分 一般",
        "得分不低于 85",
        "专家 70%",
        "依次比较下列标准的平均分",
        "授予下一等奖项",
        "公示 5 个工作日",
    ):
        assert words in shown
    saved = visitor.post(address, right)
    assert "征集活动已保存" in text_of(saved)
    with product.database.read() as db:
        made = queries.call(db, saved.url.path.rsplit("/", 1)[-1]).rules
    assert [each.name for each in made.criteria[0].levels] == ["一般", "优秀"]
    assert made.judging.jury_groups == (JuryGroup("k1", "专家", 70), JuryGroup("k2", "群众", 30))
    assert (made.judging.blind, made.judging.tie_policy) == (False, TiePolicy.LOWER)
    form = visitor.get(saved.url.path + "/edit")
    assert value_of(form, "criteria-0-tie_place") == "1"
    assert value_of(form, "prizes-0-threshold") == "85"
