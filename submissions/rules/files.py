"""Which files a call takes: kinds, sizes, number, total."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from foundation.text import Text, _
from submissions.values import MEGABYTE, AttachmentView, FileKind, FileRules

NAMES: dict[FileKind, Text] = {
    FileKind.PHOTO: _("照片（JPG、PNG、HEIC 等）"),
    FileKind.PDF: _("PDF"),
    FileKind.WORD: _("Word、WPS 文档"),
    FileKind.SHEET: _("Excel 表格"),
    FileKind.SLIDES: _("PPT 幻灯片"),
    FileKind.TEXT: _("TXT 文本"),
    FileKind.AUDIO: _("MP3 音频"),
    FileKind.VIDEO: _("MP4 视频"),
    FileKind.ARCHIVE: _("ZIP 压缩包"),
}
ENDINGS: dict[FileKind, frozenset[str]] = {
    FileKind.PHOTO: frozenset({"jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif"}),
    FileKind.PDF: frozenset({"pdf"}),
    FileKind.WORD: frozenset({"doc", "docx", "wps"}),
    FileKind.SHEET: frozenset({"xls", "xlsx"}),
    FileKind.SLIDES: frozenset({"ppt", "pptx"}),
    FileKind.TEXT: frozenset({"txt"}),
    FileKind.AUDIO: frozenset({"mp3"}),
    FileKind.VIDEO: frozenset({"mp4"}),
    FileKind.ARCHIVE: frozenset({"zip"}),
}


def file_kind(name: str) -> FileKind | None:
    """The kind of a file by the end of its name, None where the house takes none such."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return next((kind for kind, endings in ENDINGS.items() if ending in endings), None)


def kinds_said(rules: FileRules) -> Text:
    """The kinds as a list in one sentence."""
    said: Text | None = None
    for kind in FileKind:
        if kind in rules.kinds:
            said = NAMES[kind] if said is None else _("%(some)s、%(more)s", some=said, more=NAMES[kind])
    return said or _("无")


def accepted_endings(rules: FileRules) -> str:
    """For a file input: ".jpg,.pdf"."""
    return ",".join(sorted(f".{ending}" for kind in rules.kinds for ending in ENDINGS[kind]))


def file_refusal(rules: FileRules, *, name: str, size: int) -> Text | None:
    """Why the call does not take this file, whatever else is there, or None. `size` in bytes."""
    kind = file_kind(name)
    if not rules.kinds:
        return _("这次征集不收照片和附件，请把需要说明的内容写在正文里。")
    if kind is not None and kind not in rules.kinds:
        return _(
            "“%(name)s”不能上传：这次征集只收%(kinds)s。请换一种格式，或把内容写进正文。",
            name=name,
            kinds=kinds_said(rules),
        )
    if size > rules.size_highest * MEGABYTE:
        return _(
            "“%(name)s”有 %(size)s MB，这次征集单个文件不能超过 %(limit)s MB。请压缩后再上传。",
            name=name,
            size=_megabytes(size),
            limit=rules.size_highest,
        )
    return None


def place_refusal(rules: FileRules, *, name: str, size: int, there: Sequence[AttachmentView]) -> Text | None:
    """Why one more file does not fit beside those that are there, or None."""
    if len(there) >= rules.number_highest:
        return _("照片和附件最多 %(limit)s 个，请先移除不用的。", limit=rules.number_highest)
    total = sum(each.size for each in there)
    if rules.total_highest is not None and total + size > rules.total_highest * MEGABYTE:
        return _(
            "加上“%(name)s”合计 %(size)s MB，照片和附件合计不能超过 %(limit)s MB。请先移除或压缩一些文件。",
            name=name,
            size=_megabytes(total + size),
            limit=rules.total_highest,
        )
    return None


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is too large never reads as just fitting."""
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10}.{tenths % 10}"
