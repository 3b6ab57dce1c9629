"""A house's own template: what is taken of it, what is refused."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from casebook.book import Colours, FontRole, Format, Trim
from casebook.docx.check import findings
from casebook.docx.fonts import fonts_of, rare_characters
from casebook.docx.look import Look
from casebook.docx.make_reference import REFERENCE
from casebook.docx.renderer import render
from casebook.docx.starter import starter
from casebook.docx.styles import STYLE_IDS
from casebook.docx.template import adopted, inspect
from foundation.errors import Refused
from tests.casebook.factories import make_book, make_entry
from tests.conftest import lacking

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Parts = dict[str, bytes]


def changed(change: Callable[[Parts], None], source: bytes | None = None) -> bytes:
    with zipfile.ZipFile(BytesIO(source or starter(Trim.K16_LARGE))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return out.getvalue()


def related(
    kind: str, target: str, *, part: str = "document", mode: str = "External"
) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        name = f"word/_rels/{part}.xml.rels"
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        line = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        parts[name] = parts.get(name, empty).replace(b"</Relationships>", line.encode() + b"</Relationships>")

    return change


def word_made(change: Callable[[Parts], None] | None = None) -> bytes:
    """Our styles as a Chinese Word writes them down again: other ids, fonts by theme, a page of its own."""
    document = Document(BytesIO(starter(Trim.K16)))
    for style in document.styles.element.iter(_W + "style"):
        old = style.get(_W + "styleId")
        for other in document.styles.element.iter(_W + "basedOn", _W + "next"):
            if other.get(_W + "val") == old:
                other.set(_W + "val", f"a{old}")
        style.set(_W + "styleId", f"a{old}")
    body = document.styles["Body Text"]
    body.font.size = Pt(10.5)
    fonts = body.element.rPr.rFonts
    fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")
    document.sections[0].left_margin = Mm(30)
    out = BytesIO()
    document.save(out)
    return changed(change, out.getvalue()) if change else out.getvalue()


def test_the_starting_template_is_whole_and_sound() -> None:
    for trim in Trim:
        data = starter(trim)
        report = inspect(data)
        assert (report.missing, report.trim, report.dropped) == ((), trim, ("text", "edges"))
        assert findings(BytesIO(data)) == ()


def test_styles_are_known_by_name_under_other_ids() -> None:
    data = word_made()
    assert inspect(data).missing == ()
    found = adopted(data, Look(Trim.K16))
    styles = etree.fromstring(found.parts["word/styles.xml"])
    ids = [each.get(_W + "styleId") for each in styles.iter(_W + "style")]
    assert set(ids) >= STYLE_IDS
    assert len(ids) == len(set(ids))
    body = next(each for each in styles.iter(_W + "style") if each.get(_W + "styleId") == "BodyText")
    size = body.find(f"{_W}rPr/{_W}sz")
    assert size is not None
    assert size.get(_W + "val") == "21"
    assert [key for each in styles.iter() for key in each.attrib if "heme" in str(key)] == []


def test_a_book_in_a_house_style_is_sound_and_takes_its_margins() -> None:
    book = make_book(make_entry(), format=Format(trim=Trim.K16, reference=word_made()))
    data = render(book)
    assert findings(BytesIO(data)) == ()
    assert render(book) == data
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert b'w:left="1701"' in package.read("word/document.xml")
    other = replace(book, format=replace(book.format, trim=Trim.A4, colours=Colours.GREY))
    with zipfile.ZipFile(BytesIO(render(other))) as package:
        assert b'w:left="1701"' not in package.read("word/document.xml")


def test_what_is_missing_is_named_and_ours_stands_in() -> None:
    def without(parts: Parts) -> None:
        root = etree.fromstring(parts["word/styles.xml"])
        for style in list(root.iter(_W + "style")):
            if style.get(_W + "styleId") in {"Caption", "CaseUnit", "CaseTable"}:
                root.remove(style)
        parts["word/styles.xml"] = etree.tostring(root)

    data = changed(without)
    assert set(inspect(data).missing) == {"caption", "case unit", "case table"}
    book = make_book(make_entry(), format=Format(reference=data))
    assert findings(BytesIO(render(book))) == ()


def test_a_page_of_another_size_is_told_and_not_taken() -> None:
    document = Document(BytesIO(starter(Trim.A4)))
    document.sections[0].page_width = Mm(140)
    document.sections[0].page_height = Mm(203)
    out = BytesIO()
    document.save(out)
    report = inspect(out.getvalue())
    assert (report.trim, report.width, report.height) == ("", 140.0, 203.0)
    assert adopted(out.getvalue(), Look(Trim.A4)).page is None


def macros(parts: Parts) -> None:
    parts["word/vbaProject.bin"] = b"x"


def flood(parts: Parts) -> None:
    parts["word/styles.xml"] += b" " * 3_000_000


def doctype(parts: Parts) -> None:
    head, _mark, rest = parts["word/styles.xml"].partition(b"?>")
    parts["word/styles.xml"] = head + b'?><!DOCTYPE a [<!ENTITY b "c">]>' + rest


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (macros, "宏"),
        (doctype, "文档类型"),
        (related("attachedTemplate", "https://a.example/x.dotm", part="settings"), "另一个模板"),
        (related("attachedTemplate", "file:///C:/x.dotx", part="settings"), "另一个模板"),
        (related("oleObject", "embeddings/o.bin", mode="Internal"), "OLE"),
        (related("control", "activeX/a.xml", mode="Internal"), "OLE"),
        (related("image", "https://a.example/p.png"), "外部"),
        (related("hyperlink", "https://a.example/"), "外部"),
        (related("subDocument", "other.docx"), "OLE"),
        (flood, "过大"),
        (lambda parts: parts.pop("word/styles.xml"), "样式"),
    ],
)
def test_what_a_template_may_not_carry(change: Callable[[Parts], None], word: str) -> None:
    with pytest.raises(Refused) as refusal:
        inspect(changed(change))
    assert word in refusal.value.reason.msgid % {**refusal.value.reason.params, "how": ""}


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"x" * 5_000_001]
)
def test_what_is_no_word_file(data: bytes) -> None:
    with pytest.raises(Refused):
        inspect(data)


def test_a_word_file_with_none_of_the_styles_is_no_template() -> None:
    plain = Document()
    for style in list(plain.styles.element.iter(_W + "style")):
        if style.get(_W + "type") == "paragraph" and style.get(_W + "styleId") != "Normal":
            plain.styles.element.remove(style)
    out = BytesIO()
    plain.save(out)
    with pytest.raises(Refused):
        inspect(out.getvalue())


def test_fonts_are_listed_by_role_and_script() -> None:
    found = fonts_of(Format())
    assert [(each.role, each.script) for each in found] == [
        (role, script) for role in FontRole for script in ("han", "latin")
    ]
    assert [each.wanted for each in found[:2]] == ["宋体", "Times New Roman"]
    house = fonts_of(Format(reference=REFERENCE.read_bytes()))
    assert [each.wanted for each in house] == [each.wanted for each in found]
    assert all(each.embedded is False for each in found)


def test_characters_that_cannot_be_written_are_named_with_their_places() -> None:
    use = fonts_of(Format())[0]
    if not (use.installed or use.substitute):
        lacking("no Chinese font is installed here: `apt install fonts-noto-cjk`")
    never, private = chr(0x2FA20), chr(0xE863)
    assert rare_characters(make_book(make_entry("甲乙" + chr(0xFE00)), subtitle="")) == ()
    book = make_book(make_entry(f"甲{never}"), make_entry("乙", unit=f"某{private}支部"))
    assert [(each.code, each.places) for each in rare_characters(book)] == [
        ("U+E863", ("乙",)),
        ("U+2FA20", (f"甲{never}",)),
    ]
