"""The pages around the cases, in both kinds of book and all sizes; the cover sheet."""

import itertools
import zipfile
from collections.abc import Iterable
from io import BytesIO

import pytest
from lxml import etree

from casebook.book import BoardLine, Book, Colours, Format, Imprint, Matter, Profile, Trim
from casebook.docx.check import findings
from casebook.docx.front.copyright import characters, sheets
from casebook.docx.front.jacket import render_jacket
from casebook.docx.parts import printed_folios
from casebook.docx.renderer import render
from casebook.docx.trims import TWIPS_PER_MM
from casebook.rules.spine import spine
from foundation.richtext import blocks
from tests.casebook.factories import make_book, make_entry

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FULL = Imprint(
    compiler="本书编写组",
    isbn="978-7-111-07575-2",
    cip="2026012345",
    cip_data=("书名 / 本书编写组编", "Ⅰ. ①书… Ⅱ. ①本…"),
    edition="2026年3月第1版",
    printing="第1次印刷",
    print_run="1—3 000册",
    price="68.00元",
    staff=(BoardLine("责任编辑", ("张三", "李四")),),
    address="某市某路 1 号",
    printer="某印刷厂",
    rights="版权所有　侵权必究",
    hotline="010-1",
    permit="（京）字第1号",
    audience="本系统各支部",
    printed_on="2026年11月",
)


def full_book(profile: Profile, trim: Trim = Trim.K16_LARGE, colours: Colours = Colours.COLOUR) -> Book:
    return make_book(
        make_entry("案例甲"),
        make_entry("案例乙"),
        chapters=2,
        imprint=FULL,
        format=Format(profile, trim, colours),
        board=(BoardLine("主　任", ("张三", "李四光")), BoardLine("委　员", ("王五",))),
        front=(Matter("序", blocks("<p>序文</p>")), Matter("前言", blocks("<p>前言文字</p>"))),
        back=(Matter("附录：通知", blocks("<p>通知全文</p>")), Matter("后记", blocks("<p>后记文字</p>"))),
        blurb=("一段介绍。", "二段介绍。"),
    )


def document(data: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def paragraphs(data: bytes, *styles: str) -> list[str]:
    found = []
    for each in document(data).iter(_W + "p"):
        style = each.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(_W + "val") in styles:
            found.append("".join(_words(each)))
    return found


def _words(paragraph: etree._Element) -> Iterable[str]:
    for run in paragraph.iter(_W + "r"):
        for each in run.iter(_W + "t", _W + "tab"):
            yield "\t" if each.tag == _W + "tab" else each.text or ""


@pytest.mark.parametrize(("profile", "trim"), list(itertools.product(Profile, Trim)))
def test_every_kind_in_every_size_is_sound_and_the_same_each_time(profile: Profile, trim: Trim) -> None:
    book = full_book(profile, trim, Colours.GREY)
    data = render(book)
    assert findings(BytesIO(data)) == ()
    assert render(book) == data
    sizes = {each.get(_W + "w") for each in document(data).iter(_W + "pgSz")}
    assert len(sizes) == 1


def test_a_formal_book_says_what_the_standard_asks() -> None:
    data = render(full_book(Profile.FORMAL))
    colophon = paragraphs(data, "Colophon", "CipData", "ColophonHead")
    assert colophon[:4] == [
        "图书在版编目（CIP）数据",
        "书名 / 本书编写组编",
        "Ⅰ. ①书… Ⅱ. ①本…",
        "中国国家版本馆CIP数据核字（2026）第012345号",
    ]
    assert "责任编辑\t张三、李四" in colophon
    assert "书　　号\tISBN 978-7-111-07575-2" in colophon
    assert "定　　价\t68.00元" in colophon
    assert "开　　本\t889 mm × 1194 mm　1/16（210 mm × 285 mm）" in colophon
    assert colophon[-2:] == ["版权所有　侵权必究", "质量热线　010-1"]
    assert paragraphs(data, "BackLine") == ["ISBN 978-7-111-07575-2", "定价：68.00元"]
    assert paragraphs(data, "HalfTitle") == ["基层党建创新案例选编"]
    whole = "".join(_words(document(data)))
    assert "内部资料" not in whole
    assert "准印证" not in whole


def test_internal_material_has_permit_and_no_price() -> None:
    data = render(full_book(Profile.INTERNAL))
    assert paragraphs(data, "CoverMark") == ["内部资料　免费交流", "准印证号　（京）字第1号"]
    assert paragraphs(data, "BackMark", "InnerMark", "ColophonMark") == ["内部资料　免费交流"] * 3
    assert "发送对象：本系统各支部" in paragraphs(data, "BackLine")
    whole = "".join(_words(document(data)))
    for never in ("ISBN", "68.00", "CIP", "定价", "定　　价"):
        assert never not in whole


def test_nothing_is_invented() -> None:
    data = render(make_book(make_entry(), publisher="", imprint=Imprint(), subtitle="", front=()))
    rows = [line.split("\t")[0] for line in paragraphs(data, "Colophon")]
    assert rows == ["书　　名", "开　　本", "字　　数"]
    assert paragraphs(data, "CoverFoot", "CipData", "BackLine", "BackText", "BoardLine", "InnerFoot") == [
        "2026年"
    ]


def test_board_and_headings_of_two_characters_are_spread() -> None:
    data = render(full_book(Profile.FORMAL))
    assert paragraphs(data, "BoardLine") == ["主　任\t张　三　李四光", "委　员\t王　五"]
    assert paragraphs(data, "FrontHeading") == ["序", "前　言", "附录：通知", "后　记"]
    lines = [line.split("\t")[0] for line in paragraphs(data, "TOC1")]
    assert lines == ["序", "前　言", "第一章　第1辑 实践", "第二章　第2辑 实践", "附录：通知", "后　记"]


def test_heads_name_the_chapter_on_the_left_and_the_case_on_the_right() -> None:
    with zipfile.ZipFile(BytesIO(render(full_book(Profile.FORMAL)))) as package:
        heads = {
            "".join(_words(etree.fromstring(package.read(name))))
            for name in package.namelist()
            if name.startswith("word/header")
        }
    assert {"第1辑 实践", "案例甲", "案例乙", "前言", "后记", "目录"} <= heads


def test_a_long_title_is_cut_in_the_head_only() -> None:
    title = "以“同心圆”工作法" * 8
    data = render(make_book(make_entry(title)))
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if "word/header" in name]
    assert any("同心圆" in part and "…" in part and title not in part for part in parts)
    assert title in "".join(_words(document(data)))


def test_folios_are_roman_before_the_first_chapter() -> None:
    places = {"_TocBoard": 6, "_TocFront001": 8, "_TocChapter001": 14, "_TocCase00001": 16, "_TocBack001": 40}
    assert printed_folios(places) == {
        "_TocBoard": "I",
        "_TocFront001": "III",
        "_TocChapter001": "1",
        "_TocCase00001": "3",
        "_TocBack001": "27",
    }


def test_sheets_are_of_the_pages_between_the_covers() -> None:
    assert [sheets(pages) for pages in (4 + 16, 4 + 180, 4 + 181)] == ["1", "11.25", "11.312"]


def test_characters_count_texts_around_the_cases_too() -> None:
    plain = make_book(make_entry("甲乙", "<p>一二 三</p>", summary="四"), front=())
    assert characters(plain) == 2 + 3 + 1
    with_front = make_book(
        make_entry("甲乙", "<p>一二 三</p>", summary="四"), front=(Matter("序", blocks("<p>五六</p>")),)
    )
    assert characters(with_front) == 8


@pytest.mark.parametrize(("profile", "trim"), [(Profile.FORMAL, Trim.K16), (Profile.INTERNAL, Trim.A4)])
def test_the_cover_sheet_is_as_wide_as_the_book_opened(profile: Profile, trim: Trim) -> None:
    book, back = full_book(profile, trim), spine(260, paper_weight=80)
    data = render_jacket(book, back)
    assert findings(BytesIO(data)) == ()
    assert render_jacket(book, back) == data
    size = next(document(data).iter(_W + "pgSz"))
    width = {Trim.K16: 185, Trim.A4: 210}[trim]
    assert int(str(size.get(_W + "w"))) == round((2 * width + 14.0 + 20) * TWIPS_PER_MM)
    assert paragraphs(data, "SpineTitle")[0] == "基层党建创新案例选编　二〇二六年卷"


def test_a_thin_spine_stays_without_words() -> None:
    data = render_jacket(full_book(Profile.FORMAL), spine(60, paper_weight=80))
    assert findings(BytesIO(data)) == ()
    assert paragraphs(data, "SpineTitle") == []
