"""Hostile files: each refused with a sentence, none hangs, none harms."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from submissions.intake import Unreadable, read_document
from submissions.intake.guard import Package
from submissions.intake.word import read_word
from tests.submissions.intake.documents import LONG, W, new, package, paragraph, relationship, saved, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
GOOD = package(paragraph("标题在这里") + paragraph(LONG))


MAIN = "word/document.xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


def with_doctype(encoding: str) -> bytes:
    document = (
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {W}><w:body>{paragraph('&x;')}</w:body></w:document>"
    )
    return package("", parts={"word/document.xml": document.encode(encoding)})


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    document = (
        f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{entities}]>'
        f"<w:document {W}><w:body>{paragraph('&a9;')}</w:body></w:document>"
    )
    return package("", parts={"word/document.xml": document})


def bomb() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": b"\0" * 60_000_000})


def lying_sizes() -> bytes:
    """The directory says 10 bytes, the entry holds 40 MB."""
    data = package("", parts={"word/document.xml": b"<a>" + b" " * 40_000_000})
    return data.replace((40_000_003).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def overlapping() -> bytes:
    """Two entries of the directory that lead to the same bytes."""
    data = zipped({"aaaa.xml": "x" * 100, "bbbb.xml": "x" * 100, "[Content_Types].xml": "<Types/>"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        second = archive.getinfo("bbbb.xml").header_offset
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    return data[: at + 42] + (0).to_bytes(4, "little") + data[at + 46 :] if second else data


def deep(tag: str, levels: int) -> bytes:
    return package(f"<w:{tag}>" * levels + paragraph("x") + f"</w:{tag}>" * levels)


def nested_tables(levels: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * levels + paragraph("x") + "</w:tc></w:tr></w:tbl>" * levels


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", bytes, "空的"),
    ("one byte", lambda: b"x", "不是可以读取的 Word 文件"),
    ("old .doc", lambda: ole("WordDocument"), "旧版的 Word"),
    ("password", lambda: ole("EncryptedPackage"), "打开密码"),
    ("old excel", lambda: ole("Workbook"), "Excel"),
    ("old powerpoint", lambda: ole("PowerPoint Document"), "PowerPoint"),
    ("other ole", lambda: ole("Something"), "不是可以读取的 Word 文件"),
    ("rtf", lambda: b"{\\rtf1 x}", "RTF"),
    ("pdf", lambda: b"%PDF-1.7", "PDF"),
    ("web page", lambda: b"\xef\xbb\xbf<!DOCTYPE html><html><body>x", "网页"),
    ("saved web page", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页"),
    ("flat xml", lambda: b"<?xml version='1.0'?><pkg:package/>", "XML"),
    ("excel", lambda: zipped({"xl/workbook.xml": "x", "[Content_Types].xml": "<Types/>"}), "Excel"),
    ("powerpoint", lambda: zipped({"ppt/x.xml": "x"}), "PowerPoint"),
    ("odt", lambda: zipped({"mimetype": "application/vnd.oasis", "content.xml": "<x/>"}), "OpenDocument"),
    ("any zip", lambda: zipped({"a.txt": "x"}), "没有 Word 文档的内容"),
    ("truncated", lambda: GOOD[: len(GOOD) // 2], "已损坏"),
    ("flipped", lambda: GOOD.replace(b"PK\x05\x06", b"PK\x05\x07"), "已损坏"),
    ("macros by type", lambda: package("", main_type=MACRO_TYPE), "宏"),
    ("macros by part", lambda: package("", parts={"word/vbaProject.bin": b"x"}), "宏"),
    ("another main type", lambda: package("", main_type="text/plain"), "没有 Word 文档的内容"),
    ("doctype", lambda: with_doctype("utf-8"), "文档类型声明"),
    ("doctype in utf-16", lambda: with_doctype("utf-16"), "文档类型声明"),
    ("billion laughs", laughs, "不能接收|已损坏"),
    ("zip bomb", bomb, "解压后过大"),
    ("lying sizes", lying_sizes, "已损坏|过大"),
    ("overlapping", overlapping, "已损坏"),
    ("many entries", lambda: zipped({f"{n}.xml": "" for n in range(3001)}), "过大"),
    ("path upwards", lambda: zipped({"../x.xml": "x", "[Content_Types].xml": "<Types/>"}), "已损坏"),
    ("twice the same", lambda: zipped({"A.xml": "x", "a.xml": "y"}), "已损坏"),
    ("no body", lambda: package("", parts={MAIN: f"<w:document {W}/>"}), "没有 Word 文档的内容"),
    ("not xml", lambda: package("", parts={MAIN: b"\xff\xfe\x00"}), "已损坏"),
    ("nested tables", lambda: package(nested_tables(120)), "嵌套过深"),
    ("deep wrappers", lambda: deep("sdtContent", 150), "嵌套过深"),
    ("deeper wrappers", lambda: deep("smartTag", 5000), "嵌套过深"),
    ("many paragraphs", lambda: package("<w:p/>" * 60_001), "段落过多"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "reason"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_hostile_files_are_refused_with_a_sentence(name: str, make: Callable[[], bytes], reason: str) -> None:
    data = make()
    started = time.perf_counter()
    with pytest.raises(Unreadable) as refused:
        read_word(data)
    assert any(each in str(refused.value.reason) for each in reason.split("|")), str(refused.value.reason)
    assert time.perf_counter() - started < 10


def test_nested_text_boxes_end() -> None:
    nest = paragraph("x")
    for _level in range(40):
        nest = f"<w:p><w:r><w:pict><w:txbxContent>{nest}</w:txbxContent></w:pict></w:r></w:p>"
    assert len(read_word(package(nest)).elements) == 1


def test_an_embedded_workbook_with_macros_is_no_reason_to_refuse() -> None:
    data = package(
        paragraph(LONG), parts={"word/embeddings/a.xlsm": b"PK", "word/embeddings/vbaProject.bin": b"x"}
    )
    assert len(read_word(data).elements) == 1


def test_parts_share_one_allowance() -> None:
    sound = Package(saved(new()))
    assert sound.part("word/none.xml") is None
    assert (sound.part("WORD/Document.xml") or b"").startswith(b"<?xml")
    with pytest.raises(Unreadable):
        sound.part("word/document.xml", limit=10)


def test_a_template_with_an_odd_main_name_is_read() -> None:
    data = package(paragraph("x"), relationships=relationship("x", "customXml", "../customXml/item1.xml"))
    assert len(read_word(data).elements) == 1


def test_the_sandbox_gives_the_same_sentence() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document("案例.docx", ole("Workbook"))
    assert str(refused.value.reason) == "这是 Excel 表格，不是 Word 文件。"
