"""Uploads of a case: what kinds are taken, how they are stored, a Word file between two requests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from markupsafe import Markup
from PIL import Image

from foundation.body import Upload
from foundation.errors import Refused
from foundation.files import FileStore, chunks_of
from foundation.forms import clean_text
from foundation.text import _
from submissions.intake import CONVERTED, ParsedCase, as_docx, read_document, read_picture
from submissions.rules.files import file_refusal
from submissions.service import NewFile
from submissions.values import FileRules

FILE_LIMIT = 50_000_000
PHOTO_LIMIT = 30_000_000
WORD_LIMIT = 30_000_000
PHOTOS = frozenset({"jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif"})
KINDS = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wps": "application/vnd.ms-works",
    "txt": "text/plain",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "zip": "application/zip",
}
"""Other files are kept as they are and only ever sent as downloads, with these types of ours."""
_SIGNATURES = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK",),
    "xlsx": (b"PK",),
    "pptx": (b"PK",),
    "zip": (b"PK",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "ppt": (b"\xd0\xcf\x11\xe0",),
}
_THUMBNAIL = (640, 640)


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file that was stored and understood; `token` lets its sender take it over later."""

    name: str
    token: str
    parsed: ParsedCase


def stored(files: FileStore, sent: Upload, allowed: FileRules | None = None) -> NewFile:
    """Store one upload: photos drawn anew, other allowed kinds as they are.

    Raises:
        Refused: of a kind that is not taken, empty, or not what its name says.
        TooLarge
    """
    name = file_name(sent.name)
    kind = check_kind(name)
    if not sent.size:
        raise Refused(_("文件“%(name)s”是空的，请检查后重新选择。", name=name))
    refusal = file_refusal(allowed, name=name, size=sent.size) if allowed is not None else None
    if refusal is not None:
        raise Refused(refusal)
    if kind in PHOTOS:
        return _photo(files, name, sent)
    head = sent.file.read(8)
    sent.file.seek(0)
    if kind in _SIGNATURES and not head.startswith(_SIGNATURES[kind]):
        raise Refused(_("文件“%(name)s”的内容与扩展名不符，可能已损坏，请重新导出后上传。", name=name))
    return NewFile(files.put(chunks_of(sent.file), limit=FILE_LIMIT), "file", name, KINDS[kind])


def check_kind(name: str) -> str:
    """The kind of a file by its name's ending.

    Raises:
        Refused: of a kind that is not taken.
    """
    kind = PurePosixPath(name).suffix.lower().removeprefix(".")
    if kind not in PHOTOS and kind not in KINDS:
        raise Refused(
            _(
                "不能上传“%(name)s”这种文件。可以上传照片（JPG、PNG、HEIC 等）、PDF、Word、Excel、PPT、TXT、"
                "MP3、MP4 和 ZIP。",
                name=name,
            )
        )
    return kind


def _photo(files: FileStore, name: str, sent: Upload) -> NewFile:
    try:
        picture = read_picture(sent.file.read(PHOTO_LIMIT + 1))
    except Refused as problem:
        raise Refused(_("照片“%(name)s”：%(reason)s", name=name, reason=problem.reason)) from problem
    return NewFile(
        files.put([picture.data]),
        "photo",
        str(PurePosixPath(name).with_suffix(f".{picture.extension}")),
        picture.media_type,
        "",
        picture.width,
        picture.height,
    )


def file_name(sent: str) -> str:
    """The last part of a name that a browser sent, cleaned; never empty, never a path."""
    name = clean_text(sent.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    return name[-120:] or "file"


def read_word(files: FileStore, secret: bytes, case_id: str, sent: Upload) -> WordFile:
    """Understand an uploaded Word file and keep it, as .docx, for the next request.

    Raises:
        Refused: not a Word file, or one that cannot be read safely; says what to do.
        TooLarge
    """
    name = file_name(sent.name)
    if not sent.size:
        raise Refused(_("文件“%(name)s”是空的，请检查后重新选择。", name=name))
    came = files.put(chunks_of(sent.file), limit=WORD_LIMIT)
    ready = as_docx(files.read(came.sha256))
    kept = files.put([ready])
    parsed = read_document(name, ready)
    if kept != came:
        parsed = replace(parsed, findings=(CONVERTED, *parsed.findings))
    return WordFile(name, _token(secret, case_id, kept.sha256, name), parsed)


def reread_word(files: FileStore, secret: bytes, case_id: str, token: str) -> WordFile:
    """The file that a token of `read_word` stands for.

    Raises:
        Refused: not a token of ours for this case.
    """
    sha256, _dot, rest = token.partition(".")
    _mac, _dot, encoded = rest.partition(".")
    try:
        name = base64.urlsafe_b64decode(encoded.encode()).decode()
        if not hmac.compare_digest(token.encode(), _token(secret, case_id, sha256, name).encode()):
            raise ValueError
        data = files.read(sha256)
    except (ValueError, FileNotFoundError) as error:
        raise Refused(_("预览已失效，请重新上传 Word 文件。")) from error
    return WordFile(name, token, read_document(name, data))


def stored_pictures(files: FileStore, parsed: ParsedCase) -> list[tuple[str, NewFile]]:
    """The pictures of a Word file as stored photos, each with the id its body shows it by."""
    return [
        (
            each.id,
            NewFile(
                files.put([each.data]),
                "photo",
                each.name,
                each.media_type,
                each.caption,
                each.width,
                each.height,
            ),
        )
        for each in parsed.pictures
    ]


def with_thumbnails(parsed: ParsedCase) -> Markup:
    """The body with its pictures inside, small: nothing is stored for a preview."""
    body = parsed.body_html
    for each in parsed.pictures:
        body = body.replace(f'src="attachment:{each.id}"', f'src="{_thumbnail(each.data)}"')
    return Markup(body)  # noqa: S704  # canonical HTML of foundation.richtext; pictures are ours


def _thumbnail(data: bytes) -> str:
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
        image = opened.convert("RGB")
    image.thumbnail(_THUMBNAIL)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


def _token(secret: bytes, case_id: str, sha256: str, name: str) -> str:
    encoded = base64.urlsafe_b64encode(name.encode()).decode()
    mac = hmac.new(secret, f"word:{case_id}:{sha256}:{encoded}".encode(), hashlib.sha256).hexdigest()
    return f"{sha256}.{mac}.{encoded}"
