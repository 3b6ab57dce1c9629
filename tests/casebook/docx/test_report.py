"""A research paper as a Word file: charts with their numbers, text, links, the same bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from casebook.docx.charts import chart_xml, workbook
from casebook.docx.check import findings
from casebook.docx.report import write_study
from casebook.docx.zipped import packed
from casebook.research import (
    Chart,
    ChartKind,
    Drawing,
    Grid,
    Heading,
    Part,
    Passage,
    Series,
    Study,
    Wording,
    Words,
)
from foundation.richtext import blocks
from foundation.sheets import read_sheet

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WORDING = Wording("目　录", "［草稿，尚未编辑］", "图", "表")
FIVE = ("最低", "下四分位", "中位数", "上四分位", "最高")


def make_chart(kind: ChartKind) -> Chart:
    names = ("东区", "西区", "<南&北>")
    if kind is ChartKind.BOX:
        series = tuple(
            Series(name, (place * 10.0, place * 20.0, place * 5.0)) for place, name in enumerate(FIVE)
        )
    else:
        count = 1 if kind is ChartKind.DOUGHNUT else 2
        series = tuple(Series(f"系列{n}", (n + 1.0, None, 3.5)) for n in range(count))
    return Chart(kind, "标题", names, series, "东区 1；西区缺", percent=kind is ChartKind.BOX)


def make_study(*parts: Part, **changes: object) -> Study:
    known: dict[str, object] = {"title": "研究报告", "byline": "编写组", "dated": "2026年3月1日"}
    return Study(parts=parts, wording=WORDING, **{**known, **changes})  # type: ignore[arg-type]  # any field


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def text_of(content: bytes) -> str:
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", parts_of(content)["word/document.xml"].decode()))


EVERYTHING: tuple[Part, ...] = (
    Heading("一、参与情况"),
    Words(blocks("<p>共 <strong>3</strong> 个。</p><ol><li>甲</li></ol>"), drafted=True),
    Words(blocks("<blockquote><p>引</p></blockquote><table><tr><th>列</th></tr><tr><td>值</td></tr></table>")),
    Words(blocks('<p><a href="https://example.org/a">链接</a></p>')),
    *(Drawing(make_chart(kind), kind.value) for kind in ChartKind),
    Heading("（一）表", 2),
    Grid("各地区", ("地区", "案例"), (("东区", "12"), ("西区", "—")), "n=15"),
    Passage("办得好不好，群众说了算", "《案例》，某村", "https://example.org/c/1"),
    Passage("没有地址的", "出处不可查"),
)  # fmt: skip


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_study(make_study(*EVERYTHING)).content


def test_a_paper_with_everything_is_a_sound_file(written: bytes) -> None:
    assert findings(BytesIO(written)) == ()
    assert findings(BytesIO(write_study(make_study(*EVERYTHING, contents=False, compact=True)).content)) == ()


def test_the_same_paper_is_the_same_bytes(written: bytes) -> None:
    assert write_study(make_study(*EVERYTHING)).content == written


def test_all_words_arrive(written: bytes) -> None:
    shown = text_of(written)
    for words in ("研究报告", "编写组", "一、参与情况", "［草稿，尚未编辑］", "1. 甲", "值", "引"):
        assert words in shown
    for words in ("图1　bar", "表1　各地区", "n=15", "“办得好不好，群众说了算”", "《案例》，某村"):
        assert words in shown
    links = parts_of(written)["word/_rels/document.xml.rels"].decode()
    assert "https://example.org/c/1" in links
    assert "https://example.org/a" in links


@pytest.mark.parametrize("kind", ChartKind)
def test_charts_name_the_cells_of_their_workbook(kind: ChartKind) -> None:
    chart = make_chart(kind)
    tree = etree.fromstring(chart_xml(chart).encode())
    sheet = read_sheet("data.xlsx", workbook(chart))
    table = [sheet.heads.cells, *(line.cells for line in sheet.lines)]
    heads = table[0] if len(table[0]) > len(chart.series) else ("", *table[0])
    assert [line[0] for line in table[1:]] == list(chart.categories)
    for series in tree.iter(C + "ser"):
        name = series.findtext(f"{C}tx/{C}strRef/{C}f") or ""
        column = ord(name.split("$")[1]) - ord("A")
        assert series.findtext(f"{C}tx//{C}v") == heads[column]
        for kind_of in ("val",):
            reference = series.findtext(f"{C}{kind_of}/{C}numRef/{C}f") or ""
            assert reference == f"Sheet1!${name.split('$')[1]}$2:${name.split('$')[1]}$4"
            points = {
                int(str(point.get("idx"))): float(point.findtext(f"{C}v") or "nan")
                for point in series.iterfind(f"{C}{kind_of}//{C}pt")
            }
            cells = {row: float(line[column]) for row, line in enumerate(table[1:]) if line[column]}
            assert points == cells


def test_a_chart_says_in_words_what_it_shows(written: bytes) -> None:
    document = parts_of(written)["word/document.xml"].decode()
    assert document.count('descr="东区 1；西区缺"') == len(ChartKind)


def changed(written: bytes, name: str, content: bytes | None) -> bytes:
    parts = {**parts_of(written), name: content}
    return packed((key, value) for key, value in parts.items() if value is not None)


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("word/charts/_rels/chart1.xml.rels", b"chart1.xlsx", b"gone.xlsx", "no workbook behind the chart"),
        ("word/charts/chart1.xml", b'<c:idx val="1"/>', b'<c:idx val="0"/>', "series 0 occurs 2 times"),
        ("word/charts/chart1.xml", b'<c:ptCount val="3"/>', b'<c:ptCount val="9"/>', ""),
        (
            "word/charts/chart1.xml",
            b'<c:axId val="222222222"/></c:barChart>',
            b"</c:barChart>",
            "axes do not fit the plot",
        ),
        ("word/embeddings/chart1.xlsx", b"PK", b"XX", "the workbook behind the chart is none"),
    ],
)
def test_broken_charts_are_found(written: bytes, name: str, old: bytes, new: bytes, found: str) -> None:
    content = parts_of(written)[name]
    assert old in content
    broken = changed(written, name, content.replace(old, new, 1))
    lines = findings(BytesIO(broken))
    assert any(found in line for line in lines) if found else any("not as many" in line for line in lines)


def test_characters_that_xml_does_not_have_do_no_harm() -> None:
    study = make_study(Heading("一\x00二"), Passage("甲\x0b乙", "丙"), Grid("表", ("列",), (("值\x1f",),)))
    assert findings(BytesIO(write_study(study).content)) == ()
