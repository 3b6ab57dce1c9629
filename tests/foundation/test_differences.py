"""Differences: what is marked, what is paired, and that nothing costs more than it should."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.differences import Line, Piece, in_line, is_changed, lines, words


def marked(pieces: tuple[Piece, ...]) -> str:
    """`a[b]c`: marked characters in brackets."""
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def spelled(found: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.kind, marked(line.before), marked(line.after)) for line in found]


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("", "", "", ""),
        ("满意度92%", "满意度97%", "满意度[92%]", "满意度[97%]"),
        ("化解矛盾 23 件", "化解矛盾 1,023 件", "化解矛盾 [23] 件", "化解矛盾 [1,023] 件"),
        ("逐户上门", "逐户登记上门", "逐户上门", "逐户[登记]上门"),
        ("逐户登记上门", "逐户上门", "逐户[登记]上门", "逐户上门"),
        ("use Excel 2016", "use Word 2016", "use [Excel] 2016", "use [Word] 2016"),
        ("", "新写的", "", "[新写的]"),
        ("甲乙丙", "丁戊", "[甲乙丙]", "[丁戊]"),
        ("靠两级提水灌溉，水费", "由会计逐月张贴水账费", "[靠两级提水灌溉，水]费", "[由会计逐月张贴水账]费"),
        ("认真的做地好", "认真地做得好", "认真[的]做[地]好", "认真[地]做[得]好"),
    ],
)
def test_words(before: str, after: str, left: str, right: str) -> None:
    one, other = words(before, after)
    assert (marked(one), marked(other)) == (left, right)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        (["一"], ["一"], [("same", "一", "一")]),
        ([], ["新段落"], [("added", "", "[新段落]")]),
        (["旧段落"], [], [("removed", "[旧段落]", "")]),
        (
            ["一、背景", "支部建立台账，逐户上门。", "三、启示"],
            ["一、背景", "支部建立矛盾台账，逐户上门。", "三、启示"],
            [
                ("same", "一、背景", "一、背景"),
                ("changed", "支部建立台账，逐户上门。", "支部建立[矛盾]台账，逐户上门。"),
                ("same", "三、启示", "三、启示"),
            ],
        ),
        (
            ["完全不同的一句话", "当月办结"],
            ["当月办结 23 件"],
            [("removed", "[完全不同的一句话]", ""), ("changed", "当月办结", "当月办结[ 23 件]")],
        ),
        (["甲乙丙丁"], ["春夏秋冬"], [("removed", "[甲乙丙丁]", ""), ("added", "", "[春夏秋冬]")]),
    ],
)
def test_lines(before: list[str], after: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert spelled(lines(before, after)) == expected
    assert is_changed(lines(before, after)) == (before != after)


def test_the_places_of_lines_make_both_sides_again() -> None:
    before = ["一", "二二二二二", "三", "四四四四"]
    after = ["零", "一", "二二二三二", "四四四四", "五"]
    found = lines(before, after)
    assert [before[each.before_index] for each in found if each.before_index is not None] == before
    assert [after[each.after_index] for each in found if each.after_index is not None] == after


def test_long_and_monotonous_texts_cost_little() -> None:
    long = ["的" * 30_000] + [f"第{n}段：逐户登记，当月办结。" for n in range(4_000)]
    other = ["的" * 29_000 + "了"] + [f"第{n}段：逐户登记，当日办结。" for n in range(4_000)]
    same = ["重复的段落"] * 6_000
    started = time.process_time()
    assert lines(long, other)[0].kind == "changed"
    assert not is_changed(lines(same, same))
    assert is_changed(lines(same, [*same[:3_000], "不同", *same[:2_000]]))
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ("党员12名", "党员15名", "党员[-12][+15]名"),
        ("推进工作", "推进重点工作", "推进[+重点]工作"),
        ("", "新", "[+新]"),
        ("旧", "", "[-旧]"),
        ("不变", "不变", "不变"),
    ],
)
def test_two_sides_in_one_line(before: str, after: str, written: str) -> None:
    signs = {"same": "{}", "del": "[-{}]", "ins": "[+{}]"}
    marks = in_line(*words(before, after))
    assert "".join(signs[each.kind].format(each.text) for each in marks) == written


@given(st.text("党建工作ab 1", max_size=30), st.text("党建工作ab 1", max_size=30))
def test_in_line_loses_nothing(before: str, after: str) -> None:
    marks = in_line(*words(before, after))
    assert "".join(each.text for each in marks if each.kind != "ins") == before
    assert "".join(each.text for each in marks if each.kind != "del") == after
