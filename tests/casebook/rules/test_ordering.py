import pytest

from casebook.rules import (
    Candidate,
    Order,
    chapter_moved,
    checked_order,
    gathered,
    grouped,
    moved,
    read_order,
    with_photos,
)
from casebook.values import Arrangement
from foundation.errors import Refused
from foundation.richtext import Figure, blocks

CATEGORIES = ("rural", "school", "state")
NAMES = {"rural": "农村", "school": "学校", "state": "国企", "": ""}


def case(key: str, rank: int, category: str, unit: str = "甲单位") -> Candidate:
    return Candidate(key, f"{'一二三'[rank - 1]}等奖", rank, category, NAMES[category], unit, "标题" + key)


CASES = (case("a", 2, "school"), case("b", 1, "state"), case("c", 2, "rural"), case("d", 1, "rural"))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Arrangement.PRIZE, (("一等奖", ("d", "b")), ("二等奖", ("c", "a")))),
        (Arrangement.CATEGORY, (("农村", ("d", "c")), ("学校", ("a",)), ("国企", ("b",)))),
        (
            Arrangement.PRIZE_AND_CATEGORY,
            (
                ("一等奖　农村", ("d",)),
                ("一等奖　国企", ("b",)),
                ("二等奖　农村", ("c",)),
                ("二等奖　学校", ("a",)),
            ),
        ),
        (Arrangement.NONE, (("获奖案例", ("d", "b", "c", "a")),)),
    ],
)
def test_grouping(by: Arrangement, expected: object) -> None:
    assert grouped(CASES, by, CATEGORIES, whole="获奖案例") == expected


def test_a_category_the_call_does_not_know_comes_last() -> None:
    cases = (case("x", 1, ""), case("y", 1, "state"))
    assert grouped(cases, Arrangement.CATEGORY, CATEGORIES, whole="其他") == (
        ("国企", ("y",)),
        ("其他", ("x",)),
    )


ORDER: Order = (("A", ("1", "2")), ("B", ("3",)), ("C", ()))


@pytest.mark.parametrize(
    ("entry", "step", "expected"),
    [
        ("1", 1, (("A", ("2", "1")), ("B", ("3",)), ("C", ()))),
        ("2", 1, (("A", ("1",)), ("B", ("2", "3")), ("C", ()))),
        ("3", -1, (("A", ("1", "2", "3")), ("B", ()), ("C", ()))),
        ("3", 1, (("A", ("1", "2")), ("B", ()), ("C", ("3",)))),
        ("1", -1, ORDER),
        ("none", 1, ORDER),
    ],
)
def test_moving_an_entry(entry: str, step: int, expected: Order) -> None:
    assert moved(ORDER, entry, step) == expected


def test_moving_a_chapter() -> None:
    assert [chapter for chapter, _e in chapter_moved(ORDER, "B", -1)] == ["B", "A", "C"]
    assert [chapter for chapter, _e in chapter_moved(ORDER, "A", -1)] == ["A", "B", "C"]
    assert [chapter for chapter, _e in chapter_moved(ORDER, "C", 1)] == ["A", "B", "C"]


def test_a_dragged_order_is_taken() -> None:
    wanted = read_order("B:3,1 C:2 A:")
    assert wanted == (("B", ("3", "1")), ("C", ("2",)), ("A", ()))
    assert checked_order(ORDER, wanted) == wanted


@pytest.mark.parametrize("written", ["A:1,2 B:3", "A:1,2,3 B:3 C:", "A:1,2 B:4 C:", "", "A:1,2 B:3 C: D:"])
def test_an_order_that_does_not_fit_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        checked_order(ORDER, read_order(written))


def test_photos_are_spread_between_paragraphs() -> None:
    text = blocks("<h2>一</h2><p>1</p><p>2</p><h2>二</h2><p>3</p><p>4</p>")
    found = with_photos(text, {"p": "图甲"})
    assert [type(block).__name__ for block in found] == [
        *("Heading", "Paragraph", "Paragraph", "Figure", "Heading", "Paragraph", "Paragraph")
    ]
    assert found[3] == Figure("attachment:p", "图甲", "图甲")


def test_many_photos_of_a_short_text_stand_at_its_end() -> None:
    found = with_photos(blocks("<p>1</p>"), {"p": "", "q": ""})
    assert [block.src for block in found[1:] if isinstance(block, Figure)] == ["attachment:p", "attachment:q"]
    assert with_photos(blocks("<p>1</p>"), {}) == blocks("<p>1</p>")


def test_topics_by_their_cases_and_what_has_none_last() -> None:
    cases = [
        Candidate("a", "一等奖", 0, "", "", "甲", "甲题", topic=""),
        Candidate("b", "二等奖", 1, "", "", "乙", "乙题", topic="治理"),
        Candidate("c", "一等奖", 0, "", "", "丙", "丙题", topic="治理"),
        Candidate("d", "一等奖", 0, "", "", "丁", "丁题", topic="队伍"),
    ]
    assert grouped(cases, Arrangement.TOPIC, (), whole="其余") == (
        ("治理", ("c", "b")),
        ("队伍", ("d",)),
        ("其余", ("a",)),
    )


def test_several_go_to_a_chapter_in_their_order() -> None:
    order = (("x", ("a", "b", "c")), ("y", ("d",)))
    assert gathered(order, {"c", "a"}, "y") == (("x", ("b",)), ("y", ("d", "a", "c")))
    assert gathered(order, {"a", "d"}, "y") == (("x", ("b", "c")), ("y", ("a", "d")))
