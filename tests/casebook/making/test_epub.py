"""EPUB 3: what epubcheck asks of a file like ours, in code; epubcheck itself needs Java and half a minute."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from lxml import etree

from casebook.book import Book, Photo
from casebook.making import epub
from foundation.richtext import Paragraph, Run
from tests.casebook.factories import Photos, make_book, make_entry

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
DC = "{http://purl.org/dc/elements/1.1/}"
BODY = (
    "<h2>一、背景 &amp; <em>目标</em></h2><p>支部<strong>有</strong>党员<sup>[1]</sup>，见"
    "<a href='https://example.org/?a=1&amp;b=2'>这里</a>。<br>换行</p><h4>小</h4>"
    "<ul><li>一<ol><li>二</li></ol></li></ul><blockquote><p>引</p></blockquote>"
    "<table><tr><th>甲</th><th colspan='2'>乙</th></tr><tr><td>1</td><td>2</td><td>𠮷😀</td></tr></table>"
    "<figure><img src='attachment:1800x1200' alt='会场'><figcaption>图注</figcaption></figure>"
    "<figure><img src='attachment:none' alt='没有'><figcaption>缺的图</figcaption></figure>"
    "<p>注释</p><ol><li>第一条注</li></ol>"
)
PHRASING = frozenset({"strong", "em", "u", "s", "sub", "sup", "a", "br", "img", "span"})
INSIDE = {
    "p": PHRASING,
    "figure": frozenset({"img", "figcaption"}),
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "tr": frozenset({"td", "th"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "table": frozenset({"caption", "thead", "tbody"}),
    "nav": frozenset({"h1", "ol"}),
    "dl": frozenset({"dt", "dd"}),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "strong", "em", "sup", "a", "figcaption", "caption"), PHRASING),
}
"""What each element may hold, of those that we write."""


def book() -> Book:
    entries = [
        replace(make_entry(f"案例{number}", BODY, commendation="做法可学。"), id=f"e{number}")
        for number in range(3)
    ]
    linked = (Paragraph((Run("见"), Run("另一篇", href="entry:e1"))),)
    last = replace(entries[2], blocks=linked, photos=(Photo("attachment:300x200", "照片"),))
    return make_book(entries[0], entries[1], last, chapters=2)


def written(found: Book, cover: bytes = b"") -> bytes:
    out = BytesIO()
    epub.write(found, Photos(), out, key="edition", at=AT, cover=cover)
    return out.getvalue()


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(written(book(), Photos().read("attachment:60x80")))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        return {name: archive.read(name) for name in archive.namelist()}


def documents(parts: dict[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    for name, content in parts.items():
        if name.endswith(".xhtml"):
            yield name, etree.fromstring(content)


def test_the_package_names_every_file_once_and_none_that_is_not_there(parts: dict[str, bytes]) -> None:
    assert parts["mimetype"] == b"application/epub+zip"
    package = etree.fromstring(parts["EPUB/package.opf"])
    items = package.findall(f"{OPF}manifest/{OPF}item")
    assert sorted(f"EPUB/{each.get('href')}" for each in items) == sorted(
        name for name in parts if name.startswith("EPUB/") and name != "EPUB/package.opf"
    )
    ids = [each.get("id") for each in items]
    assert len(ids) == len(set(ids))
    spine = [each.get("idref") for each in package.findall(f"{OPF}spine/{OPF}itemref")]
    assert set(spine) == {
        each.get("id") for each in items if each.get("media-type") == "application/xhtml+xml"
    }
    assert len(spine) == len(set(spine))
    properties = [each.get("properties") for each in items if each.get("properties")]
    assert sorted(map(str, properties)) == ["cover-image", "nav"]


def test_metadata_are_those_that_readers_and_libraries_need(parts: dict[str, bytes]) -> None:
    metadata = etree.fromstring(parts["EPUB/package.opf"])[0]
    assert metadata.findtext(f"{DC}title") == "基层党建创新案例选编 二〇二六年卷"
    assert metadata.findtext(f"{DC}language") == "zh-CN"
    assert str(metadata.findtext(f"{DC}identifier")).startswith("urn:uuid:")
    said: dict[str, list[str | None]] = {}
    for each in metadata.findall(f"{OPF}meta"):
        said.setdefault(str(each.get("property")), []).append(each.text)
    assert said["dcterms:modified"] == ["2026-03-01T08:00:00Z"]
    assert said["schema:accessMode"] == ["textual", "visual"]
    assert said["schema:accessModeSufficient"] == ["textual"]
    assert "alternativeText" in said["schema:accessibilityFeature"]
    assert said["schema:accessibilityHazard"] == ["none"]


def test_every_document_is_valid_within_what_we_write(parts: dict[str, bytes]) -> None:
    for name, tree in documents(parts):
        assert tree.get("lang") == "zh-CN", name
        for each in tree.find(f"{XHTML}body").iter(etree.Element):  # type: ignore[union-attr]  # each has one
            tag = str(each.tag).removeprefix(XHTML)
            allowed = INSIDE.get(tag)
            held = {str(child.tag).removeprefix(XHTML) for child in each}
            assert allowed is None or held <= allowed, (name, tag, held)
            assert tag != "img" or each.get("alt"), name
            assert tag not in ("ol", "ul", "table", "dl") or len(each), name


def test_every_link_leads_somewhere(parts: dict[str, bytes]) -> None:
    ids = {name: {each.get("id") for each in tree.iter()} for name, tree in documents(parts)}
    leads = 0
    for name, tree in documents(parts):
        found = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(found) == len(set(found)), name
        for each in tree.iter(f"{XHTML}a", f"{XHTML}img", f"{XHTML}link"):
            target = str(each.get("href") or each.get("src"))
            if target.startswith("https:"):
                continue
            path, _sign, anchor = target.partition("#")
            place = posixpath.join("EPUB", path) if path else name
            assert place in parts, (name, target)
            assert not anchor or anchor in ids[place], (name, target)
            leads += 1
    assert leads > 20
    assert b'href="case00002.xhtml"' in parts["EPUB/case00003.xhtml"]  # a link between cases


def test_contents_and_landmarks(parts: dict[str, bytes]) -> None:
    tree = etree.fromstring(parts["EPUB/nav.xhtml"])
    toc, marks = tree.iter(f"{XHTML}nav")
    assert (toc.get(TYPE), marks.get(TYPE)) == ("toc", "landmarks")
    top = [each[0].text for each in toc[1]]
    assert top == ["基层党建创新案例选编", "前言", "第一章 第1辑 实践", "第二章 第2辑 实践"]
    assert [each.text for each in toc.iter(f"{XHTML}a")][3:5] == ["案例0", "案例1"]
    assert [each.get(TYPE) for each in marks.iter(f"{XHTML}a")] == [
        "toc",
        "cover",
        "titlepage",
        "bodymatter",
    ]


def test_the_same_book_is_the_same_file_and_every_word_is_in_it(parts: dict[str, bytes]) -> None:
    assert written(book()) == written(book())
    words = "".join(map(str, etree.fromstring(parts["EPUB/case00001.xhtml"]).itertext()))
    for each in (
        "一、背景 & 目标",
        "换行",
        "𠮷😀",
        "图注",
        "缺的图",
        "第一条注",
        "做法可学。",
        "来源：清河镇",
    ):
        assert each in words
    assert parts["EPUB/case00001.xhtml"].count(b'role="doc-noteref"') == 1
