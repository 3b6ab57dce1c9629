"""The way in for documents: a Word file, a text or a picture becomes values that are safe to keep.

case = read_document("案例.docx", data)       # raises Unreadable with a sentence that says what to do
for picture in case.pictures: ...             # store it, then replace `attachment:picture1` in the body
"""

from __future__ import annotations

from dataclasses import replace

from foundation.text import _
from submissions.intake import office
from submissions.intake.cleaning import CLEANABLE
from submissions.intake.errors import Unreadable
from submissions.intake.guard import FILE_LIMIT
from submissions.intake.pictures import Picture
from submissions.intake.plain_text import read_text
from submissions.intake.sandbox import (
    clean_apart,
    read_codes_apart,
    read_properties_apart,
    read_word_apart,
    redraw_apart,
)
from submissions.intake.values import ParsedCase, ParsedPicture

__all__ = [
    "CLEANABLE",
    "CONVERTED",
    "FILE_LIMIT",
    "ParsedCase",
    "ParsedPicture",
    "Picture",
    "Unreadable",
    "as_docx",
    "clean_apart",
    "read_codes",
    "read_document",
    "read_picture",
    "read_properties",
]

CONVERTED = _("这个文件不是 .docx，已先由 LibreOffice 转换，请仔细核对文字、表格和图片。")
_TEXT_ENDINGS = (".txt", ".md", ".markdown")


def read_document(name: str, data: bytes) -> ParsedCase:
    """Read a case from a file as somebody handed it in. Its bytes decide what it is; its name only tells text
    from Markdown.

    Raises:
        Unreadable: with a sentence for the person who sent it.
    """
    ready = as_docx(data)
    if ready is not data:
        parsed = read_word_apart(ready)
        return replace(parsed, findings=(CONVERTED, *parsed.findings))
    if name.lower().endswith(_TEXT_ENDINGS) and not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_text(data, markdown=not name.lower().endswith(".txt"))
    return read_word_apart(data)


def read_codes(data: bytes) -> tuple[str, ...]:
    """The texts of the QR codes on a scanned sheet (a picture we have drawn, or a PDF); none is no error."""
    return read_codes_apart(data)


def as_docx(data: bytes) -> bytes:
    """An older Word, WPS, RTF or OpenDocument file as .docx, where LibreOffice is installed; anything else,
    and everything where it is not, as it came.

    Raises:
        Unreadable: it could not be converted.
    """
    kind = office.kind_of(data)
    return office.to_docx(data, kind) if kind and office.installed() else data


def read_picture(data: bytes) -> Picture:
    """Re-encode an uploaded photo: upright, sRGB, without metadata.

    Raises:
        Unreadable
    """
    return redraw_apart(data)


def read_properties(data: bytes, media_type: str, *, seconds: float) -> tuple[str, ...]:
    """What a file says of who made it, each thing once; a damaged file says nothing.

    Raises:
        Unreadable: it could not be read in so many seconds, or asks for more memory than any real file.
    """
    return read_properties_apart(data, media_type, timeout=seconds)
