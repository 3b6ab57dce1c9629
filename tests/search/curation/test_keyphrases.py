"""Keyphrases: new compounds come out whole, what everybody writes does not."""

from __future__ import annotations

import pytest

from search.curation.keyphrases import Material, background, keyphrases, phrases
from search.curation.rules.topics import by_word, key, labels, mentioned
from search.curation.values.topics import TopicView

SCHOOL = Material(
    "“夜间党校”开到工地上",
    "项目部党支部办夜间党校，工人下了班来听课。",
    ["为什么办夜间党校", "轮值主播"],
    "工地上白天没有空。支部决定办夜间党校，每周四晚开课。轮值主播由各班组推荐，讲完一课换一个轮值主播。"
    "夜间党校办了一年，轮值主播讲了四十多课，大家说夜间党校比开会管用。",
)
POINTS = Material(
    "积分制度怎么让村规立起来",
    "河口村推行积分制度。",
    ["积分制度的由来"],
    "村里推行积分制度，垃圾分类、邻里互助都能加分。积分制度实行后，积分超市每月开一次，村民拿积分到积分超市换东西。"
    "垃圾分类做得好的家庭上了积分榜。积分制度写进了村规，积分超市由党员轮流看管。",
)
ENGLISH = Material(
    "A suggestion board that answers",
    "The suggestion board answers within three days.",
    [],
    "Workers write on the suggestion board. The suggestion board is outside. Each card gets a named person; "
    "The named person answers, and the named person signs.",
)
SHELF = [phrases(each) for each in (SCHOOL, POINTS, ENGLISH)]


@pytest.mark.parametrize(
    ("material", "expected"),
    [
        (SCHOOL, {"夜间党校", "轮值主播"}),
        (POINTS, {"积分制度", "积分超市", "垃圾分类"}),
        (ENGLISH, {"suggestion board", "named person"}),
    ],
)
def test_new_compounds_come_out_whole(material: Material, expected: set[str]) -> None:
    found = [each.text for each in keyphrases(phrases(material), background(SHELF))]
    assert expected <= set(found)
    assert not any(one in other for one in found for other in found if one != other)


def test_traditional_text_gives_the_same_phrases() -> None:
    traditional = Material(
        "“夜間黨校”開到工地上",
        "項目部黨支部辦夜間黨校，工人下了班來聽課。",
        ["為什麼辦夜間黨校", "輪值主播"],
        "工地上白天沒有空。支部決定辦夜間黨校，每週四晚開課。輪值主播由各班組推薦，講完一課換一個輪值主播。"
        "夜間黨校辦了一年，輪值主播講了四十多課，大家說夜間黨校比開會管用。",
    )
    shelf = background(SHELF)
    assert keyphrases(phrases(traditional), shelf) == keyphrases(phrases(SCHOOL), shelf)


def test_what_every_case_says_gives_way() -> None:
    """A phrase that stands in all texts of the shelf weighs less than one that stands in this one."""
    everywhere = [
        Material(f"案例{n}", "", [], "主题党日开在一线，主题党日人人发言。主题党日有记录。" + own * 3)
        for n, own in enumerate(("渔船修理不收钱。", "渔网编织分等级。", "粮食烘干不排队。"))
    ]
    read = [phrases(each) for each in everywhere]
    found = [each.text for each in keyphrases(read[1], background(read))]
    assert found[0] == "渔网编织"


def test_an_empty_text_has_none() -> None:
    empty = phrases(Material("", "", [], ""))
    assert keyphrases(empty, background([empty])) == []


LIST = by_word(
    [TopicView("1", "夜校", ("夜间学习", "night school"), False), TopicView("2", "防汛", (), False)]
)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("夜校", "", ["1"]),
        ("", "夜间学习，还是夜间学习", ["1"]),
        ("", "夜校一次，防汛一次", []),
        ("", "防汛，夜校，防汛", ["2"]),
        ("", "a night school and knight schools; one more night school.", ["1"]),
    ],
)
def test_topics_of_the_list_are_found_by_any_of_their_names(
    title: str, text: str, expected: list[str]
) -> None:
    assert [each.id for each in mentioned(LIST, title, text)] == expected


def test_labels_are_read_between_commas_and_compared_folded() -> None:
    assert labels(" 党建、黨建，夜校\n夜 校;DJ") == ("党建", "夜校", "夜 校", "DJ")
    assert key("Ｎｉｇｈｔ  School") == "night school"
