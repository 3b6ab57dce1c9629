"""What is understood of Word files."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from PIL import Image

from foundation.richtext import Cell, Figure, Heading, ListBlock, Paragraph, Run, Table, blocks, plain, text
from submissions.intake import ParsedCase, read_document
from submissions.intake.assemble import assemble
from submissions.intake.word import read_word
from submissions.values import Author
from tests.submissions.intake.documents import LONG, new, package, paragraph, photo, relationship, saved

TITLE = paragraph("标题在这里", '<w:jc w:val="center"/>')


def read(data: bytes) -> ParsedCase:
    """In this process: quick, and covered by the coverage."""
    document = read_word(data)
    return assemble(
        document.elements, pictures=document.pictures, notes=document.notes, findings=document.findings
    )


def headings(case: ParsedCase) -> list[tuple[int, str]]:
    return [(each.level, text(each.runs)) for each in blocks(case.body_html) if isinstance(each, Heading)]


def test_a_usual_case_is_understood_whole() -> None:
    document = new()
    title = document.add_paragraph("夜校开在直播间")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("某某局企业审计二处党支部").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("作者：张三（支部书记）、李四")
    document.add_paragraph("摘要：用群直播把分散的党员聚到一起。")
    document.add_paragraph("一、背景")
    document.add_paragraph(LONG)
    document.add_paragraph("二、做法")
    document.add_paragraph("（一）建群")
    document.add_paragraph(LONG)
    picture = document.add_paragraph()
    picture.add_run().add_picture(io.BytesIO(photo()), width=Cm(8))
    document.add_paragraph("图1 学习现场")
    document.add_paragraph("（二）开播")
    document.add_paragraph(LONG)
    document.add_paragraph("来源：某某网")
    document.add_paragraph("责任编辑：王五  签发：赵六")
    case = read(saved(document))
    assert (case.title, case.unit, case.summary) == (
        "夜校开在直播间",
        "某某局企业审计二处党支部",
        "用群直播把分散的党员聚到一起。",
    )
    assert case.authors == (Author("张三", "支部书记"), Author("李四", ""))
    assert (case.source_line, case.signoff_line) == ("来源：某某网", "责任编辑：王五  签发：赵六")
    assert headings(case) == [(2, "一、背景"), (2, "二、做法"), (3, "（一）建群"), (3, "（二）开播")]
    assert Figure("attachment:picture1", "", "学习现场") in blocks(case.body_html)
    shown = case.pictures[0]
    assert (shown.id, shown.media_type, shown.caption, shown.width, shown.height) == (
        "picture1",
        "image/jpeg",
        "学习现场",
        640,
        400,
    )
    assert case.findings == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["第一部分 背景", "一、起因", "第二部分 做法"],
            [(2, "第一部分 背景"), (3, "一、起因"), (2, "第二部分 做法")],
        ),
        (["一、背景", "（一）起因", "(二)经过"], [(2, "一、背景"), (3, "（一）起因"), (3, "(二)经过")]),
        (["（一）背景", "（二）做法"], [(2, "（一）背景"), (2, "（二）做法")]),
        (["第三章 成效", "第12节 数据"], [(2, "第三章 成效"), (2, "第12节 数据")]),
        (["主要做法", "取得成效"], [(2, "主要做法"), (2, "取得成效")]),
        (["1.这只是一个很平常的编号段落，没有加粗，所以不是标题。"], []),
        (["一、这是一个完整的句子，以句号结束。"], []),
    ],
)
def test_headings_of_chinese_writing(lines: list[str], expected: list[tuple[int, str]]) -> None:
    body = TITLE + "".join(paragraph(line) + paragraph(LONG) for line in lines)
    assert headings(read(package(body))) == expected


def test_bold_lines_and_lines_alone_above_a_paragraph_are_headings() -> None:
    body = (
        TITLE
        + paragraph("一、做法")
        + paragraph("1. 建群", run="<w:b/>")
        + paragraph(LONG)
        + paragraph("2. 平常的一行")
        + paragraph(LONG)
        + paragraph("加粗的小标题", run="<w:b/>")
        + paragraph(LONG)
    )
    assert headings(read(package(body))) == [
        (2, "一、做法"),
        (3, "1. 建群"),
        (3, "2. 平常的一行"),
        (2, "加粗的小标题"),
    ]


def test_headings_by_style_and_outline() -> None:
    document = new()
    document.add_heading("文档标题", 0)
    document.add_heading("背景", 1)
    document.add_paragraph(LONG)
    document.add_heading("细节", 2)
    document.add_paragraph(LONG)
    case = read(saved(document))
    assert (case.title, headings(case)) == ("文档标题", [(2, "背景"), (3, "细节")])


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    "</w:numbering>"
)


def numbered(written: str, list_id: int, level: int) -> str:
    return paragraph(written, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_chinese_numbers_become_text_and_headings() -> None:
    body = TITLE + "".join(
        numbered(written, 1, level) + paragraph(LONG)
        for written, level in (("背景", 0), ("做法", 0), ("建群", 1), ("开播", 1), ("成效", 0), ("数字", 1))
    )
    data = package(
        body,
        parts={"word/numbering.xml": NUMBERING},
        relationships=relationship("n", "numbering", "numbering.xml"),
    )
    assert headings(read(data)) == [
        (2, "一、背景"),
        (2, "二、做法"),
        (3, "（一）建群"),
        (3, "（二）开播"),
        (2, "三、成效"),
        (3, "（一）数字"),
    ]


def test_lists_keep_their_kind_and_depth() -> None:
    body = TITLE + "".join(
        numbered(written, 2, level) for written, level in (("甲", 0), ("子", 1), ("丑", 1), ("乙", 0))
    )
    data = package(
        body,
        parts={"word/numbering.xml": NUMBERING},
        relationships=relationship("n", "numbering", "numbering.xml"),
    )
    assert read(data).body_html == "<ol><li>甲<ul><li>子</li><li>丑</li></ul></li><li>乙</li></ol>"


def test_tables_with_merged_cells_and_caption() -> None:
    document = new()
    document.add_paragraph("标题在这里").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(LONG)
    document.add_paragraph("表1 参与情况")
    table = document.add_table(3, 3)
    for row, values in enumerate((("年份", "人数", "比例"), ("2024", "30", "72%"), ("2025", "41", "96%"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0)).text = "两年"
    found = [each for each in blocks(read(saved(document)).body_html) if isinstance(each, Table)]
    assert [each.caption for each in found] == ["表1 参与情况"]
    first, second, third = found[0].rows
    assert [cell.header for cell in first] == [True, True, True]
    assert second[0] == Cell((Paragraph((Run("两年"),)),), rowspan=2)
    assert [len(row) for row in found[0].rows] == [3, 3, 2]
    assert third[0] == Cell((Paragraph((Run("41"),)),))


def test_spans_are_bounded_and_nested_tables_flattened() -> None:
    nest = paragraph("最里面")
    for _level in range(60):
        nest = f"<w:tbl><w:tr><w:tc>{nest}</w:tc></w:tr></w:tbl>"
    wide = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'
        + paragraph("宽")
        + "</w:tc></w:tr></w:tbl>"
    )
    case = read(package(TITLE + paragraph(LONG) + nest + wide))
    tables = [each for each in blocks(case.body_html) if isinstance(each, Table)]
    assert [table.rows[0][0].colspan for table in tables] == [1, 60]
    assert "最里面" in plain(case.body_html)
    assert any("里面的表格" in str(each) for each in case.findings)


def test_application_forms_are_read_by_their_labels() -> None:
    document = new()
    document.add_paragraph("某某系统创新案例申报表").alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(4, 2)
    for row, values in enumerate(
        (
            ("案例名称", "红色早班车"),
            ("申报单位", "公交三公司党支部"),
            ("案例类别", "国有企业"),
            ("主要做法", LONG * 3),
        )
    ):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    case = read(saved(document))
    assert (case.title, case.unit, case.category) == ("红色早班车", "公交三公司党支部", "国有企业")
    assert LONG in plain(case.body_html)


def test_formatting_links_notes_and_changes() -> None:
    body = (
        TITLE + "<w:p><w:r><w:t>平</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        '<w:hyperlink r:id="good"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="bad"><w:r><w:t>坏链接</w:t></w:r></w:hyperlink>'
        "<w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "</w:p>"
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"
        + paragraph("后半")
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>脚注文字</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = package(
        body,
        parts={"word/footnotes.xml": notes},
        relationships=relationship("good", "hyperlink", "https://example.org/a?b=1&amp;c=2", external=True)
        + relationship("bad", "hyperlink", "javascript:alert(1)", external=True)
        + relationship("f", "footnotes", "footnotes.xml"),
    )
    assert read(data).body_html == (
        "<p>平<strong>粗</strong><sup>2</sup>"
        '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">链接</a>'
        "坏链接新增结果<sup>[1]</sup>拼</p><p>前半后半</p><p><strong>注释</strong></p><ol><li>脚注文字</li></ol>"
    )


def test_text_boxes_are_read_once_and_in_place() -> None:
    inner = f"<w:txbxContent>{paragraph('框里的字')}</w:txbxContent>"
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing><wp:anchor xmlns:wp="urn:wp"><x:txbx xmlns:x="urn:x">'
        f"{inner}</x:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    case = read(package(TITLE + paragraph(LONG) + box + paragraph(LONG)))
    assert plain(case.body_html) == f"{LONG}\n框里的字\n{LONG}"


def test_strict_documents_and_missing_parts() -> None:
    body = TITLE + paragraph(LONG)
    strict = package(body).replace(b"", b"")
    assert plain(read(strict).body_html) == LONG
    broken_styles = package(
        body, parts={"word/styles.xml": "<w:styles"}, relationships=relationship("s", "styles", "styles.xml")
    )
    case = read(broken_styles)
    assert plain(case.body_html) == LONG
    assert any("样式" in str(each) for each in case.findings)


def test_pictures_that_cannot_be_read_are_counted_not_guessed() -> None:
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="urn:wp">'
        '<a:blip xmlns:a="urn:a" r:{how}="{key}"/></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    data = package(
        TITLE
        + paragraph(LONG)
        + drawing.format(how="embed", key="emf")
        + drawing.format(how="link", key="out")
        + drawing.format(how="embed", key="gone"),
        parts={"word/media/a.emf": b"\x01\x00\x00\x00 not a picture"},
        relationships=relationship("emf", "image", "media/a.emf")
        + relationship("out", "image", "http://192.0.2.1/tracker.png", external=True)
        + relationship("gone", "image", "media/none.png"),
    )
    case = read(data)
    assert case.pictures == ()
    said = " ".join(map(str, case.findings))
    assert "2 张图片的格式读不出来" in said
    assert "1 张图片只是链接" in said


def test_a_picture_shown_twice_is_kept_once() -> None:
    document = new()
    document.add_paragraph("标题在这里").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(LONG)
    data = photo()
    for _time in range(2):
        document.add_picture(io.BytesIO(data), width=Cm(5))
    case = read(saved(document))
    assert len(case.pictures) == 1
    assert [type(each) for each in blocks(case.body_html)] == [Paragraph, Figure, Figure]


def test_what_is_missing_is_said() -> None:
    case = read(package(paragraph(LONG)))
    said = [str(each) for each in case.findings]
    assert any("没有单独的标题" in each for each in said)
    assert "没有找到作者，请填写。" in said
    assert "没有找到内容摘要，请填写。" in said


def test_a_file_made_by_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    page = tmp_path / "case.html"
    page.write_text(
        "<html><head><meta charset='utf-8'></head><body><h1>红色早班车</h1>"
        f"<h2>一、背景</h2><p>{LONG}</p><ul><li>甲</li><li>乙</li></ul>"
        "<table border=1><tr><th>年份</th><th>人数</th></tr><tr><td>2025</td><td>41</td></tr></table>",
        encoding="utf-8",
    )
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    subprocess.run(
        [*command, "docx:MS Word 2007 XML", "--outdir", str(tmp_path), str(page)],
        check=True,
        capture_output=True,
        timeout=90,
    )
    case = read_document("case.docx", (tmp_path / "case.docx").read_bytes())
    assert (case.title, headings(case)) == ("红色早班车", [(2, "一、背景")])
    assert [type(each) for each in blocks(case.body_html)] == [Heading, Paragraph, ListBlock, Table]


def test_pictures_lose_their_metadata_on_the_way(tmp_path: Path) -> None:
    document = new()
    document.add_paragraph("标题在这里").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(LONG)
    exif = Image.Exif()
    exif[0x010E] = "秘密地点"
    document.add_picture(io.BytesIO(photo(exif=exif)), width=Cm(5))
    picture = read(saved(document)).pictures[0]
    with Image.open(io.BytesIO(picture.data)) as kept:
        assert dict(kept.getexif()) == {}
