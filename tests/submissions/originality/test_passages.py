"""Passages in common: found with small changes, not found where there are none."""

import numpy as np
import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.originality.comparing import Comparison, Prepared, compare
from submissions.originality.prints import (
    SHINGLE,
    WINDOW,
    counted_shingles,
    fingerprints,
    shingles,
)
from submissions.originality.reading import Line, read
from submissions.originality.shelf import Shelf

LIFTED = (
    "天亮以后大家在库房门口算了一笔账：一台发电机一夜烧油六十升，电费却只要八十块，于是凑钱拉了一条专线，"
    "由三位党员轮流抄表，账目每月初五贴在门口。"
)
MINE = "我们村的晒谷场只有半亩，秋天十六户人家抢着晒。党员把自家院子腾出来，按抓阄的次序轮着用，谁也不吃亏。"
THEIRS = "码头东头的老冷库停了电，七户渔民的鱼货眼看要坏，支部连夜借来两台柴油发电机，守了三个通宵保住了鱼。"


def compared(mine: str, *others: str) -> Comparison:
    prepared = [Prepared.of(str(n), read([Line(each)])) for n, each in enumerate(others)]
    return compare(Prepared.of("mine", read([Line(mine)])), prepared)


def test_a_verbatim_passage_is_found_with_its_places() -> None:
    mine, other = MINE + LIFTED, LIFTED + THEIRS
    found = compared(mine, other)
    (source,) = found.sources
    (passage,) = source.passages
    assert mine[passage.start : passage.end] == LIFTED.removesuffix("。")
    assert other[passage.other_start : passage.other_end] == LIFTED.removesuffix("。")
    assert found.matched == source.matched == passage.same


def every_tenth(text: str) -> str:
    return "".join("某" if number % 10 == 9 else each for number, each in enumerate(text))


@pytest.mark.parametrize(
    ("name", "change", "least"),
    [
        ("traditional", opencc.OpenCC("s2t").convert, 1.0),
        ("other punctuation", lambda text: text.replace("，", "、 ").replace("：", "——"), 1.0),
        ("every tenth character changed", every_tenth, 0.9),
        ("words left out", lambda text: text.replace("于是", "").replace("却", ""), 0.9),
        ("a clause put in", lambda text: text.replace("，电费", "，声音也大，电费"), 0.9),
    ],
)
def test_a_changed_passage_is_one_passage(name: str, change: object, least: float) -> None:
    assert callable(change)
    found = compared(MINE + change(LIFTED), LIFTED + THEIRS)
    assert len(found.sources[0].passages) == 1, name
    assert found.matched >= least * 60


def test_reordered_sentences_are_all_found() -> None:
    other = MINE + THEIRS
    found = compared(THEIRS + MINE, other)
    assert (found.matched, len(found.sources[0].passages)) == (found.length, 2)


@pytest.mark.parametrize("other", [THEIRS, "", "党支部书记带领党员和群众一起干。", LIFTED[:18]])
def test_nothing_in_common(other: str) -> None:
    assert compared(MINE, other).sources == ()


def test_a_passage_that_does_not_count_is_no_passage() -> None:
    quoted = f"老方指出，“{LIFTED}”"
    assert compared(MINE + quoted, LIFTED).sources == ()


def test_shares_of_several_sources_are_not_added_twice() -> None:
    found = compared(MINE + LIFTED, LIFTED + THEIRS, THEIRS + LIFTED)
    assert [source.matched for source in found.sources] == [found.matched, found.matched]


def test_endless_repetition_takes_no_time_and_counts_once() -> None:
    found = compared("修路修路" * 2000, "修路修路" * 2000)
    assert found.matched <= found.length


@given(
    st.text(alphabet="甲乙丙丁戊己庚辛", min_size=20, max_size=120), st.integers(0, 60), st.integers(0, 60)
)
def test_a_common_stretch_gives_a_common_fingerprint(text: str, before: int, after: int) -> None:
    """The promise of winnowing: SHINGLE + WINDOW - 1 units in a row are enough."""
    stretch = text[: SHINGLE + WINDOW - 1]
    one = "子" * before + stretch + text
    other = text[::-1] + stretch + "丑" * after
    marks = [set(fingerprints(counted_shingles(read([Line(each)]))).tolist()) for each in (one, other)]
    assert marks[0] & marks[1]


def test_shingles_depend_on_order_and_place_of_nothing_else() -> None:
    codes = read([Line(LIFTED)]).codes
    assert shingles(codes)[5:8].tolist() == shingles(codes[5:])[:3].tolist()
    assert len(set(shingles(codes).tolist())) == len(codes) - SHINGLE + 1
    assert shingles(codes[:3]).tolist() == []


def test_a_shelf_names_candidates_the_rarest_first() -> None:
    shelf = Shelf()
    base = np.arange(100, dtype=np.uint32)
    for number in range(300):  # enough to be sorted in
        own = np.arange(1000 + number * 10, 1010 + number * 10, dtype=np.uint32)
        shelf.put(f"t{number}", "1", np.sort(np.concatenate((base[:3], own))))
    mine = np.concatenate((base[:3], np.arange(1050, 1060, dtype=np.uint32)))
    assert shelf.candidates(mine)[0] == "t5"
    assert "t5" not in shelf.candidates(mine, but="t5")
    shelf.put("t5", "2", base[:1])
    assert "t5" not in shelf.candidates(mine)
    shelf.put("late", "1", np.arange(1050, 1060, dtype=np.uint32))
    assert shelf.candidates(mine)[0] == "late"
    shelf.remove("late")
    assert "late" not in shelf.candidates(mine)
    assert dict(shelf.stamps)["t5"] == "2"
    assert "late" not in shelf.stamps
