"""What files say of themselves: who wrote them, for which company, where a photo was taken.

Jurors get files without these properties in any case (`judging.cleaning`); photos are drawn anew when they
come in; they are listed so that nobody has to wonder. Damaged files say nothing. It runs
in the child process only (`intake.read_properties`): pypdf sets no limits of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape

from PIL import ExifTags, Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PART_LONGEST = 100_000
_VALUE_LONGEST = 120
_OFFICE_PARTS = {
    "docProps/core.xml": ("dc:creator", "cp:lastModifiedBy", "dc:title", "dc:subject", "dc:description"),
    "docProps/app.xml": ("Company", "Manager"),
}
_PDF_KEYS = ("/Author", "/Title", "/Subject", "/Keywords", "/Company")
_EXIF_TAGS = {ExifTags.Base.Artist, ExifTags.Base.Copyright, ExifTags.Base.ImageDescription}
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    PyPdfError,
    UnidentifiedImageError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    TypeError,  # this and those below: what pypdf falls over in files that are not what they say
    AttributeError,
    AssertionError,
)


def properties(data: bytes, media_type: str) -> tuple[str, ...]:
    """What a Word, Excel, PowerPoint or PDF file or a picture says of who made it, each thing once."""
    try:
        if media_type == PDF:
            found = list(_of_pdf(data))
        elif media_type.startswith(_OFFICE):
            found = list(_of_office(data))
        elif media_type.startswith("image/"):
            found = list(_of_picture(data))
        else:
            found = []
    except _DAMAGED:
        return ()
    return tuple(dict.fromkeys(each[:_VALUE_LONGEST] for each in (said.strip() for said in found) if each))


def _of_office(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        for part, tags in _OFFICE_PARTS.items():
            if part not in names:
                continue
            with package.open(part) as opened:
                text = opened.read(_PART_LONGEST).decode("utf-8", "replace")
            for tag in tags:
                for match in re.finditer(rf"<(?:\w+:)?{tag.split(':')[-1]}\b[^>]*>([^<]*)<", text):
                    yield unescape(match[1])


def _of_pdf(data: bytes) -> Iterator[str]:
    said: Mapping[str, object] = PdfReader(io.BytesIO(data)).metadata or {}
    for key in _PDF_KEYS:
        value = said.get(key)
        if isinstance(value, str):
            yield value


def _of_picture(data: bytes) -> Iterator[str]:
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
        exif = picture.getexif()
    for tag in _EXIF_TAGS:
        if isinstance(said := exif.get(tag), str):
            yield said
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if place:
        yield "GPS " + " ".join(str(each) for each in place.values())
