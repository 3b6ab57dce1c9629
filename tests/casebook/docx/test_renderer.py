"""The whole file: opened again with python-docx, checked, compared byte for byte, laid out by LibreOffice."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from lxml import etree

from casebook.book import Book, Photo
from casebook.docx.check import findings
from casebook.docx.renderer import DocxRenderer, render
from casebook.pagination import LibreOffice
from foundation.richtext import Figure, Heading, ListBlock, Paragraph, Quote, Table, blocks
from tests.casebook.factories import Photos, make_book, make_entry

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

RICH = (
    "<h2>一、背景</h2><p><strong>坚持“三会一课”</strong>与<em>Party day</em>，x<sub>2</sub>y<sup>3</sup>，"
    "<u>划线</u><s>删</s>。</p>"
    "<h3>（一）做法</h3><ol><li>第一条<ul><li>细则</li></ul></li><li>第二条</li></ol>"
    "<p>又：</p><ol><li>重新编号</li></ol>"
    "<blockquote><p>引文。</p></blockquote>"
    "<table><caption>指标</caption><thead><tr><th rowspan=2>项<th colspan=2>年度</tr>"
    "<tr><th>2024<th>2025</tr></thead>"
    "<tbody><tr><td>次数<td>3<td>5</tr></tbody></table>"
    '<figure><img src="attachment:1200x800" alt="合影"><figcaption>主题党日</figcaption></figure>'
    '<p class="ta-right">右</p><p>见<a href="https://example.org/?a=1&amp;b=2">网页</a>。</p><h4>1. 小结</h4>'
)


def document(data: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def texts(data: bytes) -> str:
    found = []
    for each in document(data).iter(_W + "t", _W + "br", _W + "tab", _W + "p"):
        found.append({"br": "\n", "tab": "\t", "p": "\n"}.get(etree.QName(each).localname, each.text or ""))
    return "".join(found)


def rendered(book: Book) -> bytes:
    return render(book, Photos())


def test_a_rich_book_is_sound_and_opens_in_python_docx() -> None:
    photos = (Photo("attachment:900x600", "现场"), Photo("attachment:900x600-same", "现场之二"))
    data = rendered(make_book(make_entry(body=RICH, photos=photos), make_entry("第二篇", RICH), chapters=2))
    assert findings(BytesIO(data)) == ()
    opened = Document(BytesIO(data))
    styles = [each.style.name for each in opened.paragraphs if each.style is not None]
    assert styles.count("Heading 2") == 2
    assert "Case Summary" in styles
    assert [section.header.is_linked_to_previous for section in opened.sections].count(True) == 0
    assert len(opened.sections) == 6 + 2 * 2 + 2


def test_an_empty_book_is_sound() -> None:
    assert findings(BytesIO(rendered(make_book(front=(), chapters=0)))) == ()
    assert findings(BytesIO(rendered(make_book(make_entry(body="", prize="", summary="", unit=""))))) == ()


def test_the_same_book_gives_the_same_bytes() -> None:
    book = make_book(make_entry(body=RICH), make_entry(body=RICH))
    assert rendered(book) == rendered(book)


def test_photos_are_stored_once_and_not_deflated() -> None:
    photos = tuple(Photo(f"attachment:600x400-{tail}same", "图") for tail in "abc")
    data = rendered(
        make_book(make_entry(photos=photos), make_entry(photos=(Photo("attachment:700x400", ""),)))
    )
    with zipfile.ZipFile(BytesIO(data)) as package:
        stored = [each for each in package.infolist() if each.filename.endswith(".jpg")]
    assert [each.compress_type for each in stored] == [zipfile.ZIP_STORED, zipfile.ZIP_STORED]


def test_photos_are_eleven_centimetres_and_small_ones_are_not_blown_up() -> None:
    data = rendered(make_book(make_entry(photos=(Photo("attachment:1200x800"), Photo("attachment:96x96")))))
    inline = document(data).iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
    )
    assert [int(str(each[0].get("cx"))) for each in inline] == [11 * 360_000, 914_400]


def test_a_missing_picture_is_named_in_the_book_and_reported() -> None:
    entry = make_entry(photos=(Photo("attachment:gone", "旧照"),))
    out = BytesIO()
    result = DocxRenderer().render(make_book(entry), Photos(), out)
    assert result.missing == ("attachment:gone",)
    assert "（图片缺失）　旧照" in texts(out.getvalue())


def test_each_ordered_list_starts_again() -> None:
    numbers = [
        each.get(_W + "val")
        for each in document(rendered(make_book(make_entry(body=RICH)))).iter(_W + "numId")
    ]
    ordered = [number for number in numbers if number != "1"]
    assert len(set(ordered)) == 2


def test_contents_without_layout_say_so_and_have_no_numbers() -> None:
    data = rendered(make_book(make_entry()))
    assert "本目录未标页码" in texts(data)
    assert "PAGEREF" not in etree.tostring(document(data)).decode()


def test_an_english_book_speaks_english() -> None:
    data = rendered(make_book(make_entry("Night school", "<p>Text.</p>"), language="en"))
    assert "Contents" in texts(data)
    assert "Chapter 1" in texts(data)
    assert "目录" not in texts(data)


def test_stressed_chinese_changes_its_face_and_latin_its_weight() -> None:
    data = etree.tostring(
        document(rendered(make_book(make_entry(body="<p><b>党建CPC</b></p>")))), encoding="unicode"
    )
    assert re.search(r'<w:rStyle w:val="Strong"/></w:rPr><w:t[^>]*>党建<', data)
    assert re.search(r'<w:rStyle w:val="Strong"/><w:b/><w:bCs/></w:rPr><w:t[^>]*>CPC<', data)


def test_a_layout_that_fails_leaves_a_book_without_numbers(tmp_path: Path) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    out = BytesIO()
    result = DocxRenderer(LibreOffice(str(broken))).render(make_book(make_entry()), Photos(), out)
    assert result.pages is None
    assert result.layout_failure != ""
    assert "本目录未标页码" in texts(out.getvalue())


def test_blocks_of_the_sample_are_what_the_tests_mean() -> None:
    kinds = {type(each) for each in blocks(RICH)}
    assert kinds == {Heading, Paragraph, ListBlock, Quote, Table, Figure}
