"""Files broken on purpose: each fault is found."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from casebook.docx.check import findings
from casebook.docx.renderer import render
from casebook.docx.zipped import packed
from tests.casebook.factories import Photos, make_book, make_entry

BODY = (
    "<ol><li>一</li></ol><table><tr><td>a<td>b</table><figure><img src='attachment:90x60'>"
    "<figcaption>图</figcaption></figure><p><a href='https://example.org'>网</a></p>"
    "<table><tr><td rowspan=2>跨<td>甲<tr><td>乙</table><p>据<sup>[1]</sup></p><p>注释</p><ol><li>出处</ol>"
)


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    data = render(make_book(make_entry(body=BODY)), Photos())
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def broken(parts: dict[str, bytes]) -> tuple[str, ...]:
    return findings(BytesIO(packed(parts.items())))


def in_part(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        assert old in parts[name]
        return {**parts, name: parts[name].replace(old, new, 1)}

    return change


def without(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda parts: {key: value for key, value in parts.items() if key != name}


DOCUMENT = "word/document.xml"


def test_the_sound_file_has_no_findings(sound: dict[str, bytes]) -> None:
    assert broken(sound) == ()


def test_no_zip() -> None:
    assert findings(BytesIO(b"%PDF"))[0].startswith("not a zip file")


STYLES, NUMBERING, NOTES = "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"


def edges(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return in_part(DOCUMENT, old, new)


FAULTS: list[tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = [
    # the package
    (without(STYLES), "leads to no part (word/styles.xml)"),
    (without("word/media/image1.png"), "leads to no part (word/media/image1.png)"),
    (without("_rels/.rels"), "no _rels/.rels"),
    (without(DOCUMENT), "no word/document.xml"),
    (lambda parts: {**parts, "word/Styles.xml": parts[STYLES]}, "differ only in capitals"),
    (lambda parts: {**parts, "../evil.xml": b"<a/>"}, "entry with a bad path: ../evil.xml"),
    (lambda parts: {**parts, "word/media/image1.png": b"<html>"}, "image1.png is no picture of its type"),
    (in_part(TYPES, b'Extension="jpg"', b'Extension="jpe"'), "no content type: word/media/image"),
    (in_part(TYPES, b"header+xml", b"footer+xml"), "wrong content type for a header"),
    (in_part(TYPES, b"footnotes+xml", b"endnotes+xml"), "wrong content type for a footnotes"),
    (in_part(TYPES, b"document.main+xml", b"template.main+xml"), "another content type"),
    (in_part(TYPES, b"/word/numbering.xml", b"/word/number.xml"), "override without a part"),
    (in_part(RELATIONS, b'Id="rIdLink1"', b'Id="rIdHeader1"'), "rIdHeader1 occurs 2"),
    (
        in_part(
            RELATIONS,
            b'/image" Target="media/image1.png"',
            b'/image" Target="http://a.example/x.png" TargetMode="External"',
        ),
        "takes a image from outside the file",
    ),
    # not well-formed, not where it belongs
    (edges(b"</w:body>", b""), "is not well-formed"),
    (edges(b"<w:body>", b"<w:body><w:r/>"), "r inside body"),
    (edges(b"<w:tc>", b"<w:tc><w:tc><w:p/></w:tc>"), "tc inside tc"),
    (edges(b"</w:tc>", b"<w:tbl/></w:tc>"), "a cell does not end with a paragraph"),
    (edges(b"<w:keepNext/>", b"<w:jc w:val='left'/><w:keepNext/>"), "keepNext after jc"),
    (edges(b"<w:pStyle ", b'<w:pStyle w:val="BodyText"/><w:pStyle '), "pStyle twice"),
    (edges(b"</w:pPr>", b"<w:bold/></w:pPr>"), "bold does not belong there"),
    (edges(b'<w:t xml:space="preserve">', b"<w:t> "), "blanks of a text are lost"),
    (edges(b"</w:body>", b"<w:p/></w:body>"), "does not end with its section"),
    # tables
    (edges(b"<w:gridCol", b'<w:gridCol w:w="9"/><w:gridCol'), "a row covers 2 of 3 columns"),
    (edges(b'<w:vMerge w:val="restart"/>', b""), "a merged cell goes on from nothing"),
    # styles and numbering
    (edges(b'w:val="CaseUnit"', b'w:val="Nowhere"'), "no style Nowhere"),
    (edges(b'<w:pStyle w:val="CaseUnit"', b'<w:pStyle w:val="Strong"'), "style Strong is no paragraph style"),
    (in_part(STYLES, b'w:styleId="Heading3"', b'w:styleId="Heading2"'), "style Heading2 occurs 2"),
    (
        in_part(STYLES, b'<w:basedOn w:val="Normal"/>', b'<w:basedOn w:val="Gone"/>'),
        "basedOn leads to no style",
    ),
    (edges(b'<w:numId w:val="10"/>', b'<w:numId w:val="77"/>'), "no numbering 77"),
    (edges(b'<w:ilvl w:val="0"/>', b'<w:ilvl w:val="9"/>'), "deeper than nine"),
    (in_part(NUMBERING, b'<w:abstractNumId w:val="1"/>', b'<w:abstractNumId w:val="9"/>'), "abstract"),
    # bookmarks, links, fields
    (edges(b'w:anchor="_TocCase00001"', b'w:anchor="_TocCase9"'), "link to no bookmark: _TocCase9"),
    (edges(b" TOC ", b" PAGEREF _Gone "), "PAGEREF to no bookmark: _Gone"),
    (edges(b'<w:bookmarkEnd w:id="2"/>', b""), "do not pair"),
    (edges(b'w:name="_TocCase00001"', b'w:name="_TocChapter001"'), "bookmark _TocChapter001 occurs 2"),
    (edges(b'w:name="_TocCase00001"', b'w:name="1 Case"'), "no name for a bookmark: 1 Case"),
    (edges(b'w:name="_TocCase00001"', b'w:name="_' + b"x" * 40 + b'"'), "more than 40 characters"),
    (edges(b'<w:fldChar w:fldCharType="end"/>', b""), "not closed"),
    (edges(b'<w:fldChar w:fldCharType="begin"/>', b""), "without a beginning"),
    (edges(b'<w:fldChar w:fldCharType="end"/>', b'<w:fldChar w:fldCharType="separate"/>'), "two results"),
    (edges(b'r:id="rIdLink1"', b'r:id="rIdLink9"'), "no relationship rIdLink9"),
    (edges(b'<w:hyperlink r:id="rIdLink1"', b"<w:hyperlink"), "a link that leads nowhere"),
    (edges(b'r:embed="rIdPicture1"', b'r:embed="rIdLink1"'), "rIdLink1 is a hyperlink"),
    (edges(b'<wp:docPr id="1"', b'<wp:docPr id="2"'), "drawing id 2 occurs 2"),
    (edges(b'<wp:extent cx="', b'<wp:extent cx="0" old="'), "a drawing without extent"),
    # notes
    (edges(b'<w:footnoteReference w:id="1"/>', b'<w:footnoteReference w:id="8"/>'), "no note 8"),
    (edges(b'<w:footnoteReference w:id="1"/>', b""), "note 1 is never called"),
    (in_part(NOTES, b'w:id="1"', b'w:id="0"'), "note 0 occurs 2"),
    (in_part(NOTES, b'w:type="separator" ', b""), "notes without the rule above them"),
    # sections
    (edges(b'<w:headerReference w:type="even"', b'<w:headerReference w:type="first"'), "inherits a header"),
    (edges(b"<w:pgSz ", b"<w:pgOld "), "has no page size"),
    (edges(b"<w:pgSz ", b'<w:pgSz w:orient="landscape" '), "lies otherwise than it says"),
    (edges(b'<w:pgMar w:top="', b'<w:pgMar w:top="9'), "no room between its margins"),
    (in_part("word/settings.xml", b"<w:evenAndOddHeaders/>", b""), "evenAndOddHeaders is off"),
    (
        in_part("word/settings.xml", b"<w:evenAndOddHeaders/>", b"<w:evenAndOddHeaders/><w:updateFields/>"),
        "update fields",
    ),
]


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_fault_is_found(
    sound: dict[str, bytes], change: Callable[[dict[str, bytes]], dict[str, bytes]], expected: str
) -> None:
    found = broken(change(sound))
    assert any(expected in each for each in found), found
