"""Suggestions and better spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggest import Suggestions
from search.values import Entry

SHELF = Suggestions(
    [
        Entry("c1", "以党建引领网格治理", "长沙审计局党支部", "机关", ("志愿服务",)),
        Entry("c2", "用好黨建微信群", "双坡村党支部", "农村"),
        Entry("c3", "直播间里的夜间党校", "审计局二处党支部", "机关"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("夜间", "直播间里的夜间党校"),
        ("黨建微信", "用好黨建微信群"),
        ("党建微信", "用好黨建微信群"),
        ("zhibojian", "直播间里的夜间党校"),
        ("zhibo jian", "直播间里的夜间党校"),
        ("zbj", "直播间里的夜间党校"),
        ("weixinqun", "用好黨建微信群"),
        ("shuangpo", "双坡村党支部"),
        ("spc", "双坡村党支部"),
        ("nongcun", "农村"),
        ("DANGJIAN", "党建"),
        ("zhiyuan", "志愿服务"),
        ("党jian", "党建"),
        ("wgzl", "以党建引领网格治理"),
    ],
)
def test_suggestions(typed: str, expected: str) -> None:
    assert expected in [each.text for each in SHELF.complete(typed)]


def test_what_begins_so_comes_first_and_titles_name_their_case() -> None:
    found = SHELF.complete("审计局")
    assert [each.text for each in found][:2] == ["审计局", "审计局二处党支部"]
    assert [each.case_id for each in SHELF.complete("用好")] == ["c2"]


def test_of_several_words_the_last_is_completed() -> None:
    assert [each.text for each in SHELF.complete("夜间 dangj")] == ["夜间 党建"]
    assert SHELF.complete("夜间 没有这样的") == []


@pytest.mark.parametrize("typed", ["", "  ", "x", "没有这样的题目", "[(*", "\x00"])
def test_nothing_to_suggest(typed: str) -> None:
    assert SHELF.complete(typed) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("党健", "党建"),
        ("當建", "党建"),
        ("危信群", "微信群"),
        ("党健 夜间", "党建 夜间"),
        ("dangjian", "党建"),
        ("夜见", "夜间"),
        ("直播建", "直播间"),
        ("党建", ""),
        ("完全没有", ""),
        ("", ""),
        ("97%", ""),
    ],
)
def test_better_spellings(typed: str, expected: str) -> None:
    assert SHELF.correct(typed) == expected


def test_confused_sounds_are_a_second_try() -> None:
    assert SHELF.correct("涨沙") in {"", "长沙"}
    assert SHELF.correct("网革") == "网格"
    assert SHELF.correct("用农村") == ""


@pytest.mark.parametrize(
    ("latin", "expected"),
    [
        ("dangjian", "党建"),
        ("dang'jian", "党建"),
        ("wangge", "网格"),
        ("dangjianwangge", "党建网格"),
        ("shuangpo", "双坡"),
        ("dj", "党建"),
        ("djwx", "党建微信"),
        ("angji", ""),
        ("d", ""),
        ("党", ""),
        ("", ""),
    ],
)
def test_pinyin_and_initials_are_read(latin: str, expected: str) -> None:
    assert SHELF.read(latin) == expected


def test_initials_are_not_read_where_only_sounds_are_asked_for() -> None:
    assert (SHELF.read("djwx", initials=False), SHELF.read("dangjian", initials=False)) == ("", "党建")


@given(st.text(alphabet="党建网格ang jid'微wx%", max_size=12))
def test_anything_may_be_typed(typed: str) -> None:
    found = SHELF.complete(typed)
    assert len(found) == len(set(found)) <= 8
    assert isinstance(SHELF.correct(typed) + SHELF.read(typed), str)
