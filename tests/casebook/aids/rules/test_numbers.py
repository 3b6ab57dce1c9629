"""GB/T 15835, GB 3100 and widths: what is found, and what is not."""

import pytest

from casebook.aids.rules import leftovers, numbers, width
from casebook.aids.values import Role
from tests.casebook.aids.reading import found, found_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二零二三年以来", ["二零二三>二〇二三"]),
        ("增长5%-10%", ["5%-10%>5%～10%"]),
        ("增长5-10%", ["5-10%>5%～10%"]),
        ("增长5至10%", ["5至10%>5%至10%"]),
        ("每组3-5人", ["3-5>3～5"]),
        ("投入10～20万元", ["10～20万>10万～20万"]),
        ("2019-21年", ["2019-21年>2019—2021年"]),
        ("1999-02年", ["1999-02年>1999—2002年"]),
        ("2019-2021年", ["2019-2021>2019—2021"]),
        ("自18年3月起", ["18年3月>2018年3月"]),
        ("2021年三月5日", ["2021年三月5日>2021年3月5日"]),
        ("三月5日", ["三月5日>3月5日"]),
        ("2021.3.5召开大会", ["2021.3.5>2021年3月5日"]),
        ("投入1，200万元", ["1，200>1,200"]),
        ("服务5百户居民", ["5百>500"]),
        ("收入3千多元", ["3千多>3000多"]),
        ("走了3、4里路", ["3、4里>三四里"]),
        ("数10名党员", ["数10>数十"]),
        ("约50人左右", ["约50人左右"]),
        ("有二个问题", ["二>两"]),
        ("90年代初", ["90年代>20世纪90年代"]),
        ("上世纪八十年代", ["上世纪八十年代>20世纪80年代"]),
        ("面积120平米", ["平米>平方米"]),
        ("高30公分", ["公分>厘米"]),
        ("全长12KM", ["KM>km"]),
        ("二〇二三年以来", []),
        ("二零售价格", []),
        ("增长5%～10%", []),
        ("电话0551-62345678", []),
        ("2021年3月5日", []),
        ("工龄18年3个月", []),
        ("GB/T 15834-2011", []),
        ("重5千克、功率8千瓦", []),
        ("第3、4小组", []),
        ("第二个问题、十二个支部、其二项", []),
        ("20世纪90年代", []),
        ("1985年代码", []),
        ("一张公分子图", []),
        ("约50人", []),
        ("《2021.3.5工作记录》", []),
        ("3、4号楼", []),
        ("7-2栋、12-3室", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert found(numbers.find, text) == expected


def test_dates_with_dots_are_left_alone_in_tables() -> None:
    assert found(numbers.find, "2021.3.5", Role.CELL) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２１年ＡＢＣ", ["２０２１>2021", "ＡＢＣ>ABC"]),
        ("增长１５％", ["１５％>15%"]),
        ("面积30㎡", ["㎡>m²"]),
        ("支\u200b部", ["支\u200b>支"]),
        ("\u2f00个支部", ["\u2f00>一"]),
        ("认(rèn)真", ["(rèn)>"]),
        ("字\ue123形", ["\ue123"]),
        ("2021年ABC，增长15%", []),
        ("（一）①项", []),
    ],
)
def test_width(text: str, expected: list[str]) -> None:
    assert found(width.find, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局成立专班", ["我局"]),
        ("本单位共有党员12名", ["本单位"]),
        ("今年以来，支部走访群众", ["今年"]),
        ("今年上半年完成", ["今年上半年"]),
        ("近日，支部召开会议", ["近日"]),
        ("他说：“我局一定办好。”", []),
        ("自我校正，我们一起干", []),
        ("我国、我党、我军", []),
        ("2021年上半年", []),
        ("本着为民的原则", []),
        ("《本单位安全手册》", []),
        ("年近日本学者", []),
    ],
)
def test_leftovers(text: str, expected: list[str]) -> None:
    assert found(leftovers.find, text) == expected


def test_ordinals_of_one_text_are_written_in_one_way() -> None:
    body = "<p>第二批和第三批已经结对，第4批正在准备。第一次会议。</p>"
    assert found_in(numbers.ordinals, body) == ["第4批>第四批"]
    assert found_in(numbers.ordinals, "<p>第二批、第三批；党的第二十次全国代表大会，第2次走访。</p>") == []
