"""Index terms."""

from casebook.rules import read_terms
from casebook.rules.places import proposed_places


def test_places_are_those_of_the_unit_and_those_named_often() -> None:
    text = "上河村党支部在青溪县的支持下，走访了下河村。下河村的经验在下河村推广，文明社区建设有序推进。"
    assert proposed_places("中共青溪镇上河村党支部", text) == ("青溪镇", "上河村", "下河村")
    assert proposed_places("示范公司党委", "没有地名的文字。") == ()


def test_terms_are_read_from_lines_and_commas() -> None:
    assert read_terms("基层治理， 党员 队伍\n\n基层治理、 乡村振兴；") == (
        "基层治理",
        "党员 队伍",
        "乡村振兴",
    )
