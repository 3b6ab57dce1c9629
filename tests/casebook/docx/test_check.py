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


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without("word/styles.xml"), "leads to no part (word/styles.xml)"),
        (without("word/media/image1.png"), "leads to no part (word/media/image1.png)"),
        (
            in_part("[Content_Types].xml", b'Extension="jpg"', b'Extension="jpe"'),
            "no content type: word/media/image",
        ),
        (in_part("[Content_Types].xml", b"header+xml", b"footer+xml"), "wrong content type for a header"),
        (in_part(DOCUMENT, b"</w:body>", b""), "is not well-formed"),
        (in_part(DOCUMENT, b'w:val="CaseUnit"', b'w:val="Nowhere"'), "no style Nowhere"),
        (in_part(DOCUMENT, b'<w:numId w:val="10"/>', b'<w:numId w:val="77"/>'), "no numbering 77"),
        (
            in_part("word/numbering.xml", b'<w:abstractNumId w:val="1"/>', b'<w:abstractNumId w:val="9"/>'),
            "abstract",
        ),
        (
            in_part(DOCUMENT, b'w:anchor="_TocCase00001"', b'w:anchor="_TocCase9"'),
            "link to no bookmark: _TocCase9",
        ),
        (in_part(DOCUMENT, b'<w:bookmarkEnd w:id="2"/>', b""), "do not pair"),
        (
            in_part(DOCUMENT, b'w:name="_TocCase00001"', b'w:name="_TocChapter001"'),
            "bookmark _TocChapter001 occurs 2",
        ),
        (in_part(DOCUMENT, b'<w:fldChar w:fldCharType="end"/>', b""), "not closed"),
        (in_part(DOCUMENT, b'<w:fldChar w:fldCharType="begin"/>', b""), "without a beginning"),
        (in_part(DOCUMENT, b'r:id="rIdLink1"', b'r:id="rIdLink9"'), "no relationship rIdLink9"),
        (in_part(DOCUMENT, b'<wp:docPr id="1"', b'<wp:docPr id="2"'), "drawing id 2 occurs 2"),
        (in_part(DOCUMENT, b"<w:gridCol", b'<w:gridCol w:w="9"/><w:gridCol'), "a row covers 2 of 3 columns"),
        (
            in_part(DOCUMENT, b'<w:headerReference w:type="even"', b'<w:headerReference w:type="first"'),
            "inherits a header",
        ),
        (
            in_part("word/_rels/document.xml.rels", b'Id="rIdLink1"', b'Id="rIdHeader1"'),
            "rIdHeader1 occurs 2",
        ),
    ],
)
def test_a_fault_is_found(
    sound: dict[str, bytes], change: Callable[[dict[str, bytes]], dict[str, bytes]], expected: str
) -> None:
    found = broken(change(sound))
    assert any(expected in each for each in found), found
