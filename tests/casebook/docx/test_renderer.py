"""The whole file: opened again with python-docx, checked, compared byte for byte, laid out by LibreOffice."""

import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from casebook.book import BoardLine, Book, Format, IndexKind, Matter, Photo, Trim
from casebook.docx.check import findings
from casebook.docx.renderer import DocxRenderer, render
from casebook.pagination import LibreOffice, installed_paginator, read_layout
from foundation.richtext import Figure, Heading, ListBlock, Paragraph, Quote, Run, Table, blocks
from tests.casebook.factories import LONG, Photos, make_book, make_entry
from tests.conftest import lacking

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


# --- real pages ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office() -> LibreOffice:
    found = installed_paginator()
    if found is None:
        lacking("page tests need LibreOffice: `apt install libreoffice-writer`")
    assert found is not None
    return found


_WIDE = (
    "<table><caption>台账</caption>"
    + "".join(f"<tr>{f'<td>Completed-{row}' * 16}</tr>" for row in range(4))
    + "</table>"
)
_NOTED = "<p>据统计<sup>[1]</sup>。</p><p>注释</p><ol><li>见《统计年鉴》。</li></ol>"


def _whole_book() -> Book:
    """Every part that a book may have; cases of one to several pages, the third on pages that are turned."""
    bodies = {3: f"<p>{LONG}</p>{_WIDE}<p>{LONG}</p>", 4: f"<p>{LONG * 8}</p>{_NOTED}", 6: RICH}
    entries = tuple(
        replace(
            make_entry(
                f"第{number}个案例", bodies.get(number, f"<p>{LONG * 7 * number}</p>"), id=f"e{number}"
            ),
            unit=f"{'安北重'[number % 3]}县县委",
            topics=("党建", "治理")[: number % 2 + 1],
            places=(f"第{number}镇",),
            commendation="扎实。" if number % 2 else "",
        )
        for number in range(1, 9)
    )
    seen = Paragraph((Run("做法", href="entry:e7"), Run("（见本书第…页）", href="entry:e5")))
    first = replace(entries[0], blocks=(*entries[0].blocks, seen))
    return make_book(
        first,
        *entries[1:],
        chapters=3,
        format=Format(trim=Trim.K16),
        board=(BoardLine("主编", ("甲", "乙")),),
        back=(Matter("后记", blocks(f"<p>{LONG}</p>")),),
        indexes=tuple(IndexKind),
    )


def test_every_page_number_is_the_printed_one(office: LibreOffice, tmp_path: Path) -> None:
    """Contents, indexes, references in the text: what the file says when it is opened is what is printed."""
    path = tmp_path / "book.docx"
    with path.open("wb") as out:
        result = DocxRenderer(office).render(_whole_book(), Photos(), out)
    with path.open("rb") as source:
        assert findings(source) == ()
    pdf = office.to_pdf(path, tmp_path)
    layout = read_layout(pdf)
    assert result.pages == layout.pages

    said = _page_numbers(document(path.read_bytes()))
    folios = _printed_folios(pdf)
    named = [name for name, _page in said]
    # Each case stands in the contents and in three indexes, under one topic or two; two are referred to.
    assert [named.count(f"_TocCase0000{number}") for number in range(1, 9)] == [5, 4, 5, 4, 6, 4, 6, 4]
    assert {"_TocFront001", "_TocBack001", "_TocIndexUnits", "_TocIndexPlaces"} <= set(named)
    without = [name for name, _page in said if name.startswith("_TocChapter")]
    assert [(name, page) for name, page in said if name not in without] == [
        (name, folios[layout.places[name]]) for name in named if name not in without
    ]
    # Dividers are counted but carry no folio: a chapter's first case is two pages on.
    pages = dict(said)
    assert [int(pages[f"_TocChapter00{number}"]) + 2 for number in (1, 2, 3)] == [
        int(pages[name]) for name in ("_TocCase00001", "_TocCase00004", "_TocCase00007")
    ]
    assert all(layout.places[name] % 2 == 0 for name in layout.places if name.startswith("_TocChapter"))
    assert f"做法（见本书第{pages['_TocCase00007']}页）（见本书第{pages['_TocCase00005']}页）" in texts(
        path.read_bytes()
    )


def _page_numbers(body: etree._Element) -> list[tuple[str, str]]:
    """Every PAGEREF field in order: the bookmark it asks for, and the number that it shows."""
    found: list[tuple[str, str]] = []
    name, shown, kind = "", "", ""
    for each in body.iter(_W + "fldChar", _W + "instrText", _W + "t"):
        tag = etree.QName(each).localname
        if tag == "instrText":
            name, shown = "".join(re.findall(r"PAGEREF (\S+)", each.text or "")), ""
        elif tag == "fldChar":
            kind = each.get(_W + "fldCharType") or ""
            if kind == "end" and name:
                found.append((name, shown))
                name = ""
        elif kind == "separate":
            shown += each.text or ""
    return found


def _printed_folios(pdf: Path) -> list[str]:
    """What is printed between the two dots at the foot of each page; "" where there is nothing."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    found = (re.findall(r"^\s*·\s*([IVX]+|\d+)\s*·\s*$", page, re.MULTILINE) for page in text.split("\f"))
    return [each[-1] if each else "" for each in found]


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
