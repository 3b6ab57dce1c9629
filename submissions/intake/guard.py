"""A Word file is a stranger's zip archive: everything is counted and measured before anything is parsed.

The limits are far above real documents (a case with forty photos has about a hundred entries) and far below
what would hurt. XML is parsed without entities, without the network and without DTDs; a document type is
refused after parsing, because UTF-16 defeats a look at the bytes.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from foundation.text import Text, _
from submissions.intake.errors import Unreadable

FILE_LIMIT = 50_000_000
ENTRIES_LIMIT = 3_000
TOTAL_LIMIT = 300_000_000
PART_LIMIT = 32_000_000
RATIO_LIMIT = 250
"""A larger expansion is a bomb; small parts may compress better than that."""
RATIO_FROM = 1_000_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_TYPES = frozenset(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    for kind in ("document", "template")
)
_HOW_TO_SAVE = _("请用 Word 或 WPS 打开，选择“另存为”，文件类型选“Word 文档（*.docx）”，再上传新文件。")


@dataclass(frozen=True, slots=True)
class Relationship:
    """`target` is a part's name, or an address when `external`."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word file whose structure has been found sound. Parts are read on demand, each within what is left of
    the whole file's allowance.

    Raises:
        Unreadable: with the reason, and what to do about it.
    """

    def __init__(self, data: bytes) -> None:
        refuse_what_is_no_package(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as error:
            raise Unreadable(_damaged()) from error
        self._entries = _inspected(self._zip.infolist())
        self._left = TOTAL_LIMIT
        self._types = self._content_types()
        self.main = self._main_part()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def part(self, name: str, limit: int = PART_LIMIT) -> bytes | None:
        """The part's content, None when there is none. Names are compared in any case, as Word does."""
        entry = self._entries.get(_key(name))
        if entry is None:
            return None
        allowed = min(limit, self._left)
        try:
            with self._zip.open(entry) as source:
                content = source.read(allowed + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Unreadable(_damaged()) from error
        if len(content) > allowed:
            raise Unreadable(_too_large())
        self._left -= len(content)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """The part's root element, None when there is no such part."""
        content = self.part(name)
        return None if content is None else parse_xml(content)

    def relationships(self, name: str) -> dict[str, Relationship]:
        """Where the part's relationship ids lead. `""` is the package itself."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for each in [] if root is None else root:
            found[each.get("Id") or ""] = _relationship(each, folder)
        return found

    def related(self, kind: str) -> str | None:
        """The part that the main part names for `kind` (styles, numbering, footnotes ...)."""
        for each in self.relationships(self.main).values():
            if each.kind == kind and not each.external:
                return each.target
        return None

    def _content_types(self) -> dict[str, str]:
        root = self.xml("[Content_Types].xml")
        if root is None:
            raise Unreadable(_not_word(self.names))
        return {_key(each.get("PartName") or ""): each.get("ContentType") or "" for each in root}

    def _main_part(self) -> str:
        mains = [
            each.target
            for each in self.relationships("").values()
            if each.kind == "officeDocument" and not each.external
        ]
        if not mains:
            raise Unreadable(_not_word(self.names))
        kind = self._types.get(_key(mains[0]))
        if "macroenabled" in (kind or "").lower() or "word/vbaproject.bin" in self._entries:
            raise Unreadable(
                _(
                    "这个 Word 文件含有宏，不能接收。%(how)s",
                    how=_("请打开后“另存为”不含宏的“Word 文档（*.docx）”，再上传新文件。"),
                )
            )
        if kind is not None and kind not in MAIN_TYPES:
            raise Unreadable(_not_word(self.names))
        return mains[0]


def parse_xml(content: bytes) -> etree._Element:
    """Parse without entities, DTDs and network.

    Raises:
        Unreadable: it is broken or has a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(too_deep() if "depth" in str(error) else _damaged()) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            _("这个文件里有 Word 从不使用的文档类型声明，可能有害，不能接收。%(how)s", how=_HOW_TO_SAVE)
        )
    return root


def refuse_what_is_no_package(data: bytes) -> None:
    """Say what a file is that is no .docx at all.

    Raises:
        Unreadable
    """
    if not data:
        raise Unreadable(_("这个文件是空的（0 字节）。请检查后重新选择文件。"))
    if len(data) > FILE_LIMIT:
        limit = FILE_LIMIT // 1_000_000
        raise Unreadable(_("文件超过 %(limit)s MB。请在 Word 中压缩图片后再上传。", limit=limit))
    if data.startswith(OLE):
        raise Unreadable(_ole_reason(data))
    if data.startswith(b"PK\x03\x04"):
        return
    raise Unreadable(_other_reason(data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()))


def _ole_reason(data: bytes) -> Text:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("这个文件设有打开密码。请打开后取消密码（“文件”→“信息”→“保护文档”），保存后再上传。")
    for stream, sentence in (
        ("WordDocument", _("这是旧版的 Word（.doc）或 WPS（.wps）文件。%(how)s", how=_HOW_TO_SAVE)),
        ("Workbook", _("这是 Excel 表格，不是 Word 文件。")),
        ("PowerPoint Document", _("这是 PowerPoint 演示文稿，不是 Word 文件。")),
    ):
        if stream.encode("utf-16-le") in data:
            return sentence
    return _("这不是可以读取的 Word 文件。%(how)s", how=_HOW_TO_SAVE)


def _other_reason(head: bytes) -> Text:
    if head.startswith(b"{\\rtf"):
        return _("这是 RTF 文件。%(how)s", how=_HOW_TO_SAVE)
    if head.startswith(b"%pdf"):
        return _("这是 PDF 文件。请上传原来的 Word 文档（*.docx）。")
    if head.startswith(b"mime-version") or b"<html" in head or b"<!doctype html" in head:
        return _("这个文件其实是网页，只是改了扩展名。%(how)s", how=_HOW_TO_SAVE)
    if head.startswith((b"<?xml", b"<pkg:package")):
        return _("这是以 XML 格式保存的文档。%(how)s", how=_HOW_TO_SAVE)
    return _("这不是可以读取的 Word 文件。%(how)s", how=_HOW_TO_SAVE)


def _not_word(names: frozenset[str]) -> Text:
    if any(name.startswith("xl/") for name in names):
        return _("这是 Excel 表格，不是 Word 文件。")
    if any(name.startswith("ppt/") for name in names):
        return _("这是 PowerPoint 演示文稿，不是 Word 文件。")
    if {"content.xml", "mimetype"} <= names:
        return _("这是 OpenDocument（.odt）文件。%(how)s", how=_HOW_TO_SAVE)
    return _("这个压缩文件里没有 Word 文档的内容。%(how)s", how=_HOW_TO_SAVE)


def _inspected(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries by name.

    Raises:
        Unreadable: too many, too large, hidden, overlapping or badly named.
    """
    if len(entries) > ENTRIES_LIMIT or sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
        raise Unreadable(_too_large())
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _key(entry.filename)
        if entry.flag_bits & 1:
            raise Unreadable(_("这个文件设有密码。请取消密码后再上传。"))
        if _is_bomb(entry):
            raise Unreadable(_too_large())
        if name in found or _is_badly_named(name) or entry.compress_type not in (0, 8):
            raise Unreadable(_damaged())
        found[name] = entry
    spans = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        raise Unreadable(_damaged())
    return found


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM and entry.file_size > RATIO_LIMIT * max(1, entry.compress_size)


def _is_badly_named(name: str) -> bool:
    return "\0" in name or ".." in name.split("/") or re.match(r"[a-z]:", name) is not None


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relationship(each: etree._Element, folder: str) -> Relationship:
    kind = (each.get("Type") or "").rsplit("/", 1)[-1]
    target = each.get("Target") or ""
    if (each.get("TargetMode") or "").lower() == "external":
        return Relationship(kind, target, external=True)
    return Relationship(
        kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), external=False
    )


def _damaged() -> Text:
    return _("这个文件已损坏，无法读取。%(how)s", how=_HOW_TO_SAVE)


def too_deep() -> Text:
    return _("这个文件的结构嵌套过深，不能接收。请把内容复制到新的 Word 文档后再上传。")


def _too_large() -> Text:
    return _("这个文件解压后过大，不能接收。请在 Word 中压缩图片、另存为 .docx 后再上传。")
