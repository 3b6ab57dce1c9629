"""What two texts both dwell on."""

from dataclasses import replace

from search.kinship import shared_phrases
from submissions.values import VersionView
from tests.support.factories import NOW

BASE = VersionView(
    "v0", "c", "n-1", "call", "u", "支部", 1, "题目", "", "", "a", (), 9, (), "h", NOW, "", "",
)  # fmt: skip


def version(identity: str, title: str, *sentences: str) -> VersionView:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return replace(BASE, id=identity, title=title, body_html=body)


WATER = version(
    "v1", "贴在泵房墙上的水账", "泵房的水账每旬公开，水账上有每一户的水表读数。", "泵房里的水账由党员轮流记。"
)
LEDGER = version(
    "v2", "水账旁边的问号", "村里的水账写在墙上，水账旁边可以画问号，泵房的门一直开着。", "泵房有人值守。"
)
NIGHT = version("v3", "直播间里的夜校", "每周四晚上，主播在直播间讲一段党史，直播间里大家接龙。")


def test_phrases_of_both_texts_are_the_reason() -> None:
    assert "泵房" in shared_phrases(WATER, LEDGER)
    assert shared_phrases(WATER, LEDGER) == shared_phrases(LEDGER, WATER)


def test_texts_of_different_things_share_nothing() -> None:
    assert shared_phrases(WATER, NIGHT) == ()


def test_three_reasons_are_enough() -> None:
    words = "泵房水表渠道闸口梯田流量计木盒滤网"
    many = "。".join(f"{a}{b}" for a, b in zip(words[::2], words[1::2], strict=False)) + "。"
    one, other = version("v4", "甲", many * 3), version("v5", "乙", many * 3)
    assert len(shared_phrases(one, other)) == 3
