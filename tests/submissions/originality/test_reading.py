"""Units of a text and which of them count."""

import pytest

from submissions.originality.formulae import FORMULAE
from submissions.originality.reading import Line, Reading, lines_of, plain_lines, read


def counted(reading: Reading) -> str:
    """The units that count, as they are written."""
    return "".join(
        reading.original[start:end]
        for start, end, counts in zip(reading.starts, reading.ends, reading.counts, strict=True)
        if counts
    )


def units(text: str) -> list[str]:
    reading = read([Line(text)])
    return [reading.original[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修路，3.5公里！", ["修", "路", "3", "5", "公", "里"]),
        ("WPS 文档 v2", ["WPS", "文", "档", "v2"]),
        ("　全角：ＡＢＣ１２", ["全", "角", "ＡＢＣ１２"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("認(rèn)真", ["認", "真"]),
        ("", []),
        ("……——！", []),
    ],
)
def test_units(text: str, expected: list[str]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("黨員認領責任區", "党员认领责任区"),
        ("ＷＰＳ文档", "wps文档"),
        ("党员，认领。责任区", "党员认领 责任区"),
        ("週末發動羣衆", "周末发动群众"),
    ],
)
def test_what_reads_the_same_has_the_same_codes(one: str, other: str) -> None:
    assert read([Line(one)]).codes.tolist() == read([Line(other)]).codes.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照《关于加强工地食堂管理的办法》逐条改", "按照逐条改"),
        ("老支书说：“谁先浇水谁先交钱，账要上墙。”大家同意", "老支书说大家同意"),
        ("通知强调，“不得以任何名义向群众摊派”。我们照办", "通知强调我们照办"),
        ("“账要上墙，人要到场”——村里的老话", "村里的老话"),
        ("我们自己的口号是“账要上墙”", "我们自己的口号是账要上墙"),
        ("学习党的二十大精神以后开会", "学习以后开会"),
        ("他们做到“两个维护”，做法是修路", "他们做到两个维护做法是修路"),
        ("增强「四個意識」、堅定「四個自信」、做到「兩個維護」，再修路", "再修路"),
    ],
)
def test_what_does_not_count(text: str, expected: str) -> None:
    assert counted(read([Line(text)], FORMULAE)) == expected


def test_headings_do_not_count() -> None:
    assert counted(read([Line("一、背景", heading=True), Line("修了路")])) == "修了路"


def test_organisers_phrases_do_not_count() -> None:
    assert counted(read([Line("小案例，大作用！修了路")], ("小案例大作用",))) == "修了路"


def test_lines_of_a_stored_body() -> None:
    body = (
        "<h2>一、背景</h2><p>甲&amp;乙<br>第二行<strong>粗</strong></p><ul><li>一<ol><li>二</li></ol></li></ul>"
        "<table><tbody><tr><td>年份</td><td>2024</td></tr></tbody></table>"
        '<figure><img src="attachment:x" alt=""><figcaption>现场</figcaption></figure>'
    )
    assert lines_of(body) == [
        Line("一、背景", heading=True),
        Line("甲&乙"),
        Line("第二行粗"),
        Line("一"),
        Line("二"),
        Line("年份\t2024"),
        Line("现场"),
    ]


def test_short_lines_without_a_stop_are_headings() -> None:
    assert [line.heading for line in plain_lines("一、背景\n\n村里缺水。\n第一条，修路。")] == [
        True,
        False,
        False,
    ]
