"""What changed between rounds, who brought it, and taking it back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.rules.changes import Change, changes, taken_back, traced
from casebook.values import ManuscriptText, PlacedPhoto
from foundation import richtext

BODY = (
    "<h2>一、背景</h2><p>支部有党员12名，分布在3个班组。</p><p>第二段不变。</p>"
    "<table><tbody><tr><th>年份</th><th>人数</th></tr><tr><td>2024</td><td>12</td></tr></tbody></table>"
    '<figure><img src="attachment:a1"><figcaption>活动现场</figcaption></figure>'
    "<ul><li>每周例会</li><li>每月讲评</li></ul>"
)
TEXT = ManuscriptText("标题", "某支部", ("甲",), "摘要", richtext.clean(BODY), (), "来源", "签发")


def body(html: str) -> ManuscriptText:
    return replace(TEXT, body=richtext.clean(html))


def written(change: Change) -> str:
    """Rows by "/", cells by "|", what was taken out as [-x], what was put in as [+x]."""
    signs = {"same": "{}", "del": "[-{}]", "ins": "[+{}]"}
    return "/".join(
        "|".join("".join(signs[mark.kind].format(mark.text) for mark in cell) for cell in row.cells)
        for row in change.rows
    )


def told(before: ManuscriptText, after: ManuscriptText) -> list[tuple[str, str, str]]:
    return [(each.field, each.kind, written(each)) for each in changes(before, after) if each.kind != "same"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("党员12名", "党员15名", ("body", "changed", "支部有党员[-12][+15]名，分布在3个班组。")),
        ("<td>12<", "<td>15<", ("body", "changed", "年份|人数/2024|[-12][+15]")),
        ("活动现场", "活动的现场", ("body", "changed", "活动[+的]现场")),
        ("<li>每月讲评</li>", "", ("body", "changed", "每周例会/[-每月讲评]")),
        ("<p>第二段不变。</p>", "", ("body", "removed", "[-第二段不变。]")),
        ("<h2>一、背景</h2>", "<h3>一、背景</h3>", ("body", "form", "一、背景")),
        ("attachment:a1", "attachment:b2", ("body", "changed", "活动现场")),
        (
            "<td>12</td>",
            "<td>12</td><td>增</td>",
            ("body", "changed", "年份|人数/[-2024]|[-12]/[+2024]|[+12]|[+增]"),
        ),
    ],
)
def test_a_change_keeps_the_structure(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert told(TEXT, body(BODY.replace(old, new))) == [expected]


def test_the_other_fields_are_compared_too() -> None:
    after = replace(TEXT, title="新标题", authors=("甲", "乙"), photos=(PlacedPhoto("p", "合影"),))
    assert told(TEXT, after) == [
        ("title", "changed", "[+新]标题"),
        ("authors", "added", "[+乙]"),
        ("photos", "added", "[+合影]"),
    ]


def test_each_change_names_the_rounds_that_brought_it() -> None:
    second = body(BODY.replace("12名", "15名"))
    third = body(
        BODY.replace("12名", "15名").replace("3个班组", "4个班组").replace("<p>第二段不变。</p>", "")
    )
    fourth = replace(third, title="新标题")
    found = {
        (each.field, each.kind): each.rounds
        for each in traced([(1, TEXT), (2, second), (3, third), (4, fourth)])
        if each.kind != "same"
    }
    assert found == {("title", "changed"): (4,), ("body", "changed"): (2, 3), ("body", "removed"): (3,)}


def test_a_change_is_taken_back_alone() -> None:
    after = body(BODY.replace("12名", "15名").replace("<p>第二段不变。</p>", "").replace("现场", "场面"))
    for change in [each for each in changes(TEXT, after) if each.kind != "same"]:
        back = taken_back(after, change)
        assert back is not None
        left = [each for each in changes(TEXT, back) if each.kind != "same"]
        assert len(left) == 2
        assert change.before not in [each.before for each in left]


def test_what_was_changed_again_is_not_taken_back() -> None:
    after = body(BODY.replace("12名", "15名"))
    change = next(each for each in changes(TEXT, after) if each.kind == "changed")
    assert taken_back(body(BODY.replace("12名", "16名")), change) is None
    assert taken_back(replace(after, title="别的标题"), change) == replace(TEXT, title="别的标题")


_BLOCKS = st.lists(
    st.sampled_from(["<p>甲</p>", "<p>乙二</p>", "<h2>丙</h2>", "<ul><li>丁</li></ul>"]), max_size=6
)


@settings(max_examples=60)
@given(_BLOCKS, _BLOCKS)
def test_all_changes_taken_back_give_the_text_before(old: list[str], new: list[str]) -> None:
    """From the last to the first, so that what each followed is there."""
    before, after = body("".join(old)), body("".join(new))
    text = after
    for change in [each for each in changes(before, after) if each.kind != "same"]:
        back = taken_back(text, change)
        assert back is not None
        text = back
    assert sorted(richtext.plain(text.body)) == sorted(richtext.plain(before.body))
