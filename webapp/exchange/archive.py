"""A zip of documents that somebody sent: everything is counted and measured before anything is unpacked.

Nothing is ever written to a path that the archive names: entries are read into memory, one at a time.
Zips made by Windows in Chinese name their files in GBK and do not say so; that is undone.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import BinaryIO

from foundation.forms import clean_text
from foundation.sheets import Unreadable
from foundation.text import Text, _

ENTRIES_LIMIT = 5_000
LIST_LIMIT = 1_000 * ENTRIES_LIMIT
"""Bytes of the list of entries."""
_END_ENTRIES, _END_SIZE = 4, 5
"""Places in an end record."""
TOTAL_LIMIT = 4_000_000_000
ENTRY_LIMIT = 60_000_000
RATIO_LIMIT = 250
"""A larger expansion is a bomb; small files may compress better than that."""
RATIO_FROM = 1_000_000
_DEBRIS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)
_UTF8 = 0x800


class Archive:
    """An opened archive whose list of entries has been found sound.

    Raises:
        Unreadable
    """

    def __init__(self, source: BinaryIO) -> None:
        try:
            _measure_list(source)
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as error:
            raise Unreadable(_damaged()) from error
        self._entries = _without_root(_inspected(self._zip.infolist()))

    @property
    def names(self) -> tuple[str, ...]:
        """The files' paths inside the archive, in its order; a folder around everything is left out."""
        return tuple(self._entries)

    def mark(self, name: str) -> str:
        """What tells a changed file from the same one, without reading it."""
        entry = self._entries[name]
        return f"{name}:{entry.file_size}:{entry.CRC:08x}"

    def read(self, name: str) -> bytes:
        """One file, within the limit of an entry, whatever size its entry claims.

        Raises:
            Unreadable
        """
        try:
            with self._zip.open(self._entries[name]) as source:
                content = source.read(ENTRY_LIMIT + 1)
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
        if len(content) > ENTRY_LIMIT:
            raise Unreadable(_too_large(name))
        return content


def _measure_list(source: BinaryIO) -> None:
    """Refuse a list of entries that is too long before any of it is read: opening the zip reads all of it.

    The end record is found as `ZipFile` finds it, so that both are about the same list. The number in it may
    be a lie, the size is what is read.
    """
    end = zipfile._EndRecData(source)  # type: ignore[attr-defined]  # private, not in the stubs
    source.seek(0)
    if end and (end[_END_ENTRIES] > ENTRIES_LIMIT or end[_END_SIZE] > LIST_LIMIT):
        raise Unreadable(_too_much())


def _inspected(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > ENTRIES_LIMIT or sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
        raise Unreadable(_too_much())
    spans = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        raise Unreadable(_damaged())
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = file_name(entry)
        if name.endswith("/") or _DEBRIS.search(name):
            continue
        _check(entry, name)
        if name in found:
            raise Unreadable(_("压缩包里有两个同名的文件“%(name)s”。请改名后重新压缩。", name=name))
        found[name] = entry
    return found


def _check(entry: zipfile.ZipInfo, name: str) -> None:
    if entry.flag_bits & 1:
        raise Unreadable(_("压缩包设有密码。请取消密码，重新压缩后再上传。"))
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise Unreadable(
            _("压缩包里的文件名“%(name)s”指向包外，不能接收。请选中文件夹重新压缩后再上传。", name=name[:80])
        )
    bomb = entry.file_size > RATIO_FROM and entry.file_size > RATIO_LIMIT * max(1, entry.compress_size)
    if bomb or entry.file_size > ENTRY_LIMIT:
        raise Unreadable(_too_large(name))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(_("压缩包用了不常见的压缩方式。请在 Windows 中用“发送到压缩文件夹”重新压缩。"))


def file_name(entry: zipfile.ZipInfo) -> str:
    """The path as its maker typed it. Python takes names without the mark of UTF-8 for those of an old PC."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return clean_text(name.replace("\\", "/"))


def _without_root(entries: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """People compress the folder, not what is in it."""
    tops = {name.partition("/")[0] for name in entries}
    if len(tops) != 1 or not all("/" in name for name in entries):
        return entries
    return {posixpath.join(*name.split("/")[1:]): entry for name, entry in entries.items()}


def _too_much() -> Text:
    return _(
        "压缩包太大：最多 %(files)s 个文件，解压后不超过 %(size)s GB。请分成几个压缩包导入。",
        files=ENTRIES_LIMIT,
        size=TOTAL_LIMIT // 1_000_000_000,
    )


def _damaged() -> Text:
    return _("压缩包已损坏，或者不是 ZIP 格式。请重新压缩为 .zip 后再上传（.rar 和 .7z 请先解压）。")


def _too_large(name: str) -> Text:
    return _(
        "压缩包里的“%(name)s”解压后过大，不能接收。请压缩照片后重新打包。", name=name.rsplit("/", 1)[-1][:80]
    )
