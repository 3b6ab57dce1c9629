"""Required parts, found by their headings."""

import pytest

from submissions.call_templates import PARTS
from submissions.rules.parts import names_of, part_findings, part_states
from submissions.values import Part

WORDS = "<p>支部把矛盾登记在册，逐户上门，当月办结。</p>"  # 20 words as Word counts them


def body(*headings: str, tag: str = "h2") -> str:
    return "".join(f"<{tag}>{each}</{tag}>{WORDS}" for each in headings)


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("背景", ["background"]),
        ("一、背景", ["background"]),
        ("一、案例背景：上河村的老疙瘩", ["background"]),
        ("（一）背景与起因", ["background"]),
        ("第一部分 案例背景", ["background"]),
        ("第一部分、基本情况", ["background"]),
        ("1. 问题的提出", ["background"]),
        ("【案例背景】", ["background"]),
        ("二、主要做法", ["practice"]),
        ("二、具体举措", ["practice"]),
        ("（二）经验做法", ["practice"]),
        ("2、工作措施和实施过程", ["practice"]),
        ("三、取得的成效", ["results"]),
        ("三、工作成果", ["results"]),
        ("③ 实际效果", ["results"]),
        ("四、经验启示", ["lessons"]),
        ("四、几点启示", ["lessons"]),
        ("四、思考与体会", ["lessons"]),
        ("(4) 启示", ["lessons"]),
        ("二、主要做法及成效", ["practice", "results"]),
        ("三、成效与启示", ["results", "lessons"]),
        ("一、谁都是债主", []),
        ("二、先画，不要", []),
        ("五、附件", []),
        ("Background", ["background"]),
        ("Results", ["results"]),
        ("Practice and results", ["practice", "results"]),
        ("Part One: Background", ["background"]),
    ],
)
def test_what_a_heading_names(heading: str, keys: list[str]) -> None:
    assert sorted(names_of(heading, PARTS)) == sorted(keys)


@pytest.mark.parametrize(
    "text",
    [
        body("一、背景", "二、做法", "三、成效", "四、启示"),
        body("背景", "做法", "成效", "启示", tag="h3"),
        body("第一部分 背景", "第二部分 做法", "第三部分 成效", "第四部分 启示", tag="p"),
        body("（一）背景", "（二）做法", "（三）成效", "（四）启示", tag="p"),
        body(
            "<strong>背景</strong>",
            "<strong>做法</strong>",
            "<strong>成效</strong>",
            "<strong>启示</strong>",
            tag="p",
        ),
        "<h2>案例正文</h2>" + body("1. 背景", "2. 做法", "3. 成效", "4. 启示", tag="h3"),
        body("一、背景")
        + "<h2>二、做法</h2>"
        + body("（一）背景调查", "（二）成效评估", tag="h3")
        + body("三、成效", "四、启示"),
        body("一、背景", "二、主要做法及成效", "三、启示"),
        body("一、背景", "二、做法", "三、成效") + body("<strong>四、几点启示</strong>", tag="p"),
        body("背景", "二、做法", "三、成效") + body("四、几点启示", tag="p"),
        body("一、做法") + body("成效", tag="h3") + body("二、背景", "三、启示"),
    ],
)
def test_all_parts_are_found_however_they_are_numbered(text: str) -> None:
    assert part_findings(PARTS, text) == ()


def test_what_is_missing_is_said_with_headings_to_use() -> None:
    found = part_findings(PARTS, body("一、背景", "二、做法", "三、成效"))
    assert [(each.field, str(each.message)) for each in found] == [
        (
            "body",
            "正文缺少“启示”部分。请加一个标题，如“启示”“经验”“体会”“思考”，把这部分内容写在它下面。",
        )
    ]
    assert len(part_findings(PARTS, WORDS)) == 4


def test_a_subheading_that_only_mentions_a_part_is_not_that_part() -> None:
    text = "<h2>二、做法</h2>" + body("（一）开展背景调查", "（二）看成效说话", tag="h3")
    assert [state.words for state in part_states(PARTS, text)] == [None, 57, None, None]


def test_words_are_counted_up_to_the_next_part() -> None:
    text = (
        body("背景")
        + WORDS
        + "<h2>做法</h2><table><tbody><tr><td>甲乙</td></tr></tbody></table>"
        + body("插曲")
    )
    assert [state.words for state in part_states(PARTS, text)[:2]] == [40, 24]


@pytest.mark.parametrize(
    ("lowest", "highest", "sentence"),
    [
        (20, 20, None),
        (21, None, "“做法”部分至少要 21 字，现在是 20 字。"),
        (None, 19, "“做法”部分不能超过 19 字，现在是 20 字。"),
    ],
)
def test_a_part_has_bounds_of_its_own(lowest: int | None, highest: int | None, sentence: str | None) -> None:
    part = Part("practice", "做法", lowest=lowest, highest=highest)
    found = [str(each.message) for each in part_findings([part], body("做法"))]
    assert found == ([sentence] if sentence else [])


def test_limits_of_parts_written_together_are_added_up() -> None:
    parts = [Part("a", "做法", lowest=10, highest=15), Part("b", "成效", lowest=11, highest=20)]
    assert [str(each.message) for each in part_findings(parts, body("做法与成效"))] == [
        "“做法”“成效”部分至少要 21 字，现在是 20 字。"
    ]
    assert part_findings([parts[0], Part("b", "成效", highest=5)], body("做法与成效")) == ()


def test_a_heading_without_text_is_no_part() -> None:
    found = part_findings([Part("a", "背景")], "<h2>背景</h2><h2>别的</h2>")
    assert [str(each.message) for each in found] == []
    found = part_findings([Part("a", "背景"), Part("b", "做法")], "<h2>背景</h2>" + body("做法"))
    assert [str(each.message) for each in found] == ["“背景”这一部分只有标题，还没有内容。"]


def test_a_call_may_ask_for_none() -> None:
    assert part_findings((), WORDS) == ()
